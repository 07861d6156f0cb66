import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compileCode, compileText } from "./support/compile-text.ts";
import { createModel, runModule, type AnyModel, type AnyModule } from "./support/run-module.ts";
import { typeCheck, type TypeChecked } from "./support/type-check.ts";

interface Ranked {
  readonly label: string;
  readonly index: number;
  readonly score: number;
}

type Classify<Result> = (...values: readonly unknown[]) => Result;

function classifyOf<Result = readonly Ranked[]>(module: AnyModule, name: string): Classify<Result> {
  return module[`classify${name}`] as Classify<Result>;
}

const abc = `labels ["a", "b", "c"]`;
/** Passes its input on, so that a test says what the scores are. */
const passes = `model Net { input [3]  Identity()  ${abc} }`;

async function moduleOf(source: string, options: Parameters<typeof compileText>[1] = {}): Promise<AnyModule> {
  return runModule((await compileCode(source, { ...options, emit: "js" })).text);
}

describe("classify", () => {
  test("gives labels with their places and scores, best first", async () => {
    const module = await moduleOf(passes);
    const classify = classifyOf(module, "Net");
    const all = [
      { label: "b", index: 1, score: 3 },
      { label: "c", index: 2, score: 2 },
      { label: "a", index: 0, score: -1 },
    ];
    expect(classify([-1, 3, 2])).toEqual(all);
    expect(classify([-1, 3, 2], {})).toEqual(all);
    expect(classify([-1, 3, 2], { top: undefined })).toEqual(all);
    expect(classify([-1, 3, 2], { top: 1 })).toEqual(all.slice(0, 1));
    expect(classify([-1, 3, 2], { top: 2 })).toEqual(all.slice(0, 2));
    expect(classify([-1, 3, 2], { top: 99 })).toEqual(all);
    expect(module["netLabels"]).toEqual(["a", "b", "c"]);
    expect((module["netInfo"] as { labels: unknown }).labels).toBe(module["netLabels"]);
  });

  test.each<readonly [readonly number[], string]>([
    [[1, 1, 1], "abc"],
    [[0, -0, 1], "cab"],
    [[NaN, 1, 2], "cba"],
    [[1, NaN, NaN], "abc"],
    [[NaN, -Infinity, NaN], "bac"],
    [[NaN, NaN, NaN], "abc"],
    [[Infinity, NaN, Infinity], "acb"],
    [[-Infinity, Infinity, -Infinity], "bac"],
  ])("equal scores stay in order and NaN comes last: %j is %s", async (scores, order) => {
    const classify = classifyOf(await moduleOf(passes), "Net");
    const ranked = classify(scores);
    expect(ranked.map(({ label }) => label).join("")).toBe(order);
    for (const { index, score } of ranked) expect(score).toBe(scores[index]);
  });

  test.each([0, -1, 1.5, NaN, Infinity, null, "2"])("top: %s is an error", async (top) => {
    const classify = classifyOf(await moduleOf(passes), "Net");
    expect(() => classify([1, 2, 3], { top })).toThrow(
      new RangeError(`Net: top is ${top}, expected a whole number from 1 on`),
    );
  });

  test("a wrong length is the error of forward", async () => {
    const classify = classifyOf(await moduleOf(passes), "Net");
    expect(() => classify([1])).toThrow(new RangeError("Net: input has 1 value, expected 3"));
    expect(() => classify()).toThrow(new RangeError("Net: input has no values, expected 3"));
  });

  test("a model whose weights are elsewhere is an argument", async () => {
    const source = `model Net { input [2]  Dense(3)  ${abc} }`;
    for (const target of ["typescript", "wasm"] as const) {
      const module = await moduleOf(source, { target });
      const weights = { dense: { kernel: Float32Array.of(1, 2, 3, 0, 0, 0), bias: new Float32Array(3) } };
      const net: AnyModel = createModel(module, "Net", weights);
      const classify = classifyOf(module, "Net");
      expect(classify(net, [1, 0], { top: 1 })).toEqual([{ label: "c", index: 2, score: 3 }]);
      expect(classify(net, [-1, 0]).map(({ label }) => label)).toEqual(["a", "b", "c"]);
    }
  });

  test("an output of several rows has a ranking for each", async () => {
    const module = await moduleOf(`model Net { input [2, 1, 3]  Identity()  ${abc} }`);
    const classify = classifyOf<readonly (readonly Ranked[])[]>(module, "Net");
    const ranked = classify([1, 2, 3, 3, 2, 1], { top: 2 });
    expect(ranked.map((row) => row.map(({ label }) => label).join(""))).toEqual(["cb", "ab"]);
    expect(ranked[1]?.[0]).toEqual({ label: "a", index: 0, score: 3 });
  });

  test("run-time dims are inferred, or given", async () => {
    const module = await moduleOf(`dim time dim lanes
      model Steps { input [time, 3]  Identity()  ${abc} }
      model Mean { input [time, 3]  GlobalAveragePooling1D()  ${abc} }
      model Both { input [time, lanes, 3]  Identity()  ${abc} }`);
    const rows = (name: string, ...values: readonly unknown[]): readonly string[] =>
      classifyOf<readonly (readonly Ranked[])[]>(
        module,
        name,
      )(...values).map((row) => row.map(({ label }) => label).join(""));
    expect(rows("Steps", [1, 2, 3, 3, 2, 1])).toEqual(["cba", "abc"]);
    expect(rows("Steps", [])).toEqual([]);
    expect(classifyOf(module, "Mean")([1, 5, 3, 3, 9, 1], { top: 1 })).toEqual([{ label: "b", index: 1, score: 7 }]);
    expect(rows("Both", [1, 2, 3, 3, 2, 1], { dims: { time: 1, lanes: 2 }, top: 1 })).toEqual(["c", "a"]);
    expect(() => rows("Both", [1, 2, 3])).toThrow(/^Both: dims.time is undefined, expected a whole number$/);
  });

  test("models of one file, called like locals of the function, and like another's types", async () => {
    const names = "Input Options Output Row Model Scores Labels Top _ Label Ranked RankLabels".split(" ");
    const sources = names.flatMap((name) => [
      `model ${name} { input [3]  Identity()  ${abc} }`,
      `model ${name}Rows { input [2, 3]  Identity()  ${abc} }`,
      `model ${name}Free { input [3]  Dense(3)  ${abc} }`,
    ]);
    const { text } = await compileCode(sources.join("\n"));
    const checked = await typeCheck(new Map([["names.ts", text]]));
    try {
      expect(checked.errors).toBe("");
      const module = await checked.run("names");
      for (const name of names) {
        expect(classifyOf(module, name)([1, 3, 2], { top: 1 })[0]?.label, name).toBe("b");
        const rows = classifyOf<readonly (readonly Ranked[])[]>(module, `${name}Rows`)([1, 3, 2, 3, 2, 1]);
        expect(rows.map(([best]) => best?.label).join(""), name).toBe("ba");
        const weights = { dense: { kernel: new Float32Array(9), bias: Float32Array.of(0, 0, 1) } };
        const free = createModel(module, `${name}Free`, weights);
        expect(classifyOf(module, `${name}Free`)(free, [0, 0, 0])[0]?.label, name).toBe("c");
      }
    } finally {
      checked.dispose();
    }
  });

  test.each([
    ["Dense(3, activation=softmax)", "probability; those of all labels add up to 1"],
    ["Dense(3)  Softmax()", "probability; those of all labels add up to 1"],
    ["Dense(3)  Softmax(axis=1)  Dropout(0.5)  Activation(linear)", "probability; those of all labels add up to 1"],
    ["Dense(3, activation=sigmoid)", "probability of its label by itself"],
    ["Dense(3)  Activation(log_softmax)", "logarithm of a probability"],
    ["Dense(3)", "output as it is"],
    ["Dense(3, activation=softmax)  Reshape([3])", "output as it is"],
    ["Dense(3, activation=softmax)  Rescaling(2)", "output as it is"],
  ])("%s: a score is a %s", async (layers, meaning) => {
    const { text } = await compileCode(`model Net { input [3]  ${layers}  ${abc} }`);
    expect(text).toMatch(new RegExp(`(A score is|The score is) [^\\n]*${meaning}`));
  });

  test("what a score is, along other axes, in steps and nested models", async () => {
    const docOf = async (source: string): Promise<string> =>
      /^ \* (?:A|The) score is .*$/m.exec((await compileCode(source)).text)?.[0] ?? "";
    const across = await docOf(`model Net { input [3, 3]  Softmax(axis=1)  ${abc} }`);
    expect(across).toContain("output as it is");
    expect(await docOf(`model Net { input [3, 3]  Softmax(axis=2)  ${abc} }`)).toContain("add up to 1");
    expect(await docOf(`model Net { input [2, 3]  TimeDistributed(Softmax())  ${abc} }`)).toContain("add up to 1");
    expect(await docOf(`model Inner { input [3] Softmax() } model Net { input [3]  Inner  ${abc} }`)).toContain(
      "up to 1",
    );
    const one = await docOf(`model Net { input [3]  Dense(1, activation=sigmoid)  labels ["spam"] }`);
    expect(one).toBe(" * The score is the probability of the label (sigmoid).");
  });

  test("a model without labels has nothing of it", async () => {
    const { text } = await compileCode("model Net { input [3]  Softmax() }");
    expect(text).not.toMatch(/label|classify|rank/i);
  });
});

