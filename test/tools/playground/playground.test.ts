import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { check, compile, formatSource } from "../../../src/index.ts";
import { nodeFileSystem } from "../../../src/node/file-system.ts";
import { createNodeHost } from "../../../src/node/node-host.ts";
import { runModule } from "../../targets/support/run-module.ts";
import { browserSession } from "./browser-session.ts";
import { browsers } from "./browsers.ts";
import { buildPage } from "./built-page.ts";
import { fileAt, type DroppedFile, type Playground } from "./open-playground.ts";
import { seriousFindings } from "./serious-findings.ts";
import { servePage, type PageServer } from "./serve-page.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const examples = path.join(root, "examples");
const host = createNodeHost(examples, nodeFileSystem);
const example = (name: string): { path: string; text: string } => ({
  path: `${name}.layers`,
  text: readFileSync(path.join(examples, `${name}.layers`), "utf8"),
});

const cases = path.join(root, "test/fixtures/cases");
/** Files as their authors saved them, the name of what they become, and what the drawing of it says. */
const droppedModels: readonly (readonly [what: string, files: readonly DroppedFile[], name: string, shown: string])[] =
  [
    ["a .keras file", [fileAt(path.join(examples, "iris.keras"), "flowers.keras")], "iris.layers", "131 parameters"],
    ["an .h5 file", [fileAt(path.join(cases, "keras-td33/m.h5"))], "m.layers", "8 parameters"],
    ["an .onnx file", [fileAt(path.join(cases, "onnx-clip/clip_limits.onnx"))], "gClipLimits.layers", "67 parameters"],
    [
      "a model.json with its shards",
      ["model.json", "group1-shard1of1.bin"].map((name) =>
        fileAt(path.join(cases, "tfjs-keras3-time-distributed", name)),
      ),
      "model.layers",
      "47 parameters",
    ],
    [
      "a script",
      [
        {
          name: "net.py",
          bytes: new TextEncoder().encode(
            "net = keras.Sequential([layers.Dense(10*10*256, use_bias=False, input_shape=(100,))])\nnet.summary()\n",
          ),
        },
      ],
      "net.layers",
      "2,560,000 parameters",
    ],
  ];

/** The page has the weights of examples in a smaller file. */
const shownDigits = example("digits").text.replace("digits.keras", "digits.safetensors");

/** What stands in front of the cursor. */
const beforeCursor = `(() => {
  const { focusNode, focusOffset } = getSelection();
  const range = document.createRange();
  range.setStart(document.querySelector("#editor .cm-content"), 0);
  range.setEnd(focusNode, focusOffset);
  return range.toString();
})()`;

let server: PageServer;
beforeAll(async () => {
  server = await servePage(await buildPage(), "/some/where/");
});
afterAll(() => server?.stop());

