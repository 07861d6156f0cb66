import { describe, expect, test } from "vitest";
import { check, compile as compileAndLayOut, type Diagnostic } from "../../src/index.ts";
import { backEndDiagnostics } from "../../src/passes/diagnostics.ts";
import { formatReports } from "../../src/cli/report/explain.ts";
import { targetHint } from "../../src/cli/report/target-hint.ts";
import { budget } from "../../src/passes/budget.ts";
import { engineBudgets } from "../../src/passes/engines.ts";
import { checkBackEndLimits } from "../../src/stages/check-limits.ts";
import { lowerModel } from "../../src/stages/lower-model.ts";
import { makeUnit } from "../../src/stages/make-unit.ts";
import { planModel } from "../../src/stages/plan-model.ts";
import { targets } from "../../src/targets/index.ts";
import { costs } from "../../src/targets/wasm/costs.ts";
import { wasmTarget } from "../../src/targets/wasm/target.ts";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { withoutLayout } from "../support/prettier.ts";
import { mapHost } from "../targets/support/compile-text.ts";

type Options = Parameters<typeof compileAndLayOut>[1];

const compile: typeof compileAndLayOut = (source, options) => withoutLayout(() => compileAndLayOut(source, options));

async function codes(text: string, options: Options = {}): Promise<readonly string[]> {
  const { diagnostics, files } = await compile(text, options);
  // An error writes nothing; a warning lets the output pass.
  expect(files.length > 0).toBe(!diagnostics.some(({ severity }) => severity === "error"));
  return diagnostics.map(({ severity, code }) => `${severity} ${code}`);
}

/** A model bound to zeros. */
function bound(inputs: number, units: number): readonly [string, Options] {
  const arrays = [
    { name: "dense.kernel", shape: [inputs, units], data: new Float32Array(inputs * units).fill(0.5) },
    { name: "dense.bias", shape: [units], data: new Float32Array(units) },
  ];
  const host = mapHost({ w: writeSafetensors(arrays) });
  return [`model Net { weights "w"  input [${inputs}]  Dense(${units}) }`, { host, unroll: "full" }];
}

describe("slower-target", () => {
  const tiny = "model Net { input [2]  Dense(2) }";

  test("WebAssembly for a few multiply-adds, where it was asked for", async () => {
    expect(await codes(tiny, { target: "wasm" })).toEqual(["warning slower-target"]);
    expect(await codes(tiny, { target: "auto" })).toEqual([]);
    expect(await codes(tiny)).toEqual([]);
    expect(await codes("model Net { input [64]  Dense(64) }", { target: "wasm" })).toEqual([]);
  });
});

