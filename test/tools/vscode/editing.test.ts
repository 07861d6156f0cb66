import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { hasChromium } from "../chromium.ts";
import { example } from "./installed.ts";
import { withCodeServer } from "./with-workbench.ts";
import { seen, textOf } from "./workbench.ts";

const deep = { "deep.layers": example("deep.layers"), "blocks.layers": example("blocks.layers") };

describe.runIf(hasChromium)("model files in VS Code", () => {
  const open = withCodeServer();

  test("shapes, sizes and explanations are there as soon as a file is open", async () => {
    const { openFile, hover } = await open({
      "iris.layers": example("iris.layers"),
      "iris.keras": example("iris.keras"),
    });
    const source = await openFile("iris.layers");
    await seen(() => source.innerText().then(plain), /Dense\(units=16, activation=relu\) ?-> \[16\]/);
    await source.locator(".codelens-decoration", { hasText: "131 parameters" }).waitFor();
    await seen(() => hover(source, "Dense"), /dense_1[^]*shape: \[16\] -> \[3\][^]*parameters: 51/);
  });

  test("mistakes are underlined while somebody types, and mended by their quick fix", async () => {
    const { openFile, goTo, page, problems, quickFix, typeInstead } = await open({ "new.layers": "" });
    const source = await openFile("new.layers");
    await source.click();
    await typeInstead("model Mail { input [2] Dense(3, activation=rellu) }");
    await source.locator(".squiggly-error").first().waitFor();
    await seen(problems, /There is no activation 'rellu'/);
    await source.click();
    await goTo(1, 46);
    await quickFix("Write 'relu'");
    await seen(() => textOf(source), /activation=relu\)/);
    await source.locator(".squiggly-error").first().waitFor({ state: "detached" });
    // What is undone is wrong again.
    await source.click();
    await page.keyboard.press("Control+z");
    await seen(() => textOf(source), /activation=rellu\)/);
    await source.locator(".squiggly-error").first().waitFor();
  });

  test("what is typed is completed, with the places of its arguments", async () => {
    const { openFile, complete, page } = await open({ "new.layers": "model Mail {\n  input [2]\n  \n}\n" });
    const source = await openFile("new.layers");
    await source.locator(".codelens-decoration").first().waitFor();
    await source.locator(".view-line").nth(2).click();
    await page.keyboard.press("End");
    await page.keyboard.type("Den");
    await complete("Dense");
    await seen(() => textOf(source), /^ {2}Dense\(.*\)$/m);
    // As fast as somebody types: what is typed at once cancels the list that a comma brings.
    await page.keyboard.type("16, act", { delay: 150 });
    await complete("activation");
    await seen(() => textOf(source), /^ {2}Dense\((units=)?16, activation=\w*\)?/m);
  });

  test("snippets give whole models", async () => {
    const { complete, openFile, page } = await open({ "new.layers": "" });
    const source = await openFile("new.layers");
    await source.click();
    // As fast as somebody types: what is typed at once cancels the list.
    await page.keyboard.type("classifier", { delay: 150 });
    await complete("classifier");
    await page.keyboard.type("Mail");
    await seen(() => textOf(source), /model Mail \{[^]*labels \["no", "yes"\]/);
    await source.locator(".codelens-decoration", { hasText: "parameters" }).waitFor();
    expect(await source.locator(".squiggly-error").count()).toBe(0);
  });

  test("Python of Keras that is pasted becomes a model by its quick fix", async () => {
    const { openFile, page, paste, quickFix } = await open({ "new.layers": "" });
    const source = await openFile("new.layers");
    await source.click();
    await paste(`model = keras.Sequential([
    layers.Dense(10*10*256, use_bias=False, input_shape=(100,)),
    layers.LeakyReLU(),
])
`);
    await source.locator(".squiggly-error").first().waitFor();
    await page.keyboard.press("Control+Home");
    await quickFix("Convert Keras code to Layers");
    await seen(
      () => textOf(source),
      /^ {2}input \[100\]\n {2}Dense\(10\*10\*256, use_bias=false\)\n {2}LeakyReLU\(\)$/m,
    );
    await source.locator(".codelens-decoration", { hasText: "2,560,000 parameters" }).waitFor();
  });

  test("a name is changed in all files at once", async () => {
    const { openFile, clickText, page, path, run, editor } = await open(deep);
    await openFile("blocks.layers");
    const source = await openFile("deep.layers");
    await source.locator(".codelens-decoration").first().waitFor();
    await clickText(source, "Hidden");
    await page.keyboard.press("F2");
    const input = page.locator(".rename-box input");
    await input.fill("Thinking");
    await input.press("Enter");
    await seen(() => textOf(source), /import \{ Thinking \}[^]*Thinking\(2 \* width[^]*repeat depth \{ Thinking\(/);
    await run("File: Save All");
    await expect.poll(() => fs.readFileSync(path("blocks.layers"), "utf8")).toContain("block Thinking(units");
    expect(await editor("deep.layers").locator(".squiggly-error").count()).toBe(0);
  });

  test("a file is formatted when it is saved", async () => {
    const { openFile, page, path, typeInstead } = await open({ "new.layers": "" });
    const source = await openFile("new.layers");
    await source.click();
    await typeInstead("model Mail{input [2] Dense(3,activation = relu)}");
    await source.locator(".codelens-decoration").first().waitFor();
    await page.keyboard.press("Control+s");
    const formatted = "model Mail {\n  input [2]\n  Dense(3, activation=relu)\n}\n";
    await expect.poll(() => fs.readFileSync(path("new.layers"), "utf8")).toBe(formatted);
  });

  test("weights that change on the disk are looked at again", async () => {
    const { openFile, path } = await open({
      "iris.layers": example("iris.layers"),
      "iris.keras": example("iris.keras"),
    });
    const source = await openFile("iris.layers");
    await source.locator(".codelens-decoration", { hasText: "131 parameters" }).waitFor();
    expect(await source.locator(".squiggly-error").count()).toBe(0);
    fs.writeFileSync(path("iris.keras"), example("xor.keras"));
    await source.locator(".squiggly-error").first().waitFor();
    fs.writeFileSync(path("iris.keras"), example("iris.keras"));
    await source.locator(".squiggly-error").first().waitFor({ state: "detached" });
  });
});

/** With one space for any, and without those of no width. */
function plain(text: string): string {
  return text.replaceAll(/[\u200b-\u200f\u2060\ufeff]/g, "").replaceAll(/\s+/g, " ");
}