describe("types", () => {
  const sources: Readonly<Record<string, string>> = {
    net: passes,
    free: `model Free { input [3]  Dense(3)  ${abc} }`,
    rows: `dim time  dim lanes  model Rows { input [time, lanes, 3]  Softmax()  ${abc} }`,
  };
  const use = (extension: string): string => `
import { classifyNet, netLabels, netInfo, type NetClass, type NetLabel } from "./${extension}/net.js";
import { classifyFree, createFree } from "./${extension}/free.js";
import { classifyRows } from "./${extension}/rows.js";

const [best, second] = classifyNet([1, 2, 3], { top: 2 });
export const label: "a" | "b" | "c" = best.label;
export const same: NetLabel = netLabels[0];
export const score: number = best.score + best.index;
export const other: NetClass | undefined = second;
export const tuple: readonly ["a", "b", "c"] = netInfo.labels;
export const free: "a" | "b" | "c" = classifyFree(createFree({ dense: { kernel: new Float32Array(9), bias: new Float32Array(3) } }), [1, 2, 3])[0].label;
export const rows: number | undefined = classifyRows([1, 2, 3], { dims: { time: 1, lanes: 1 } })[0]?.[0].score;
// @ts-expect-error No label of the model.
export const wrong: NetLabel = "d";
// @ts-expect-error There is always a best one, and a second one may be missing.
second.label;
// @ts-expect-error The dims can't be told from the input.
classifyRows([1, 2, 3]);
// @ts-expect-error The model is an argument.
classifyFree([1, 2, 3]);
`;
  let checked: TypeChecked;
  beforeAll(async () => {
    const files = new Map<string, string>();
    for (const [name, source] of Object.entries(sources)) {
      files.set(`ts/${name}.ts`, (await compileCode(source)).text);
      const { text, declarations } = await compileText(source, { emit: "js" });
      // tsc reads the declarations; they stand for the script beside them.
      expect(text).not.toBe("");
      files.set(`js/${name}.d.ts`, declarations);
    }
    files.set("use-ts.ts", use("ts")).set("use-js.ts", use("js"));
    checked = await typeCheck(files);
  });
  afterAll(() => checked?.dispose());

  test("labels are a union, and the first of a ranking is there, also in declarations", () => {
    expect(checked.errors).toBe("");
  });
});