describe("target-unavailable", () => {
  const table = (rows: number): string => `model Net { input [1]  words: Embedding(${rows}, 1)  Dense(100, tanh) }`;
  const most = 2 ** 24;
  const large =
    "model Net { input [67108864, 4]  Activation(tanh)  Softmax(axis=1)  Activation(tanh)  Softmax()  Activation(tanh)  Softmax(axis=1) }";

  test("a table of more rows than float32 tells apart: at the limit and one above", async () => {
    expect(await codes(table(most), { target: "wasm" })).toEqual([]);
    expect(await codes(table(most + 1), { target: "wasm" })).toEqual(["warning target-unavailable"]);
    expect(await codes(table(most + 1), { target: "auto" })).toEqual([]);
    expect(await codes(table(most + 1))).toEqual([]);
    const text = table(most + 1);
    const { diagnostics } = await compile(text, { target: "wasm" });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "'Net' is compiled to TypeScript only: WebAssembly can't tell the 16,777,217 rows of 'words' apart: float32 holds whole numbers up to 16,777,216",
    ]);
    expect(diagnostics.map(({ span }) => text.slice(span?.start, span?.end))).toEqual([
      `words: Embedding(${most + 1}, 1)`,
    ]);
  });

  test("an interpreter has no WebAssembly, and gets none", async () => {
    const text = "model Net { input [64]  Dense(64, tanh) }";
    const { diagnostics, files } = await compile(text, { target: "wasm", engine: "interpreter" });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "'Net' is compiled to TypeScript only: interpreters such as Hermes and QuickJS have no WebAssembly",
    ]);
    for (const target of ["auto", "typescript"] as const) {
      const plain = await compile(text, { target, engine: "interpreter" });
      expect(plain.diagnostics).toEqual([]);
      expect(plain.files[0]?.content).toBe(files[0]?.content);
      expect(targetHint(plain.reports)).toBe("");
    }
    expect(await codes(text, { target: "auto", engine: "jsc" })).toEqual([]);
  });

  test("more memory than WebAssembly has", async () => {
    const { diagnostics } = await compile(large, { target: "wasm" });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "'Net' is compiled to TypeScript only: WebAssembly can't hold its weights and values, which take more than 4 GB",
    ]);
    expect(await codes(large, { target: "auto" })).toEqual([]);
  });

  test("is found exactly where modules are not made", async () => {
    const fits = async (text: string): Promise<boolean> => {
      const { models } = await check(text);
      const lowered = lowerModel({ model: models[0]!, binding: { kind: "argument" } });
      const planned = await planModel(lowered, { target: "wasm" });
      const asked = { ...planned, ...wasmTarget.plan(lowered, { unroll: "auto" }), target: wasmTarget };
      const { backend } = await makeUnit(asked);
      expect(wasmTarget.unsupportedReason(lowered) === undefined).toBe(backend !== undefined);
      expect(planned.unsupported === undefined).toBe(backend !== undefined);
      return backend !== undefined;
    };
    // Four buffers, and one of 65,536 pages that stays free.
    const buffers = (rows: number): string =>
      `model Net { input [${rows}, 4]  Activation(relu)  Softmax(axis=1)  Softmax()  Softmax(axis=1) }`;
    expect(await fits(buffers(2 ** 26 - 1_026))).toBe(true);
    expect(await fits(buffers(2 ** 26 - 1_025))).toBe(false);
    // The same for two samples at once.
    const tiles = (rows: number): string => `model Net { input [${rows}, 4]  Dense(4)  Softmax(axis=1)  Dense(4) }`;
    expect(await fits(tiles(2 ** 25 - 1_000))).toBe(true);
    expect(await fits(tiles(2 ** 25))).toBe(false);
  });

  test.each([table(most + 1), large])("reports, hints and code agree: %s", async (text) => {
    for (const target of ["typescript", "wasm", "auto"] as const) {
      const { reports, files } = await compile(text, { target });
      expect(files[0]?.content).toContain('backend: "typescript"');
      expect(reports.map((report) => report.target)).toEqual([
        { target: "typescript", wasmGain: 0, wasmLeastGain: 0, reason: expect.stringMatching(/^WebAssembly can't /) },
      ]);
      expect(reports[0]?.wasmBytes).toBeUndefined();
      expect(formatReports(reports)).toMatch(/^Net: TypeScript; WebAssembly can't /);
      expect(targetHint(reports)).toBe("");
    }
    // As TypeScript alone is planned, not as what stands in for WebAssembly.
    const [asked, plain] = await Promise.all(
      (["wasm", "typescript"] as const).map(async (target) => (await compile(text, { target })).files[0]?.content),
    );
    expect(asked).toBe(plain);
  });

  test("a model that can is hinted at", async () => {
    const { reports } = await compile("model Net { input [64]  Dense(64, tanh) }");
    expect(targetHint(reports)).toMatch(
      /^--target wasm would make Net about \d+ times as fast \([\d.]+ without relaxed SIMD, as in Node 20\)\n$/,
    );
  });
});

describe("trainer-missing", () => {
  test.each([
    ["input [4]  Dense(3, softmax)", "sparse_categorical_crossentropy"],
    ["input [4]  Dense(1, sigmoid)", "binary_crossentropy"],
    ["input [4]  Dense(3, sigmoid)  Dropout(0.5)", "binary_crossentropy"],
    ["input [4]  Dense(2)", "mean_squared_error"],
    ["input [4]  Dense(3, softmax)  BatchNormalization()", "mean_squared_error"],
    ["input [4]  Dense(2)  Softmax()", "sparse_categorical_crossentropy"],
  ])("'%s' is told a clause with %s at the model's name, and needs no more than that", async (body, loss) => {
    const text = `model Net { ${body} }`;
    expect(await codes(text)).toEqual([]);
    const { diagnostics } = await compile(text, { training: true });
    const [missing] = diagnostics;
    expect(diagnostics.map(({ severity, code }) => `${severity} ${code}`)).toEqual(["warning trainer-missing"]);
    expect(text.slice(missing?.span?.start, missing?.span?.end)).toBe("Net");
    const [, clause = ""] = /(compile\(.*\))$/.exec(missing?.help ?? "") ?? [];
    expect(clause).toContain(`loss=${loss}`);
    expect(await codes(`model Net { ${body}  ${clause} }`, { training: true })).toEqual([]);
  });

  test("a model that is only a part of one with a clause needs none", async () => {
    const text = `model Part { input [4]  Dense(2) }
      model Net { input [4]  Part  Dense(1)  compile(optimizer=sgd, loss=mse) }
      model Other { input [4]  Part }`;
    const { diagnostics, files } = await compile(text, { training: true });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "'Other' has no compile clause, so the module has no trainer of it",
    ]);
    expect(files[0]?.content.toString().match(/create\w*Trainer/g)).toEqual(["createNetTrainer"]);
  });
});

