import { mkdtempSync, rmSync, statSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { browsers, launch } from "./browsers.ts";
import { buildPage } from "./built-page.ts";
import { openPlayground } from "./open-playground.ts";
import { servePage } from "./serve-page.ts";

/** What the READMEs show; `SCREENSHOTS=update` takes it again. */
const screenshot = fileURLToPath(new URL("../../../examples/playground/screenshot.png", import.meta.url));

test.runIf(browsers.includes("Chromium"))("the page looks as the READMEs show it", async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "layerc-screenshot-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const server = await servePage(await buildPage(), "/");
  onTestFinished(() => server.stop());
  const browser = await launch("Chromium", folder);
  onTestFinished(() => browser.close());
  const { page, press, until, openTab, complaints } = await openPlayground(browser, server.url, {
    width: 1360,
    height: 640,
  });
  await openTab("try");
  await until("document.querySelector('#editor .cm-inlay-hint') && document.querySelector('.bars .best')");
  await page.focus("#editor .cm-content");
  await press("Control+Home");
  // The bars have come to rest.
  await new Promise((resolve) => setTimeout(resolve, 400));
  const update = process.env["SCREENSHOTS"] === "update";
  await page.screenshot({ path: update ? (screenshot as `${string}.png`) : `${folder}/now.png` });
  expect(statSync(screenshot).size).toBeLessThan(200_000);
  expect(complaints).toEqual([]);
});