describe("what a page bundles", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "layerc-labels-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const trained = `model Digits {
  input [4]
  hidden: Dense(8, activation=relu, kernel_initializer=he_normal(seed=7), kernel_regularizer=l2(1e-4))
  Dropout(0.2, seed=3)
  Dense(3, activation=softmax, bias_constraint=max_norm(2))
  labels ["zero", "one", "two"]
}
model Other { input [3]  Softmax()  labels ["x", "y", "z"] }`;

  async function bundle(name: string, entry: string, target: "typescript" | "wasm"): Promise<string> {
    const { text } = await compileCode(trained, { emit: "js", target });
    writeFileSync(path.join(folder, "model.js"), text);
    const input = path.join(folder, `${name}-${target}.js`);
    writeFileSync(input, entry);
    const build = await rolldown({ input, logLevel: "silent" });
    const { output } = await build.generate({ minify: true });
    await build.close();
    return output[0].code;
  }

  const create = `import * as m from "./model.js"; const digits = m.createDigits(globalThis.weights);`;
  const training = /seed|regularizer|initializer|constraint|HeNormal|max_norm|MaxNorm|className|parameterCount/;

  describe.each(["typescript", "wasm"] as const)("%s", (target) => {
    test("forward and labels: no seed, no regularizer, and no ranking", async () => {
      const forward = await bundle("forward", `${create} console.log(digits.forward([1, 2, 3, 4]));`, target);
      expect(forward).not.toMatch(training);
      expect(forward).not.toMatch(/zero|isNaN\(\w+\.score/);
      const use = `${create} console.log(m.digitsLabels[digits.forward([1, 2, 3, 4]).length % 3]);`;
      const labelled = await bundle("labels", use, target);
      expect(labelled).not.toMatch(training);
      expect(labelled).toContain("zero");
      expect(labelled).not.toMatch(/\.score/);
      // The list of labels and what reads it: nothing of the 1.9 kB that the arguments of the layers have.
      expect(labelled.length - forward.length).toBeLessThan(60);
      const info = await bundle("info", `${use} console.log(m.digitsInfo.labels);`, target);
      expect(info).toMatch(training);
      expect(info.length - labelled.length).toBeGreaterThan(900);
    });

    test("classify: what it ranks, and nothing of training or of other models", async () => {
      const code = await bundle("classify", `${create} console.log(m.classifyDigits(digits, [1, 2, 3, 4]));`, target);
      expect(code).toContain("zero");
      expect(code).toMatch(/\.score/);
      expect(code).not.toMatch(training);
      expect(code).not.toMatch(/Other|`x`|"x"/);
    });

    test("the labels alone: nothing else of the module", async () => {
      const code = await bundle(
        "alone",
        `import { digitsLabels } from "./model.js"; console.log(digitsLabels);`,
        target,
      );
      expect(code.length).toBeLessThan(100);
    });
  });
});