test("nothing-learned: weights before an Embedding, unless they are frozen", async () => {
  const model = (dense: string): string =>
    `model Net { input [4]  ${dense}  Activation(hard_sigmoid)  Embedding(2, 3)  Flatten()  Dense(1)  compile(loss=mse) }`;
  const { diagnostics } = await compile(model("first: Dense(4)"), { training: true });
  expect(diagnostics.map(({ code, message }) => `${code}: ${message.split(":")[0] ?? ""}`)).toEqual([
    "nothing-learned: training leaves the weights of 'first' as they are",
  ]);
  expect(await codes(model("first: Dense(4, trainable=false)"), { training: true })).toEqual([]);
  expect(await codes(model("first: Dense(4)"))).toEqual([]);
});

describe("trainer-export-taken", () => {
  const body = "{ input [4]  Dense(2)  compile(optimizer=sgd, loss=mse) }";

  test.each([
    [`model Net ${body}  model NetTrainer ${body}`, "NetTrainer", "NetTrainer", "the trainer of 'Net'"],
    [`model netTrainer ${body}  model Net ${body}`, "NetTrainer", "netTrainer", "the trainer of 'Net'"],
    [`model TrainerState ${body}`, "TrainerState", "TrainerState", "every module with trainers"],
  ])("%s", async (text, name, model, owner) => {
    expect(await codes(text)).toEqual([]);
    const { diagnostics, files } = await compile(text, { training: true });
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ["trainer-export-taken", `'${model}' exports '${name}', and so does ${owner}`],
    ]);
    const [{ span, related = [] } = {}] = diagnostics;
    expect(text.slice(span?.start, span?.end)).toBe(model);
    expect(related.map((place) => text.slice(place.span.start, place.span.end))).toEqual(
      owner.startsWith("every") ? [] : ["Net"],
    );
    expect(files).toEqual([]);
  });

  test("names that only look like those of a trainer", async () => {
    expect(await codes(`model Net ${body}  model Trainer ${body}  model NetTrain ${body}`, { training: true })).toEqual(
      [],
    );
    expect(await codes("model NetTrainer { input [4]  Dense(2) }", { training: true })).toEqual([
      "warning trainer-missing",
    ]);
  });
});

