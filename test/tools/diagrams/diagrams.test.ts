import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import type { Model } from "../../../src/index.ts";
import { modelMermaid } from "../../../src/diagram/model-mermaid.ts";
import { modelSvg } from "../../../src/diagram/model-svg.ts";
import { summaryMarkdown } from "../../../src/summary/summary-markdown.ts";
import { checkModels, exampleModels } from "../../diagram/check-models.ts";
import { hasChromium, openPage } from "../chromium.ts";

const examples = readdirSync(fileURLToPath(new URL("../../../examples", import.meta.url)))
  .filter((name) => name.endsWith(".layers") && name !== "blocks.layers")
  .map((name) => name.replace(".layers", ""));
const pageScript = fileURLToPath(new URL("page.js", import.meta.url));
const installed = fileURLToPath(new URL("readers/node_modules/", import.meta.url));

/** Names that XML, HTML, Markdown or Mermaid have a meaning for. */
const meaningful = [
  "style: a#b;c",
  "1. list",
  "- dash",
  "* star _x_ **bold** ~~s~~",
  "`code` `` ``",
  "%%{init: {'theme':'x'}}%%",
  "<script>alert(1)<script>",
  String.raw`a\nb \ c\|d`,
  "end",
  "$$x^2$$",
  "&lt;&amp;&#35;",
  "fa:fa-car :smile: @{ shape: x }",
  "a|b",
  "x@y.z www.a.b",
  "漢字 🙂 عربي",
  "a_b[c](d)",
  "#",
];
const named = meaningful.map((name, at) => `${JSON.stringify(name)}: Dense(${at + 2})`).join(" ");

/** What is hard to draw. */
const hard: Readonly<Record<string, string>> = {
  "one layer": "model One { input [1] Dense(1) }",
  "forty layers": `model Forty { input [8] ${Array.from({ length: 40 }, (_, at) => `Dense(${((at * 7) % 41) + 1}, activation=tanh)`).join(" ")} }`,
  "a thousand layers": `model Thousand { input [8] ${Array.from({ length: 1000 }, (_, at) => `Dense(${(at % 37) + 3})`).join(" ")} }`,
  "repeated layers":
    "model Same { input [64] repeat 12 { Dense(64) } repeat 6 { Dense(64, activation=gelu) LayerNormalization() Dropout(0.1) } }",
  "models within models": `
    model Inner { input [8] Dense(16, activation=relu) Dense(8) }
    model Middle { input [8] Inner LayerNormalization() Inner }
    model Outer { input [8] Dense(8) Middle Dropout(0.5) }
    model Top { input [8] Outer Dense(3, activation=softmax) labels ["a", "b", "c"] }`,
  "layers of all sizes": `model Widths { input [1] ${[0, 4, 8, 12, 16].map((size) => `Dense(${2 ** size}) Dense(1)`).join(" ")} }`,
  "several axes": `
    dim time dim lanes
    model Text { input [time] Embedding(10000, 64) TimeDistributed(Dense(32, activation=hard_sigmoid)) GlobalMaxPooling1D() }
    model Axes { input [time, lanes, 12, 34, 56, 78] Dense(9) Permute([2, 1, 3, 4, 5, 6]) Flatten() }`,
  "names of all kinds": `model ${"LongName".repeat(12)} { input [3] ${named} "${"w".repeat(100)}": Dense(3)
    labels ["${"W".repeat(90)}", "شكرا", "ありがとう"] }`,
};

/** All of them, checked. */
async function allModels(): Promise<readonly (readonly [string, readonly Model[]])[]> {
  return Promise.all([
    ...examples.map(async (name) => [name, await exampleModels(name)] as const),
    ...Object.entries(hard).map(async ([name, text]) => [name, await checkModels(text)] as const),
  ]);
}

