import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../chromium.ts";
import { example } from "./installed.ts";
import { withCodeServer } from "./with-workbench.ts";
import { seen, textOf } from "./workbench.ts";

/** What the extension's README shows; `SCREENSHOTS=update` takes it again. */
const screenshot = fileURLToPath(new URL("../../../editors/vscode/screenshot.png", import.meta.url));

describe.runIf(hasChromium)("the picture of the extension's README", () => {
  const open = withCodeServer({
    "workbench.colorTheme": "Default Dark Modern",
    "workbench.activityBar.location": "hidden",
    "workbench.statusBar.visible": false,
    "workbench.layoutControl.enabled": false,
    "window.commandCenter": false,
    "editor.minimap.enabled": false,
    "editor.fontSize": 12,
    "editor.lineNumbers": "off",
    "editor.folding": false,
    "editor.glyphMargin": false,
    "editor.scrollbar.horizontal": "hidden",
  });

  test("has a model, its code and its drawing, all of the layer of the cursor, in dark", async () => {
    const files = { "digits.layers": example("digits.layers"), "digits.keras": example("digits.keras") };
    const { openFile, run, editor, goTo, webview, page } = await open(files, { width: 1440, height: 620 });
    await openFile("digits.layers");
    await page.keyboard.press("Control+b");
    await run("Layers: Show Diagram to the Side");
    await webview().locator("svg.layerc-diagram").waitFor();
    await run("Layers: Show Generated Module to the Side");
    const preview = editor("Generated");
    await seen(() => textOf(preview), "6,570 parameters");
    // All three side by side, the drawing last.
    await page.getByRole("tab", { name: "Generated digits.ts" }).click();
    await run("View: Move Editor into Next Group");
    await run("View: Move Editor Group Left");
    await run("View: Focus First Editor Group");
    await goTo(10, 24);
    await webview().locator("[data-active][data-layer=hidden]").waitFor();
    await seen(() => textOf(preview), "function hidden(");
    await page.mouse.move(0, 0);

    const update = process.env["SCREENSHOTS"] === "update";
    const image = await page.screenshot(update ? { path: screenshot } : {});
    expect(image.length).toBeGreaterThan(20_000);
    expect(fs.statSync(screenshot).size).toBeLessThan(100_000);
  });
});