describe("unroll-ignored", () => {
  const text = "model Net { input [64]  Dense(64, tanh) }";

  test("full and none, where WebAssembly was asked for and is what comes out", async () => {
    for (const unroll of ["full", "none"] as const) {
      expect(await codes(text, { target: "wasm", unroll })).toEqual(["warning unroll-ignored"]);
      expect((await compile(text, { target: "typescript", unroll })).diagnostics.map(({ code }) => code)).not.toContain(
        "unroll-ignored",
      );
    }
    expect(await codes(text, { target: "wasm", unroll: "auto" })).toEqual([]);
    const table = `model Net { input [1]  Embedding(${2 ** 24 + 1}, 1) }`;
    expect(await codes(table, { target: "wasm", unroll: "none" })).toEqual(["warning target-unavailable"]);
  });

  test("once a file, at its first model on WebAssembly", async () => {
    const { diagnostics } = await compile(`${text}  model Other { input [64]  Dense(64, tanh) }`, {
      target: "wasm",
      unroll: "full",
    });
    expect(diagnostics.map(({ message }) => message)).toEqual([
      "`--unroll full` changes nothing for 'Net', which is compiled to WebAssembly",
    ]);
  });

  test("what WebAssembly gains is measured against TypeScript at its best", async () => {
    const [auto, ...others] = await Promise.all(
      (["auto", "none", "full"] as const).map(async (unroll) => (await compile(text, { unroll })).reports[0]?.target),
    );
    for (const other of others) expect(other).toEqual(auto);
  });
});

test("bfloat16 weights that fit into the caches are expected to be as fast as if float32 did", async () => {
  const { models } = await check("model Net { input [800]  Dense(800, tanh) }");
  const loaded = await Promise.all(targets.map((target) => target.load()));
  const [float32, bfloat16] = (["float32", "bfloat16"] as const).map((precision) => {
    const lowered = lowerModel({ model: models[0]!, binding: { kind: "argument" } }, { precision });
    const [typescript, wasm] = loaded.map(({ estimate }) => estimate?.(lowered).best ?? Number.NaN);
    return { typescript, wasm };
  });
  expect(4 * 800 * 800).toBeGreaterThan(costs.cachedBytes);
  expect(2 * 800 * 800).toBeLessThan(costs.cachedBytes);
  expect(bfloat16?.wasm).toBeLessThan((float32?.wasm ?? 0) * 0.6);
  expect(bfloat16?.typescript).toBe(float32?.typescript);
});

describe("unroll-beyond-optimizer", () => {
  const warning = ["warning unroll-beyond-optimizer"];

  test.each(["any", "v8", "jsc", "spidermonkey"] as const)(
    "for %s, of weights from arrays and of literals, from the limit on",
    async (engine) => {
      const { cliff } = engineBudgets[engine];
      const model = (units: number): string => `model Net { input [32]  Dense(${units}) }`;
      const units = (cliff?.arrays ?? Number.NaN) / 32;
      expect(await codes(model(units), { unroll: "full", engine })).toEqual([]);
      expect(await codes(model(units + 1), { unroll: "full", engine })).toEqual(warning);
      expect(await codes(model(units + 1), { engine })).toEqual([]);
      expect(await codes(model(units + 1), { unroll: "none", engine })).toEqual([]);

      const literals = (cliff?.literals ?? Number.NaN) / 32;
      const [fitting, options] = bound(32, literals);
      expect(await codes(fitting, { ...options, engine })).toEqual([]);
      const [larger, largerOptions] = bound(32, literals + 1);
      const { diagnostics } = await compile(larger, { ...largerOptions, engine });
      expect(diagnostics.map(({ message }) => message)).toEqual([
        expect.stringContaining(`and ${cliff?.engine} stops optimising near`),
      ]);
    },
  );

  test("not for an interpreter, where straight-line code is faster at every size", async () => {
    const [text, options] = bound(100, 100);
    expect(await codes(text, options)).toEqual(warning);
    expect(await codes(text, { ...options, engine: "interpreter" })).toEqual([]);
  });

  test("counts the rows that are spelt out, but not those of a run-time dim", async () => {
    expect(await codes(`model Net { input [10, 20]  Dense(8) }`, { unroll: "full" })).toEqual(warning);
    expect(await codes(`dim time  model Net { input [time, 20]  Dense(8) }`, { unroll: "full" })).toEqual([]);
  });

  test("points at each layer that is too large, and names it", async () => {
    const text = `model Inner { input [40]  Dense(3)  wide: Dense(400) }  model Net { input [40]  Inner  Dense(2)  Dense(900) }`;
    const { diagnostics } = await compile(text, { unroll: "full" });
    expect(diagnostics.map(({ message }) => /'[^']*'/.exec(message)?.[0])).toEqual([
      "'wide'",
      "'inner/wide'",
      "'dense_1'",
    ]);
    expect(diagnostics.map(({ span }) => text.slice(span?.start, span?.end))).toEqual([
      "wide: Dense(400)",
      "wide: Dense(400)",
      "Dense(900)",
    ]);
  });
});

