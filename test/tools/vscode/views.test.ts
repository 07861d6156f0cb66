import fs from "node:fs";
import type { Locator } from "playwright-core";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../chromium.ts";
import { example } from "./installed.ts";
import { withCodeServer } from "./with-workbench.ts";
import { notesIn, seen, styleOf, textOf, visibleLines } from "./workbench.ts";

const digits = { "digits.layers": example("digits.layers"), "digits.keras": example("digits.keras") };
const xor = { "xor.layers": example("xor.layers"), "xor.keras": example("xor.keras") };

describe.runIf(hasChromium)("views of VS Code", () => {
  const open = withCodeServer();

  test("the generated module is shown beside the model, and both follow the cursor", async () => {
    const { openFile, editor, clickText, typeInstead } = await open(digits);
    const source = await openFile("digits.layers");
    await source.locator(".codelens-decoration a", { hasText: "show generated code" }).click();
    const preview = editor("Generated");
    await seen(() => textOf(preview), "// Digits: [64] -> [10], 6,570 parameters");

    expect(await preview.locator(".squiggly-error, .squiggly-warning").count()).toBe(0);

    // From the model to the module ...
    await clickText(source, "softmax");
    await seen(() => markedIn(preview), "function dense_1(");
    await clickText(source, "he_normal");
    await seen(() => markedIn(preview), "function hidden(");

    // ... and back.
    await clickText(preview, "hidden");
    await seen(() => markedIn(source), /hidden: Dense\([^]*kernel_regularizer/);

    // What is typed is in it.
    await clickText(source, "relu");
    await typeInstead("model Tiny { input [2] Dense(1) }");
    await seen(() => textOf(preview), "/** The result of Tiny: [1]. */");

    // While the text is broken it stays, and says so.
    await typeInstead("model Tiny { input [2] Dence(1) }");
    await seen(() => notesIn(preview), /Out of date: line 1: .*Dence/);
    expect(await textOf(preview)).toContain("/** The result of Tiny: [1]. */");
    await typeInstead("model Tiny { input [2] Dense(3) }");
    await seen(() => textOf(preview), "/** The result of Tiny: [3]. */");
    await seen(() => notesIn(preview), /^$/);
  });

  test("the diagram is drawn beside the model, follows the cursor, and leads to the layer that is chosen", async () => {
    const { openFile, run, clickText, webview, page, status, typeInstead } = await open(digits);
    const source = await openFile("digits.layers");
    await run("Layers: Show Diagram to the Side");
    const drawing = webview().locator("svg.layerc-diagram");
    await drawing.waitFor();
    expect(await drawing.locator("title").first().textContent()).toBe("Digits");
    await clickText(source, "softmax");
    await webview().locator("[data-active][data-layer=dense_1]").waitFor();

    await webview().locator('[data-layer="dropout"]').click();
    await seen(status, /Ln 13, Col 15 \(12 selected\)/);
    await webview().locator("[data-active][data-layer=dropout]").waitFor();

    // The editor's colours, not those of the system.
    const color = (): Promise<string> => styleOf(drawing, "--layerc-text");
    expect(await color()).toBe("#1f2328");
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await color()).toBe("#1f2328");

    await typeInstead("model Tiny { input [2] Dense(1) }");
    await webview().locator("[data-model=Tiny]").waitFor();
    await typeInstead("model Tiny { input [2] Dence(1) }");
    await webview().getByText("Out of date: line 1: There is no layer, block or model 'Dence'").waitFor();
    await webview().locator("[data-model=Tiny]").waitFor();
    await typeInstead("model Small { input [2] Dense(1) }");
    await webview().locator("[data-model=Small]").waitFor();
    expect(await webview().locator("[role=status]").textContent()).toBe("");

    // It is there again when the editor is closed and opened.
    await page.keyboard.press("Control+s");
    await page.locator(".tab.dirty").waitFor({ state: "detached" });
    await run("Developer: Reload Window");
    await webview().locator("[data-model=Small]").waitFor();
  });

  test("a model is built, and the messages stand in the output", async () => {
    const { openFile, run, message, path, page, typeInstead } = await open(digits);
    await openFile("digits.layers");
    await run("Layers: Build This File");
    await message(/digits\.layers -> digits\.ts\s+55\.\d kB/).waitFor();
    expect(fs.readFileSync(path("digits.ts"), "utf8")).toContain("export const digits");

    await typeInstead("model Tiny { input [2] Dence(1) }");
    await run("Layers: Build This File");
    await message(/layerc build has failed: error\[unknown-layer\]/).waitFor();
    await seen(() => page.locator(".output-view .view-lines").innerText(), /no.layer,.block.or.model.'Dence'/);
  });

  test("a file whose name begins like an option is built", async () => {
    const { openFile, run, message, path } = await open({ "-tiny.layers": "model Tiny { input [2] Dense(1) }\n" });
    await openFile("-tiny.layers");
    await run("Layers: Build This File");
    await message(/-tiny\.layers -> .*-tiny\.ts/).waitFor();
    expect(fs.readFileSync(path("-tiny.ts"), "utf8")).toContain("createTiny");
  });

  test("models are verified with the samples beside them, and all files checked", async () => {
    const cases = {
      inputs: [
        [0, 0],
        [0, 1],
      ],
      outputs: [[0.00037555673], [0.99792582]],
    };
    const { openFile, run, message, path } = await open({
      ...xor,
      "deep/wrong.layers": "model A { input [2] Dence(1) }",
    });
    const source = await openFile("xor.layers");
    const lens = source.locator(".codelens-decoration a", { hasText: "verify" });
    await lens.click();
    await message(/there are no samples to verify with: looked for xor\.cases\.json/).waitFor();
    fs.writeFileSync(path("xor.cases.json"), JSON.stringify(cases));
    await lens.click();
    await message(/Xor: 2 samples, error 2\.0e-9, within the tolerance 2e-6/).waitFor();

    await run("Layers: Check All Model Files");
    await message(/layerc check has failed: error\[unknown-layer\]/).waitFor();
  });

  test("the summary stands beside the model, and changes with it", async () => {
    const { openFile, run, editor, clickText, page, typeInstead } = await open(xor);
    const source = await openFile("xor.layers");
    await run("Layers: Show Summary to the Side");
    const summary = editor("Summary of");
    await seen(() => textOf(summary), /Model: "Xor"[^]*dense_1 \(Dense\)/);
    await clickText(source, "tanh");
    await typeInstead("model Tiny { input [2] Dense(1) }");
    await seen(() => textOf(summary), /Model: "Tiny"/);

    // What is behind another tab comes up to date when it is seen again.
    await run("Layers: Show Generated Module to the Side");
    await seen(() => textOf(editor("Generated")), "Tiny");
    await typeInstead("model Small { input [2] Dense(1) }");
    await seen(() => textOf(editor("Generated")), "Small");
    await page.getByRole("tab", { name: "Summary of xor.layers" }).click();
    await seen(() => textOf(summary), /Model: "Small"/);
  });
});

/** The lines of an editor that are marked, as far as they are seen. */
async function markedIn(editor: Locator): Promise<string> {
  const lines = await visibleLines(editor);
  return lines
    .filter(({ isMarked }) => isMarked)
    .map(({ text }) => text)
    .join("\n");
}