describe.each(browsers)("the playground in %s", (name) => {
  const { downloads, open: openPage } = browserSession(name);
  const open = (hash = "", size?: { width: number; height: number }): Promise<Playground> =>
    openPage(`${server.url}${hash}`, size);

  test("a mistake is told with its fix, the last good model stays and is said to be the last good one", async () => {
    const playground = await open();
    expect(await playground.text("h1")).toBe("layerc playground");
    expect(await playground.text(".diagram svg")).toContain("6,570 parameters");
    await playground.until("document.querySelector('#editor').textContent.includes('-> [64]')");
    expect(await playground.source()).toBe(shownDigits);

    const mistaken = "model Small { input [4] Dnse(3) }";
    await playground.type(mistaken);
    await playground.until("document.querySelector('#problems').textContent.trim() === '1 error'");
    await playground.until("document.querySelector('.stale').textContent.includes('as it was before')");
    expect(await playground.text(".diagram svg")).toContain("6,570 parameters");
    const { diagnostics } = await check({ path: "digits.layers", text: mistaken });
    expect(await playground.text(".stale")).toContain(diagnostics[0]!.message);

    await playground.page.click("#problems");
    expect(await playground.text(".problems")).toContain(diagnostics[0]!.message);
    expect(await playground.text(".stale .fix")).toBe(await playground.text(".problems .fix"));
    await playground.page.click(".problems .fix");
    await playground.until("document.querySelector('.diagram svg').textContent.includes('15 parameters')");
    expect(await playground.source()).toBe("model Small { input [4] Dense(3) }");
    expect(await playground.text(".stale")).toBe("");

    // The fix is offered above the old drawing, too.
    await playground.type("model = keras.Sequential([keras.layers.Dense(3, input_shape=(4,))])");
    await playground.until("document.querySelector('.stale').textContent.includes('a script of Keras')");
    await playground.until("document.querySelector('.stale .fix')");
    await playground.page.click(".stale .fix");
    await playground.until("document.querySelector('.stale').textContent.trim() === ''");
    expect(await playground.source()).toMatch(/^model \w+ \{\n {2}input \[4\]/);

    await playground.type(" ");
    await playground.until("document.querySelector('.diagram').textContent.includes('choose an example')");
    expect(await playground.text("#problems")).toBe("No text");

    // What was there before is not lost.
    await playground.page.focus("#editor .cm-content");
    for (let step = 0; step < 200; step++) {
      if ((await playground.source()) === shownDigits) break;
      await playground.press("Control+z");
    }
    expect(await playground.source()).toBe(shownDigits);
  });

  test("words are completed, explained, renamed and found, calls are helped with, the text is laid out", async () => {
    const playground = await open();
    const { page, press, until } = playground;
    await playground.type("model Small { input [4] Den");
    await until("document.querySelector('.cm-tooltip-autocomplete')?.textContent.includes('Dense')");
    // The list takes no key that was on its way before it was there.
    await new Promise((resolve) => setTimeout(resolve, 200));
    await press("Enter");
    expect(await playground.source()).toMatch(/^model Small \{ input \[4\] Dense\(/);
    await playground.type("let width = 4 model Small { input [width] Dense(width) Dense(");
    await until("document.querySelector('.cm-lsp-signature-tooltip')?.textContent.includes('units')");
    await playground.type("let width = 4 model Small { input [width] Dense(width) }");
    await until("document.querySelector('#editor').textContent.includes('units=')");

    // From the use to the definition, and another name for both.
    await press("Control+End", ...Array.from({ length: 4 }, () => "ArrowLeft"), "F12");
    await until(`${beforeCursor}.length < "let width".length`);
    await press("F2");
    await until("document.querySelector('.cm-lsp-rename-panel input')");
    await press("Control+a");
    await page.keyboard.type("size");
    await press("Enter");
    await until("document.querySelector('#editor').textContent.includes('let size')");
    const renamed = "let size = 4 model Small { input [size] Dense(size) }";
    expect(await playground.source()).toBe(renamed);

    const place = await page.evaluate<{ x: number; y: number }>(`(() => {
      const range = document.createRange();
      const walker = document.createTreeWalker(document.querySelector("#editor .cm-content"), NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const at = node.data.indexOf("Dense");
        if (at < 0) continue;
        range.setStart(node, at);
        range.setEnd(node, at + 5);
        const { x, y, width, height } = range.getBoundingClientRect();
        return { x: x + width / 2, y: y + height / 2 };
      }
    })()`);
    await page.mouse.move(place.x - 5, place.y);
    await page.mouse.move(place.x, place.y, { steps: 2 });
    await until("document.querySelector('.cm-tooltip-hover')?.textContent.includes('parameters: 20')");

    await page.focus("#editor .cm-content");
    await press("Shift+Alt+F");
    await until("document.querySelectorAll('#editor .cm-line').length > 4");
    expect(await playground.source()).toBe(await formatSource(renamed));
    await press("Control+Home", "Control+.");
    await until("document.querySelector('[role=menu].code-actions [role=menuitem]')");
    await press("Escape");
    await until("document.activeElement.matches('#editor .cm-content')");
  });

  test("the views are those of layerc", async () => {
    const playground = await open("#example=autoencoder");
    const { page, until } = playground;
    const { files, lineOrigins } = await compile(example("autoencoder"), { host });
    await playground.openTab("summary");
    await until("document.querySelector('.summary')?.textContent.includes('Model: \"Autoencoder\"')");
    await playground.openTab("cost");
    await until("document.querySelector('#panel-cost').textContent.includes('4,744')");
    const size = `${(String(files[0]!.content).length / 1024).toFixed(2)} KB`;
    await until(`document.querySelector('#panel-cost').textContent.includes('${size}')`);

    await playground.openTab("generated");
    await until("document.querySelector('#panel-generated .cm-content')?.textContent.includes('export interface')");
    // The layer on the fourth line is marked in the module, and a line of the module marks its layer.
    await page.focus("#editor .cm-content");
    await playground.press("Control+Home", "ArrowDown", "ArrowDown", "ArrowDown");
    const lines = String(files[0]!.content).split("\n");
    const source = example("autoencoder").text;
    const origins = lines.filter(
      (_, at) => lineOrigins?.[at] !== undefined && source.slice(0, lineOrigins[at].start).split("\n").length === 4,
    );
    await until(
      `${JSON.stringify(origins)}.includes(document.querySelector('#panel-generated .cm-linked')?.textContent)`,
    );
    await page.click("#panel-generated .cm-linked");
    await until("document.querySelector('#editor .cm-linked')");
    expect(await playground.text("#editor .cm-linked")).toContain("Dense(");

    await playground.openTab("diagram");
    await page.click(".diagram [data-layer='encoder/code'] rect");
    await until("document.querySelector('.diagram [data-active]')?.dataset.layer === 'encoder/code'");
    expect(await playground.text("#editor .cm-activeLine")).toContain("code: Dense(");

    // A layer of a block is marked by its own statement as well as by the call of the block.
    await playground.type("block Hidden(units) { inner: Dense(units) } model Small { input [4] Hidden(3) Dense(2) }");
    await until("document.querySelector('.diagram [data-layer=\"inner\"]')");
    const marks = (layer: string): string =>
      `document.querySelector('.diagram [data-active]')?.dataset.layer === '${layer}'`;
    await playground.press("ArrowLeft", "ArrowLeft");
    await until(marks("dense"));
    await playground.press("Control+Home", ...Array.from({ length: 26 }, () => "ArrowRight"));
    await until(marks("inner"));
  });

  test("inputs become what the module gives in Node", async () => {
    const playground = await open();
    const { page, until } = playground;
    await playground.openTab("try");
    await until("document.querySelectorAll('#panel-try .bars li').length === 10");
    const { x } = JSON.parse(readFileSync(path.join(examples, "data/digits-test.json"), "utf8")) as {
      readonly x: readonly (readonly number[])[];
    };
    const { files } = await compile(example("digits"), { host, emit: "js" });
    const { digits } = (await runModule(String(files[0]!.content))) as unknown as {
      readonly digits: { forward(input: readonly number[]): Float32Array };
    };
    const shown = (): Promise<readonly number[]> =>
      page.evaluate("[...document.querySelectorAll('#panel-try .bars .value')].map(({ title }) => Number(title))");
    expect(await shown()).toEqual([...digits.forward(x[0]!)]);

    const row = x[7]!;
    await page.focus("#panel-try textarea");
    await playground.press("Control+a");
    await page.keyboard.type(row.slice(0, 63).join(","));
    await until("document.querySelector('#csv-problem').textContent.includes('63 values')");
    await page.keyboard.type(`,${row[63]!}`);
    const expected = [...digits.forward(row)];
    await until(`document.querySelector('#panel-try .best .value')?.title === String(${Math.max(...expected)})`);
    expect(await shown()).toEqual(expected);

    // Painted, by the pointer and by keys, it is another image.
    await page.click("#panel-try canvas");
    await until(
      "!document.querySelector('#panel-try textarea').value.startsWith('" + row.slice(0, 40).join(", ") + "')",
    );
    const painted = await page.evaluate<string>("document.querySelector('#panel-try textarea').value");
    await playground.press("ArrowRight", "ArrowDown", " ");
    await until(`document.querySelector('#panel-try textarea').value !== ${JSON.stringify(painted)}`);

    // Without weights it runs on random ones, and says so. Sliders have the names of the inputs.
    await playground.type('model Small { input [4] Dense(2, activation=softmax) labels ["no", "yes"] }');
    await until("document.querySelectorAll('#panel-try input[type=range]').length === 4");
    await until("document.querySelector('#panel-try').textContent.includes('random ones')");
    expect(await playground.text("#panel-try .buttons")).not.toContain("Next sample");
    expect(
      await page.evaluate("[...document.querySelectorAll('#panel-try .bars .label')].map((one) => one.textContent)"),
    ).toEqual(["no", "yes"]);
    const before = await shown();
    await page.focus("#panel-try input[type=range]");
    await playground.press("Home");
    await until(`document.querySelector('#panel-try .bars .value').title !== "${before[0]}"`);
    expect((await shown()).reduce((sum, value) => sum + value)).toBeCloseTo(1, 5);

    // Values below zero grow from the middle to the left. All bars of a chart are as wide.
    await playground.type(
      'model Signed { input [2] Dense(2, activation=tanh) Rescaling(scale=0, offset=[-0.5, 1]) labels ["minus", "a longer label"] }',
    );
    await until("document.querySelector('#panel-try .signed .negative')");
    expect(await shown()).toEqual([-0.5, 1]);
    const bars = await page.evaluate<readonly Readonly<Record<string, number>>[]>(
      "[...document.querySelectorAll('#panel-try .bar')].map((one) => { const { marginLeft, width } = getComputedStyle(one, '::before'); return { bar: one.clientWidth, from: parseFloat(marginLeft) / one.clientWidth }; })",
    );
    expect(bars.map(({ bar }) => bar)).toEqual([bars[0]!["bar"], bars[0]!["bar"]]);
    expect(bars.map(({ from }) => from!.toFixed(2))).toEqual(["0.25", "0.50"]);
  });

  test("a speed run ends with three results", async () => {
    const playground = await open("#example=iris");
    await playground.openTab("speed");
    await playground.page.click("#panel-speed button.primary");
    await playground.until("document.querySelectorAll('.speeds li').length === 3");
    const results = await playground.page.evaluate<readonly string[]>(
      "[...document.querySelectorAll('.speeds .label')].map((one) => one.textContent)",
    );
    expect(results).toEqual(["Naive loops", "TypeScript", "WebAssembly"]);
    expect(await playground.text(".speeds")).toMatch(/^\s*Naive loops\s+1\.0×\s+[\d,]{5,} samples a second/);
    const difference = /at most (\S+) of/.exec(await playground.text(".speed .note"))?.[1];
    expect(Number(difference)).toBeLessThan(1e-5);
    expect(await playground.text(".speed .note")).toMatch(/WebAssembly ran as wasm-(relaxed-)?simd/);

    // With other files beside the same text it is another model.
    await playground.drop([
      { name: "iris.safetensors", bytes: readFileSync(path.join(examples, "edge-worker/iris.safetensors")) },
    ]);
    await playground.until("document.querySelectorAll('.speeds li').length === 0");
  });

  test("models that are dropped are imported", async () => {
    const playground = await open("#example=autoencoder");
    const { until } = playground;
    for (const [what, files, name, shown] of droppedModels) {
      await playground.drop(files);
      await until(`document.querySelector('#status .file').textContent.startsWith('${name}')`);
      await until(`document.querySelector('.diagram svg').textContent.includes('${shown}')`);
      await until("document.querySelector('#problems').textContent.trim() === 'No problems'");
      expect(await playground.text("#notices"), what).toContain("is imported");
      expect(await playground.text(".stale"), what).toBe("");
    }
  });

  test("files that import one another are shown, renamed in and come back to", async () => {
    const playground = await open("#example=deep");
    const { page, press, until } = playground;
    const isOpen = (name: string): string => `document.querySelector('#status .file').textContent === '${name}.layers'`;
    await until("document.querySelector('#editor .cm-inlay-hint')");
    await page.focus("#editor .cm-content");
    await press("Control+Home", ...Array.from({ length: 8 }, () => "ArrowDown"), "Home", "ArrowRight", "F12");
    await until(isOpen("blocks"));
    expect(await playground.source()).toBe(example("blocks").text);
    await press("Control+z");
    await until(isOpen("deep"));
    await press("Control+Home", ...Array.from({ length: 8 }, () => "ArrowDown"), "Home", "ArrowRight", "F2");
    await until("document.querySelector('.cm-lsp-rename-panel input')");
    await press("Control+a");
    await page.keyboard.type("Secret");
    await press("Enter");
    await until("document.querySelector('#notices').textContent.includes('blocks.layers is changed as well')");
    await until("document.querySelector('#problems').textContent.trim() === 'No problems'");
    expect(await playground.source()).toBe(example("deep").text.replaceAll("Hidden", "Secret"));
    await press("F12");
    await until(isOpen("blocks"));
    expect(await playground.source()).toBe(example("blocks").text.replaceAll("Hidden", "Secret"));
  });

  test("dropped weights are named in the model, and what can't be opened is told in layerc's words", async () => {
    const playground = await open();
    const { until } = playground;
    await playground.type("model Iris { input [4] Dense(16, activation=relu) Dense(3, activation=softmax) }");
    await until("document.querySelector('.diagram svg').textContent.includes('131 parameters')");
    await playground.drop([fileAt(path.join(examples, "edge-worker/iris.safetensors"))]);
    await until("document.querySelector('#notices').textContent.includes('named as the weights of Iris')");
    await until("document.querySelector('#problems').textContent.trim() === 'No problems'");
    expect(await playground.source()).toContain('weights "./iris.safetensors"');
    await playground.openTab("try");
    await until("document.querySelector('#panel-try').textContent.includes('Computed by')");

    await playground.drop([{ name: "broken.keras", bytes: new TextEncoder().encode("an error page") }]);
    await until("document.querySelector('#notices .error pre')");
    expect(await playground.text("#notices .error")).toContain("broken.keras could not be imported");
    expect(await playground.text("#notices .error pre")).toMatch(/^error\[import-/);
    const script = "model = keras.models.load_model('flowers.keras')\n";
    await playground.drop([{ name: "loads.py", bytes: new TextEncoder().encode(script) }]);
    await until("document.querySelector('#notices .error')?.textContent.includes('loads.py could not be imported')");
    expect(await playground.text("#notices .error pre")).toContain("drop its file here");
    expect(await playground.source()).toContain("model Iris");
    await playground.drop([{ name: "cat.jpg", bytes: new Uint8Array(3) }]);
    await until("document.querySelector('#notices').textContent.includes('cat.jpg: the page opens')");
  });

  test("the open file that is dropped with another one is the dropped one when it is come back to", async () => {
    const playground = await open("#example=deep");
    const { press, page, until } = playground;
    const isOpen = (name: string): string => `document.querySelector('#status .file').textContent === '${name}.layers'`;
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    const newer = { deep: "// newer\n" + example("deep").text, blocks: "// newer\n" + example("blocks").text };
    await playground.drop([
      { name: "blocks.layers", bytes: bytes(newer.blocks) },
      { name: "deep.layers", bytes: bytes(newer.deep) },
    ]);
    await until(isOpen("blocks"));
    expect(await playground.source()).toBe(newer.blocks);
    // Undone step by step: the dropped file, and then what was written in it before.
    await page.focus("#editor .cm-content");
    await press("Control+z");
    await until(isOpen("deep"));
    expect(await playground.source()).toBe(newer.deep);
    await press("Control+z");
    await until(`!document.querySelector('#editor').textContent.includes('newer')`);
    expect(await playground.source()).toBe(example("deep").text);
  });

  test("a folder that is dropped is a message", async () => {
    const playground = await open();
    // What a test drops is no folder: one is a file that can't be read.
    await playground.page.evaluate(`(() => {
      const { arrayBuffer } = Blob.prototype;
      Blob.prototype.arrayBuffer = function () {
        return this.name === "weights" ? Promise.reject(new DOMException("gone", "NotFoundError")) : arrayBuffer.call(this);
      };
    })()`);
    await playground.drop([fileAt(path.join(examples, "iris.layers")), { name: "weights", bytes: new Uint8Array() }]);
    await playground.until("document.querySelector('#notices').textContent.includes('weights could not be read')");
    expect(await playground.text("#notices .error")).toContain("Of a folder drop the files that are in it.");
    expect(await playground.source()).toBe(shownDigits);
  });

  test("a weights clause may have any address, and the server answers", async () => {
    const playground = await open();
    const { until } = playground;
    await playground.type('model Far { weights "http://x/100%.npz" input [4] Dense(5) }');
    await until("document.querySelector('#problems').textContent.trim() === '1 error'");
    await until("document.querySelector('.diagram svg').textContent.includes('25 parameters')");
    await playground.type("model Iris { input [4] Dense(16, activation=relu) Dense(3, activation=softmax) }");
    await playground.drop([fileAt(path.join(examples, "edge-worker/iris.safetensors"), "100%.safetensors")]);
    await until("document.querySelector('#notices').textContent.includes('named as the weights of Iris')");
    await until("document.querySelector('#problems').textContent.trim() === 'No problems'");
    await until("document.querySelector('.stale').textContent === ''");
    await playground.openTab("try");
    await until("document.querySelector('#panel-try').textContent.includes('Computed by')");
  });

  test("a build that is given up takes nothing else along", async () => {
    const playground = await open();
    const { page, until } = playground;
    await page.evaluateOnNewDocument(`(() => {
      const { Worker } = globalThis;
      let builders = 0;
      /** The worker of the first build never answers. */
      globalThis.Worker = function (url, options) {
        if (options.name !== "builder" || builders++ > 0) return new Worker(url, options);
        return Object.assign(new EventTarget(), { postMessage() {}, terminate() { globalThis.gaveUp = true; } });
      };
    })()`);
    await page.reload();
    await until("document.querySelector('.doing')?.textContent === 'compiling …'");
    const [, [file]] = droppedModels[0]!;
    await playground.drop([file!]);
    await until("document.querySelector('#notices').textContent.includes('flowers.keras is imported')");
    await until("globalThis.gaveUp");
    await until("document.querySelector('.diagram svg')?.textContent.includes('131 parameters')");
  });

  test("why a model can't be run is told, until it can", async () => {
    const playground = await open();
    const { page, until } = playground;
    await page.evaluate(`(() => {
      const { Worker } = globalThis;
      let runners = 0;
      globalThis.Worker = function (url, options) {
        if (options.name !== "runner" || runners++ > 0) return new Worker(url, options);
        const worker = Object.assign(new EventTarget(), { terminate() {} });
        const event = new ErrorEvent("error", { message: "the worker is out of memory", cancelable: true });
        worker.postMessage = () => setTimeout(() => worker.dispatchEvent(event));
        return worker;
      };
    })()`);
    await playground.openTab("try");
    await until("document.querySelector('#csv-problem')?.textContent.includes('the worker is out of memory')");
    expect(await playground.text("#panel-try")).not.toContain("Running …");
    await playground.type("model Small { input [4] Dense(2) }");
    await until("document.querySelectorAll('#panel-try .bars li').length === 2");
    expect(await playground.text("#csv-problem")).toBe("");

    // A row that is wrong stays so while the model runs on others.
    await page.focus("#panel-try textarea");
    await page.keyboard.type("x");
    await until("document.querySelector('#csv-problem').textContent.trim() !== ''");
    await page.focus("#panel-try input[type=range]");
    await playground.press("Home");
    await until("document.querySelector('#csv-problem').textContent.trim() === ''");
    await until("document.querySelector('#panel-try').textContent.includes('random ones')");
  });

  test("a model is shared by its address, and a damaged address is a message", async () => {
    const playground = await open();
    const { page, until } = playground;
    const text = "model Shared { input [4] Dense(5) } // größer 🙂";
    await playground.type(text);
    await until("document.querySelector('.diagram svg').textContent.includes('25 parameters')");
    await page.click("#header button.primary");
    await until("document.querySelector('#notices').textContent.includes('address')");
    const address = await page.evaluate<string>("location.href");
    // The weights of somebody else are not in the address; the model is shown without them.
    await playground.type('model Theirs { weights "./theirs.keras" input [4] Dense(5) }');
    await until("document.querySelector('.stale').textContent.startsWith('Without weights: theirs.keras')");
    await until("document.querySelector('#problems').textContent.trim() === '1 error'");
    await playground.openTab("try");
    await until("document.querySelector('#panel-try .note').textContent.includes('Computed with random weights')");
    // A page in the background stands still: from here on it is the others' turn.
    const other = await open(new URL(address).hash);
    expect(await other.source()).toBe(text);
    expect(await other.text("#status .file")).toMatch(/^digits\.layers/);

    const damaged = await open(new URL(address).hash.slice(0, -9));
    expect(await damaged.text("#notices .error")).toContain("the shared model is damaged");
    expect(await damaged.text(".diagram svg")).toContain("6,570 parameters");
  });

  test("what is downloaded is what layerc writes", async () => {
    const playground = await open("#example=iris");
    const { files } = await compile(example("iris"), { host });
    await playground.page.click("#download");
    await playground.page.click("#downloads button");
    const saved = (file: string) => () => {
      const at = path.join(downloads, file);
      return existsSync(at) && readFileSync(at, "utf8");
    };
    await expect.poll(saved("iris.ts")).toBe(files[0]!.content);
    const { files: javascript } = await compile(example("iris"), { host, emit: "js" });
    await playground.page.click("#download");
    await playground.page.click("#downloads button:nth-of-type(2)");
    await expect.poll(saved("iris.js")).toBe(javascript[0]!.content);
    // Each has a name of its own. The model file's weights are offered as well.
    expect(
      await playground.page.evaluate(
        "[...document.querySelectorAll('#downloads button')].map((one) => [...one.childNodes].map(({ data }) => (data ?? '').trim()).find((text) => text !== '' && !text.startsWith('?')))",
      ),
    ).toEqual(["iris.ts", "iris.js", "iris.wasm.ts", "iris.wasm.js", "iris.layers", "iris.safetensors"]);
    expect(await playground.page.evaluate("document.querySelector('#downloads').matches(':popover-open')")).toBe(false);
    await playground.page.click("#download");
    await playground.page.click("#downloads button:nth-of-type(6)");
    const { files: apart } = await compile(example("iris"), { host, weights: "file" });
    const weights = apart.find(({ name }) => name.endsWith(".safetensors"))!.content;
    await expect.poll(saved("iris.safetensors")).toBe(Buffer.from(weights).toString());
  });

  test("the page works without its server, once it is open", async () => {
    const alone = await servePage(await buildPage(), "/");
    const playground = await openPage(`${alone.url}#example=xor`);
    const { page, until } = playground;
    // What the service worker keeps, it has.
    await until("navigator.serviceWorker.controller");
    await alone.stop();
    await playground.openTab("generated");
    await until("document.querySelector('#panel-generated .cm-content')?.textContent.includes('export')");
    await page.select("#examples", "iris");
    await until("document.querySelector('#status .file').textContent.startsWith('iris.layers')");
    await until("document.querySelector('#panel-generated').textContent.includes('Iris')");
    await until("location.hash === '#example=iris'");
    await page.reload();
    await until("document.querySelector('.diagram svg')?.textContent.includes('131 parameters')");
  });

  test("everything is done by keyboard alone", async () => {
    const playground = await open();
    const { page, press, until } = playground;
    const at = (): Promise<string> =>
      page.evaluate("(document.activeElement.id || document.activeElement.textContent).trim()");
    const tabTo = async (what: string): Promise<void> => {
      for (let step = 0; step < 30; step++) {
        if ((await at()) === what) return;
        await press("Tab");
      }
      throw new Error(`the Tab key does not lead to ${what}`);
    };
    await tabTo("examples");
    await page.keyboard.type("iris");
    await press("Enter");
    await until("document.querySelector('#status .file').textContent.startsWith('iris.layers')");
    // Through the editor, which keeps no key for itself, to the tabs.
    await tabTo("tab-diagram");
    await press("ArrowRight");
    expect(await at()).toBe("tab-try");
    await until("document.querySelector('#panel-try .bars')");
    expect(await page.evaluate("document.querySelector('#tab-diagram').tabIndex")).toBe(-1);
    await press("End");
    expect(await at()).toBe("tab-speed");
    await press("ArrowRight", "ArrowRight");
    expect(await at()).toBe("tab-try");
    await press("Tab", "Tab");
    expect(await page.evaluate("document.activeElement.type")).toBe("range");
    const before = await playground.text("#said");
    await press("End");
    await until(`document.querySelector('#said').textContent !== ${JSON.stringify(before)}`);
    expect(await playground.text("#said")).toMatch(/^Largest output: (setosa|versicolor|virginica), /);
  });

  test("it fits a phone, and axe finds nothing serious", async () => {
    const playground = await open("", { width: 360, height: 740 });
    const { page, press, until } = playground;
    await until("document.querySelector('#editor .cm-inlay-hint')");
    for (const tab of ["diagram", "try", "train", "summary", "generated", "cost", "speed"]) {
      await playground.openTab(tab);
      await until(`document.querySelector("#panel-${tab}").childElementCount > 0`);
      expect(await page.evaluate("document.documentElement.scrollWidth"), tab).toBeLessThanOrEqual(360);
      // What is beside the first tabs is told.
      const more = tab === "diagram" ? "more-right" : tab === "speed" ? "more-left" : "tabs";
      await until(`document.querySelector('.tabs').classList.contains('${more}')`);
      expect(
        await page.evaluate(
          "[...document.querySelectorAll('.table')].filter((one) => one.scrollWidth > one.clientWidth).length",
        ),
      ).toBe(0);
      expect(await seriousFindings(playground.page), tab).toEqual([]);
    }
    await playground.type("model Small { input [4] Dnse(3) }");
    await until("document.querySelector('.stale').textContent !== ''");
    await page.click("#problems");
    await page.click("#header button.primary");
    await until("document.querySelector('#notices .notice')");
    await page.click("#download");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
    expect(await seriousFindings(playground.page)).toEqual([]);
    await press("Escape");
    // The drawing and the colours have a dark form.
    if (page.emulateMediaFeatures === undefined || name === "Firefox") return;
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "dark" }]);
    await playground.openTab("try");
    expect(await page.evaluate("getComputedStyle(document.documentElement).backgroundColor")).toBe("rgb(16, 18, 22)");
    expect(await seriousFindings(playground.page)).toEqual([]);
  });
});