describe("code-too-large", () => {
  const error = ["error code-too-large"];

  test("one layer above the limit, which no other unrolling has", async () => {
    const text = `model Net { input [${budget.longestCode + 1}]  Dense(1) }`;
    expect(await codes(text, { unroll: "full" })).toEqual(error);
    expect(await codes(text)).toEqual([]);
    expect(await codes(text, { unroll: "none" })).toEqual([]);
  });

  test("the layers of a model together, and rows too", async () => {
    expect(await codes(`model Net { input [500]  Dense(600)  Dense(500) }`, { unroll: "full" })).toEqual(error);
    expect(await codes(`model Net { input [5001, 10]  Dense(10) }`, { unroll: "full" })).toEqual(error);
  });

  test("what an interpreter gets, of all models of a file", async () => {
    const models = (count: number): string =>
      Array.from({ length: count }, (_, at) => `model Net${at} { input [64]  Dense(64) }`).join("  ");
    const fitting = Math.floor(budget.longestCode / 64 ** 2) - 10;
    const { diagnostics } = await compile(models(fitting + 20), { engine: "interpreter" });
    expect(diagnostics.map(({ code, help }) => [code, help])).toEqual([
      ["code-too-large", "put the model into a file of its own, or leave out `--engine interpreter`"],
    ]);
    expect(await codes(models(fitting + 20), { engine: "interpreter", unroll: "none" })).toEqual([]);
  });
});

test("module-too-long: the layers of all models of a file", async () => {
  const half = `repeat ${budget.moduleLayers / 2} { Dense(2) }`;
  const text = `model A { input [2] ${half} } model B { input [2] ${half} Dense(2) } model C { input [2] Dense(2) }`;
  expect(await codes(text)).toEqual(["error module-too-long"]);
});

describe("inline-weights-too-large", () => {
  const units = 2 ** 16;
  const inputs = budget.inlineParameters / units;

  /** The stage alone: it only counts, and files of this size would take a gigabyte of memory. */
  async function found(rows: number, kind: "inline" | "file"): Promise<readonly Diagnostic[]> {
    const { models } = await check(`model Net { input [${rows}]  Dense(${units}, use_bias=false) }`);
    const binding = kind === "inline" ? ({ kind, arrays: new Map() } as const) : ({ kind, fileName: "net" } as const);
    return checkBackEndLimits([await planModel(lowerModel({ model: models[0]!, binding }))]);
  }

  test("at the limit and one row above; a file beside the module may be larger", async () => {
    expect(await found(inputs, "inline")).toEqual([]);
    expect((await found(inputs + 1, "inline")).map(({ code, severity, message }) => [code, severity, message])).toEqual(
      [["inline-weights-too-large", "error", "'Net' has 67,174,400 parameters, and a module holds at most 67,108,864"]],
    );
    expect(await found(inputs + 1, "file")).toEqual([]);
  });
});

test("every limit of the back end has a test here", () => {
  expect(backEndDiagnostics.map(({ code }) => code)).toEqual([
    "unroll-beyond-optimizer",
    "code-too-large",
    "module-too-long",
    "inline-weights-too-large",
    "slower-target",
    "target-unavailable",
    "unroll-ignored",
    "trainer-missing",
    "nothing-learned",
    "trainer-export-taken",
  ]);
});
