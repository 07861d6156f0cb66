import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compile, usualCompile, check, type Host } from "../../../src/index.ts";
import { runModule } from "../../targets/support/run-module.ts";
import { browserSession } from "./browser-session.ts";
import { browsers } from "./browsers.ts";
import { buildPage } from "./built-page.ts";
import { type Playground } from "./open-playground.ts";
import { seriousFindings } from "./serious-findings.ts";
import { servePage, type PageServer } from "./serve-page.ts";

let server: PageServer;
beforeAll(async () => {
  server = await servePage(await buildPage(), "/");
});
afterAll(() => server?.stop());

const button = (text: string): string =>
  `[...document.querySelectorAll('#panel-train button')].find((one) => one.textContent.trim() === ${JSON.stringify(text)})`;
const cell = (row: string, column: "training" | "test"): string =>
  `Number([...document.querySelectorAll('#panel-train .measures tr')].find((one) => one.cells[0].textContent === ${JSON.stringify(row)})?.cells[${column === "training" ? 1 : 2}].textContent)`;
/** The trainer is there, and has been measured. */
const isReady = `${cell("Loss", "training")} > 0`;
const epoch = "document.querySelector('#panel-train .measures th')?.textContent.trim()";

describe.each(browsers)("the tab Train in %s", (name) => {
  const { downloads, open: openPage } = browserSession(name);
  const open = async (hash = "", size?: { width: number; height: number }): Promise<Playground> => {
    const playground = await openPage(`${server.url}${hash}`, size);
    await playground.openTab("train");
    await playground.until("document.querySelector('#panel-train button')");
    return playground;
  };
  const press = async ({ page, until }: Playground, text: string): Promise<void> => {
    await until(button(text));
    await page.evaluate(`${button(text)}.click()`);
  };

  test("a model learns two spirals, is drawn while it does, and its weights are those that run then", async () => {
    const playground = await open();
    const { page, until } = playground;
    expect(await playground.text("#panel-train")).toContain("Digits takes inputs [64].");
    await press(playground, "Load a model for points in the plane");
    await until(isReady);
    const picture = "document.querySelector('#panel-train canvas').toDataURL()";
    const before = await page.evaluate<string>(picture);
    await press(playground, "Start");
    await until(`${cell("Accuracy", "test")} > 0.9`);
    await press(playground, "Pause");
    await until("document.querySelector('#said').textContent.startsWith('Epoch')");
    const after = await page.evaluate<string>(picture);
    expect(after).not.toBe(before);
    // It stands still, and other tabs and the way back change nothing.
    const stopped = await playground.text("#panel-train .measures");
    await playground.openTab("diagram");
    await playground.openTab("train");
    expect(await page.evaluate(picture)).toBe(after);
    expect(await playground.text("#panel-train .measures")).toBe(stopped);

    await press(playground, "Download the weights");
    const saved = path.join(downloads, "spirals.safetensors");
    await expect.poll(() => existsSync(saved) && readFileSync(saved).length).toBeGreaterThan(0);
    await press(playground, "Use them in the model");
    await until("document.querySelector('#editor').textContent.includes('spirals.safetensors')");
    await until("document.querySelector('#problems').textContent.trim() === 'No problems'");
    // The text has changed, and training has not: it could go on.
    expect(await playground.text("#panel-train .measures")).toBe(stopped);

    await playground.openTab("try");
    await until("document.querySelector('#panel-try').textContent.includes('Computed by')");
    await page.focus("#panel-try textarea");
    await playground.press("Control+a");
    await page.keyboard.type("0.25, -0.5");
    const host: Host = {
      resolve: (_, relative) => relative,
      readText: async () => ({ ok: false, reason: "none" }),
      readBytes: async () => ({ ok: true, content: readFileSync(saved) }),
    };
    const { files } = await compile({ path: "spirals.layers", text: await playground.source() }, { host, emit: "js" });
    const { spirals } = (await runModule(String(files[0]!.content))) as unknown as {
      readonly spirals: { forward(input: readonly number[]): Float32Array };
    };
    const expected = spirals.forward([0.25, -0.5])[0]!;
    await until(`document.querySelector('#panel-try .bars .value')?.title === "${expected}"`);
  });

  test("a model without a compile clause is given one, and trained on what it is called after", async () => {
    const playground = await open("#example=xor");
    const { page, until } = playground;
    const source = await playground.source();
    const { models } = await check({ path: "xor.layers", text: source.replace(/weights .*/, "") });
    const clause = usualCompile(models[0]!);
    expect(await playground.text("#panel-train pre")).toBe(clause);
    await press(playground, "Add the line");
    await until(isReady);
    expect(await playground.source()).toBe(source.replace(/\n}\n$/, `\n\n  ${clause}\n}\n`));
    await until("document.querySelector('#problems').textContent.trim() === 'No problems'");
    expect(await page.evaluate("document.querySelector('#panel-train select').value")).toBe("xor");

    // An epoch is the same after a reset, and another one with other settings.
    const loss = (): Promise<number> => page.evaluate(cell("Loss", "training"));
    const first = await loss();
    const oneEpoch = async (): Promise<number> => {
      await press(playground, "One epoch");
      await until(`${epoch} === 'Epoch 1'`);
      return loss();
    };
    const reset = async (): Promise<void> => {
      await press(playground, "Reset");
      await until(`${epoch} === 'Epoch 0'`);
      expect(await loss()).toBe(first);
    };
    const trained = await oneEpoch();
    expect(trained).not.toBe(first);
    await reset();
    expect(await oneEpoch()).toBe(trained);
    await reset();
    await page.focus("#panel-train input[placeholder]");
    await page.keyboard.type("0.05");
    await playground.press("Tab");
    expect(await oneEpoch()).toBeLessThan(trained);
    await reset();
    await page.focus("#panel-train input[placeholder]");
    await playground.press("Control+a", "Delete", "Tab");
    expect(await oneEpoch()).toBe(trained);
    await page.select("#panel-train select", "moons");
    await until(`${epoch} === 'Epoch 0' && ${cell("Loss", "training")} !== ${first}`);
  });

  test("a curve is learnt, classes of logits are told apart, and what can't be trained is told", async () => {
    const playground = await open();
    const { until } = playground;
    await press(playground, "Load a model for a curve");
    await until(isReady);
    await press(playground, "Start");
    await until(`${cell("Mean absolute error", "test")} < 0.15`);

    // Another model begins anew, and waits.
    await playground.type(
      'model Three { input [2] Dense(16, activation=relu) Dense(3) labels ["a", "b", "c"] compile(adam(0.03), sparse_categorical_crossentropy(from_logits=true)) }',
    );
    await until("document.querySelectorAll('#panel-train .legend li').length === 5");
    await until(`${epoch} === 'Epoch 0' && ${cell("Accuracy", "test")} < 0.9`);
    await playground.page.select("#panel-train select", "gaussians");
    await press(playground, "Start");
    await until(`${cell("Accuracy", "test")} > 0.9`);

    await playground.type("model Wild { input [1] Dense(1) compile(sgd(1e9), mse) }");
    await until(`${epoch} === 'Epoch 0'`);
    await press(playground, "Start");
    await until("document.querySelector('#panel-train .problem').textContent.includes('no number any more')");
    await until(button("Start"));
    await playground.type("model Sign { input [1] Dense(1) compile(adam, hinge) }");
    await until("document.querySelector('#panel-train').textContent.includes('mean_squared_error is a loss for them')");
    await playground.type("block Nothing() { Dense(2) }");
    await until("document.querySelector('#panel-train').textContent.includes('no model to train')");
  });

  test("it fits a phone, is quiet for those whom motion disturbs, and axe finds nothing serious", async () => {
    const playground = await open("#example=xor", { width: 360, height: 740 });
    const { page, until } = playground;
    expect(await seriousFindings(playground.page)).toEqual([]);
    await press(playground, "Add the line");
    await until(isReady);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
    expect(await seriousFindings(playground.page)).toEqual([]);
    if (page.emulateMediaFeatures === undefined || name === "Firefox") return;
    await page.emulateMediaFeatures([
      { name: "prefers-color-scheme", value: "dark" },
      { name: "prefers-reduced-motion", value: "reduce" },
    ]);
    expect(await seriousFindings(playground.page)).toEqual([]);
    await page.evaluate(`(() => {
      globalThis.drawn = [];
      const { drawImage } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.drawImage = function (...all) {
        globalThis.drawn.push(performance.now());
        return drawImage.apply(this, all);
      };
    })()`);
    await press(playground, "Start");
    await until("globalThis.drawn.length >= 4");
    // The first is that of the button.
    const [, second, third, fourth] = await page.evaluate<readonly number[]>("globalThis.drawn");
    expect(Math.min(third! - second!, fourth! - third!)).toBeGreaterThan(500);
    expect(await page.evaluate<number>(cell("Loss", "training"))).toBeGreaterThan(0);
  });
});
