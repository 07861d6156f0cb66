import fs from "node:fs";
import path from "node:path";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { patience, startChromium } from "../chromium.ts";
import { startCodeServer, type CodeServer } from "./code-server.ts";
import { vsix } from "./installed.ts";
import { openWorkbench, type Workbench } from "./workbench.ts";

/** Files of a folder by their names. */
type Files = Readonly<Record<string, string | Uint8Array>>;

export interface Opened extends Workbench {
  /** A file of the opened folder. */
  path(name: string): string;
}

/** One VS Code for all tests of a file. Each opens a folder of its own, in a page of its own. */
export function withCodeServer(settings: Readonly<Record<string, unknown>> = {}) {
  let server: CodeServer;
  // One for all pages: the editor's megabytes of scripts are read and compiled once.
  let context: BrowserContext;
  let count = 0;
  beforeAll(async () => {
    const [started, browser] = await Promise.all([startCodeServer(vsix, settings), startChromium()]);
    server = started;
    context = await browser.newContext();
    context.setDefaultTimeout(patience);
  });
  afterAll(async () => {
    await context.browser()?.close();
    await server.stop();
  });
  return async (files: Files, viewport = { width: 1400, height: 800 }): Promise<Opened> => {
    count += 1;
    const folder = server.addFolder(`models-${count}`, files);
    const page = await context.newPage();
    await page.setViewportSize(viewport);
    onTestFinished(async ({ task }) => {
      if (task.result?.state === "fail") await keepScreenshot(page);
      await page.close();
    });
    const workbench = await openWorkbench(page, server.urlOf(folder));
    return { ...workbench, path: (name) => path.join(folder, name) };
  };
}

/** What was on the screen when a test failed, for whoever looks into it. */
async function keepScreenshot(page: Page): Promise<void> {
  const file = process.env["LAYERC_SCREENSHOT"];
  if (file !== undefined) fs.writeFileSync(file, await page.screenshot());
}
