import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { launch, type Browser, type browsers } from "./browsers.ts";
import { openPlayground, type Playground } from "./open-playground.ts";

/** A browser for the tests around it, which closes what they open. */
export interface BrowserSession {
  /** A folder for what is downloaded. */
  readonly downloads: string;
  open(url: string, size?: { readonly width: number; readonly height: number }): Promise<Playground>;
}

/** Whatever a test does, the page complains of nothing and asks nobody else. */
export function browserSession(name: (typeof browsers)[number]): BrowserSession {
  const downloads = mkdtempSync(path.join(os.tmpdir(), "layerc-downloads-"));
  const opened: Playground[] = [];
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch(name, downloads);
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(downloads, { recursive: true, force: true });
  });
  afterEach(async () => {
    const playgrounds = opened.splice(0);
    const complaints = playgrounds.flatMap((one) => one.complaints);
    await Promise.all(playgrounds.map(({ page }) => page.close()));
    expect(complaints).toEqual([]);
  });
  return {
    downloads,
    async open(url, size) {
      const playground = await openPlayground(browser, url, size);
      opened.push(playground);
      return playground;
    },
  };
}