test.runIf(hasChromium)("drawings are XML, tidy and readable in both schemes and on a phone", async () => {
  const drawings = (await allModels()).map(([name, models]) => [name, modelSvg(models)] as const);
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [1200, 360]) {
      const page = await openPage({ colorScheme, viewport: { width, height: 800 } });
      for (const [name, svg] of drawings) {
        await page.setContent(`<!doctype html><body style="margin:0">${svg}</body>`);
        await page.addScriptTag({ path: pageScript });
        expect(await page.evaluate("findFaults()"), `${name}, ${colorScheme}, ${width} pixels wide`).toEqual([]);
        expect(await page.evaluate(`parseError(${JSON.stringify(svg)})`), name).toBe(null);
      }
    }
  }
});

test.runIf(hasChromium)("faults are found", async () => {
  const page = await openPage({ viewport: { width: 360, height: 800 } });
  const svg = modelSvg(await exampleModels("digits"));
  const faultsOf = async (wrong: string): Promise<unknown> => {
    await page.setContent(`<!doctype html><body style="margin:0">${wrong}</body>`);
    await page.addScriptTag({ path: pageScript });
    return page.evaluate("findFaults()");
  };
  expect(await faultsOf(svg.replace("--layerc-quiet-text:#57606a", "--layerc-quiet-text:#c0c0c0"))).not.toEqual([]);
  expect(await faultsOf(svg.replace(">hidden<", `>${"hidden".repeat(9)}<`))).not.toEqual([]);
  expect(await faultsOf(svg.replace("max-width:100%", "min-width:400px"))).not.toEqual([]);
  expect(await faultsOf(svg.replace(/y="\d+"( width="\d+" height="74")/, 'y="150"$1'))).not.toEqual([]);
  expect(await page.evaluate(`parseError(${JSON.stringify(svg.replace("</g>", ""))})`)).toMatch(/error/);
});

test.runIf(hasChromium)("an image has the colours of the scheme, with nothing but itself", async () => {
  const svg = modelSvg(await exampleModels("digits"));
  const shots: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await openPage({ colorScheme });
    const policy = `<meta http-equiv="Content-Security-Policy" content="default-src data:; script-src 'none'">`;
    await page.setContent(`${policy}<img src="data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}">`);
    shots.push((await page.locator("img").screenshot()).toString("base64"));
  }
  expect(shots[0]).not.toBe(shots[1]);
});

const hasReaders = hasChromium && existsSync(installed);
if (!hasReaders) console.warn("skipped: flowcharts and tables in what reads them; npm run test:tools installs it");

test.runIf(hasReaders)("Mermaid draws flowcharts, with all names as they are", async () => {
  const page = await pageWith("mermaid/dist/mermaid.min.js");
  for (const [name, models] of await allModels()) {
    const drawn = (await page.evaluate(`drawFlowchart(${JSON.stringify(modelMermaid(models))})`)) as readonly string[];
    const titles = models.map((model) => model.name).filter((title) => title.length < 40);
    expect(drawn, name).toEqual(expect.arrayContaining(titles));
    expect(drawn.filter((word) => word === "input").length, name).toBe(models.length);
    if (name !== "names of all kinds") continue;
    expect(drawn.map((word) => word.replaceAll("\u2060", ""))).toEqual(expect.arrayContaining(meaningful));
  }
});

test.runIf(hasReaders)("a Markdown parser finds the tables, with all names as they are", async () => {
  const page = await pageWith("marked/lib/marked.umd.js");
  for (const [name, models] of await allModels()) {
    const rows = await page.evaluate(`readTables(${JSON.stringify(summaryMarkdown(models))})`);
    const layers = models.flatMap((model) => model.layers);
    const cell = (pattern: RegExp) => expect.stringMatching(pattern);
    const expected = layers.map((layer) => [layer.name, cell(/^\w+$/), cell(/^\[.*\]$/), cell(/^[\d,]+$/)]);
    expect(rows, name).toEqual(expected);
  }
});

/** A page with a script of an installed package. */
async function pageWith(script: string): Promise<Page> {
  const page = await openPage();
  await page.setContent("<!doctype html><body></body>");
  for (const path of [installed + script, pageScript]) await page.addScriptTag({ path });
  return page;
}
