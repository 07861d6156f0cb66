import { afterEach, describe, expect, test } from "vitest";
import { compileCode } from "../support/compile-text.ts";
import { createModel, runModule, type AnyModel, type AnyModule } from "../support/run-module.ts";
import { numbers } from "../random-stack.ts";

let loaded = 0;

/** A generated module of its own: nothing of it has run yet. */
async function load(text: string, target: "wasm" | "typescript"): Promise<AnyModule> {
  const compiled = await compileCode(text, { target, emit: "js" });
  return runModule(`${compiled.text}\n// ${loaded++}`);
}

async function both(text: string): Promise<readonly [wasm: AnyModule, typescript: AnyModule]> {
  return [await load(text, "wasm"), await load(text, "typescript")];
}

const backend = (module: AnyModule, name: string): unknown => (module[`${name}Info`] as { backend: unknown }).backend;

function array(length: number, seed = 1): Float32Array {
  return Float32Array.from({ length }, numbers(seed));
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(found.length).toBe(expected.length);
  Array.from(expected, (value, at) => {
    const error = Math.abs((found[at] as number) - value) / Math.max(1, Math.abs(value));
    if (!(error <= 2e-6)) expect.fail(`at ${at}: ${found[at]}, not ${value}`);
  });
}

/** What a call throws, or what it gives. */
function outcome(call: () => Float32Array): string {
  try {
    return `${call().length} values`;
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

describe("errors are those of the TypeScript target", () => {
  const bad = (value: unknown): never => value as never;
  const dense = { dense: { kernel: array(12), bias: array(3) } };

  test("for arrays of wrong lengths", async () => {
    const modules = await both("model Net { input [4] Dense(3) }");
    const calls: readonly ((model: AnyModel) => Float32Array)[] = [
      (model) => model.forward([1, 2, 3]),
      (model) => model.forward([]),
      (model) => model.forward(bad(undefined)),
      (model) => model.forward(array(4), new Float32Array(2)),
      (model) => model.forwardBatch(array(9)),
      (model) => model.forwardBatch(bad(undefined)),
      (model) => model.forwardBatch([]),
      (model) => model.forwardBatch(array(8), new Float32Array(7)),
      (model) => model.forwardBatch(array(8), new Float32Array(6)),
    ];
    const [wasm, typescript] = modules.map((module) => createModel(module, "Net", dense)) as [AnyModel, AnyModel];
    for (const call of calls) expect(outcome(() => call(wasm))).toBe(outcome(() => call(typescript)));
    expect(outcome(() => wasm.forward([1, 2, 3]))).toBe("RangeError: Net: input has 3 values, expected 4");
  });

  test("for weights of wrong lengths", async () => {
    const modules = await both("model Net { input [4] Dense(3) }");
    for (const weights of [
      { dense: { kernel: array(11), bias: array(3) } },
      { dense: { kernel: array(12) } },
      { dense: { kernel: array(12), bias: array(4) } },
    ]) {
      const [wasm, typescript] = modules.map((module) => outcome(() => createModel(module, "Net", weights) as never));
      expect(wasm).toMatch(/^RangeError/);
      expect(wasm).toBe(typescript);
    }
  });

  test.each(["[time, 2]", "[time, 2, width]"])("for run-time dims of %s", async (shape) => {
    const text = `dim time  dim width  model Net { input ${shape}  Activation(tanh) }`;
    const [wasm, typescript] = (await both(text)).map((module) => module["net"]) as [AnyModel, AnyModel];
    for (const length of [0, 3, 12]) {
      for (const dims of [
        undefined,
        {},
        { time: 3 },
        { time: 3, width: 2 },
        { time: -1, width: 2 },
        { time: 1.5, width: NaN },
      ]) {
        for (const method of ["forward", "forwardBatch"] as const) {
          const call = (model: AnyModel) => outcome(() => model[method](array(length), undefined, bad(dims)));
          expect(call(wasm)).toBe(call(typescript));
        }
      }
    }
  });

  test("for an index that is none, with its value", async () => {
    const text = `model Net { input [3]  "an embedding": Embedding(5, 2) Activation(tanh) }`;
    const weights = { "an embedding": { embeddings: array(10) } };
    const [wasm, typescript] = (await both(text)).map((module) => createModel(module, "Net", weights)) as [
      AnyModel,
      AnyModel,
    ];
    for (const index of [1.5, -1, 5, 1e9, 2 ** 31, 2 ** 32, -(2 ** 31), NaN, Infinity, -Infinity]) {
      expect(() => typescript.forward([0, index, 4])).toThrow(RangeError);
      for (const call of [
        (model: AnyModel) => model.forward([0, index, 4]),
        (model: AnyModel) => model.forwardBatch([0, 1, 4, 0, 0, index]),
      ]) {
        expect(outcome(() => call(wasm))).toBe(outcome(() => call(typescript)));
      }
      // A call that has failed leaves nothing behind.
      expectClose(wasm.forward([4, -0, 0]), typescript.forward([4, 0, 0]));
    }
    expect(outcome(() => wasm.forward([0, 7, 4]))).toBe(
      "RangeError: Net: the input of 'an embedding' holds 7, expected an index: a whole number from 0 to 4",
    );
  });

  test("for an index that only float64 tells from a whole number", async () => {
    const text = `model Net { input [2]  Embedding(5, 2) }`;
    const weights = { embedding: { embeddings: array(10) } };
    const [wasm, typescript] = (await both(text)).map((module) => createModel(module, "Net", weights)) as [
      AnyModel,
      AnyModel,
    ];
    for (const index of [1 + 1e-12, 1e300, 2 - 1e-10, 1e-300]) {
      expect(outcome(() => wasm.forward([0, index]))).toBe(outcome(() => typescript.forward([0, index])));
    }
  });

  test("for the index of an embedding behind another layer", async () => {
    const text = `model Net { input [2, 3]  Permute([2, 1])  Embedding(5, 2) }`;
    const weights = { embedding: { embeddings: array(10) } };
    const [wasm, typescript] = (await both(text)).map((module) => createModel(module, "Net", weights)) as [
      AnyModel,
      AnyModel,
    ];
    for (const inputs of [
      [0, 1, 2, 3, 4, 4],
      [0, 1, 2, 3, 9, 4],
      [0, 1, 2.5, 3, 9, 4],
    ]) {
      expect(outcome(() => wasm.forward(inputs))).toBe(outcome(() => typescript.forward(inputs)));
    }
  });
});

describe("run-time dims", () => {
  test("memory grows with a call and serves smaller ones after it", async () => {
    const text = `dim time  model Net { input [time, 7]  Dense(9, tanh) LayerNormalization() Softmax(axis=1) Dense(5) }`;
    const weights = {
      dense: { kernel: array(63, 2), bias: array(9, 3) },
      layer_normalization: { gamma: array(9, 4), beta: array(9, 5) },
      dense_1: { kernel: array(45, 6), bias: array(5, 7) },
    };
    const [wasm, typescript] = (await both(text)).map((module) => createModel(module, "Net", weights)) as [
      AnyModel,
      AnyModel,
    ];
    for (const time of [1, 1000, 3, 0, 5000, 6, 1, 20_000, 2]) {
      const input = array(time * 7, time + 1);
      expectClose(wasm.forward(input), typescript.forward(input));
      const dims = { time: Math.floor(time / 2) };
      const inputs = input.subarray(0, dims.time * 14);
      if (dims.time > 0) {
        expectClose(wasm.forwardBatch(inputs, undefined, dims), typescript.forwardBatch(inputs, undefined, dims));
      }
    }
  });

  test("weights stay where they are when memory grows", async () => {
    const [module] = await both(`dim time  model Net { input [time, 2]  Dense(3) }`);
    const model = createModel(module, "Net", { dense: { kernel: array(6), bias: array(3) } });
    const before = model.forward(array(2));
    for (const time of [10, 100_000]) model.forward(array(2 * time));
    expect(model.forward(array(2))).toEqual(before);
  });
});

describe("instances and models", () => {
  test("instances have memory of their own", async () => {
    const module = await load("model Net { input [4] Dense(3, relu) Dense(2) }", "wasm");
    const weightsOf = (seed: number) => ({
      dense: { kernel: array(12, seed), bias: array(3, seed + 1) },
      dense_1: { kernel: array(6, seed + 2), bias: array(2, seed + 3) },
    });
    const models = [1, 2, 3].map((seed) => createModel(module, "Net", weightsOf(seed)));
    const alone = [1, 2, 3].map((seed) => createModel(module, "Net", weightsOf(seed)).forward(array(4)));
    for (let round = 0; round < 3; round++) {
      models.forEach((model, at) => expect(model.forward(array(4))).toEqual(alone[at]));
    }
    expect(new Set(alone.map((one) => one.join())).size).toBe(3);
  });

  test("weights are copied", async () => {
    const module = await load("model Net { input [4] Dense(3) }", "wasm");
    const weights = { dense: { kernel: array(12), bias: array(3) } };
    const model = createModel(module, "Net", weights);
    const before = model.forward(array(4));
    weights.dense.kernel.fill(NaN);
    expect(model.forward(array(4))).toEqual(before);
  });

  test("a file may have several models, with weights and without", async () => {
    const [wasm, typescript] = await both(`
      dim time
      model One { input [4] Dense(3) }
      model Two { input [2, 3] Softmax() }
      model Three { input [time] Activation(tanh) }
      model Four { input [2, 3] Flatten() }
      model Five { input [3] One6: One6  Dense(2) }
      model One6 { input [3] Activation(relu) }`);
    const instance = (module: AnyModule): readonly AnyModel[] => [
      createModel(module, "One", { dense: { kernel: array(12), bias: array(3) } }),
      module["two"] as AnyModel,
      module["three"] as AnyModel,
      module["four"] as AnyModel,
      createModel(module, "Five", { dense: { kernel: array(6), bias: array(2) } }),
    ];
    const sizes = [4, 6, 5, 6, 3];
    instance(wasm).forEach((model, at) => {
      const input = array(sizes[at] as number, at + 1);
      expectClose(model.forward(input), (instance(typescript)[at] as AnyModel).forward(input));
    });
    expect(["one", "two", "three", "four", "five"].map((name) => backend(wasm, name))).toEqual(
      Array(5).fill(expect.stringMatching(/^wasm-/)),
    );
  });

  test("outputs are the caller's: other calls leave them alone", async () => {
    const module = await load("model Net { input [4] Softmax() }", "wasm");
    const model = module["net"] as AnyModel;
    const first = model.forward(array(4, 1));
    const kept = [...first];
    model.forward(array(4, 2));
    expect([...first]).toEqual(kept);
    const output = new Float32Array(4);
    expect(model.forward(array(4, 1), output)).toBe(output);
    expect([...output]).toEqual(kept);
  });

  test("inputs may be any arrays of numbers", async () => {
    const module = await load("model Net { input [33] Activation(relu) }", "wasm");
    const model = module["net"] as AnyModel;
    const whole = Array.from({ length: 33 }, (_, at) => at);
    for (const input of [whole, Int8Array.from(whole), Float64Array.from(whole), { ...whole, length: 33 }]) {
      expect([...model.forward(input)]).toEqual(whole);
    }
  });

  test("a part of a larger array is read and written in its place", async () => {
    const module = await load("model Net { input [3] Activation(relu) }", "wasm");
    const model = module["net"] as AnyModel;
    const memory = new Float32Array(12).fill(-5);
    memory.set([1, -2, 3], 3);
    model.forward(memory.subarray(3, 6), memory.subarray(8, 11));
    expect([...memory]).toEqual([-5, -5, -5, 1, -2, 3, -5, -5, 1, 0, 3, -5]);
  });
});

test("batches of any size agree with single samples", async () => {
  const [wasm, typescript] = await both(
    "model Net { input [9] Dense(21, gelu) LayerNormalization() Dense(6, softmax) }",
  );
  const weights = {
    dense: { kernel: array(189, 2), bias: array(21, 3) },
    layer_normalization: { gamma: array(21, 4), beta: array(21, 5) },
    dense_1: { kernel: array(126, 6), bias: array(6, 7) },
  };
  const model = createModel(wasm, "Net", weights);
  const reference = createModel(typescript, "Net", weights);
  for (const samples of [0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 15, 16, 17, 18, 31, 32, 33, 50]) {
    const inputs = array(samples * 9, samples + 1);
    const batch = model.forwardBatch(inputs);
    expectClose(batch, reference.forwardBatch(inputs));
    const singles = Array.from({ length: samples }, (_, at) => [...model.forward(inputs.subarray(at * 9, at * 9 + 9))]);
    expectClose(batch, singles.flat());
  }
});

describe("names", () => {
  const odd = [`"`, "\\", "${x}", "é ü", "層", "🙂", "a.b", "(module", ";;", "a  b", "-", "$run"];
  const inner = [
    "wasm",
    "memory",
    "data",
    "run",
    "one",
    "exp",
    "tanh",
    "gelu",
    "sum_across",
    "max_across",
    "copy",
    "samples",
    "failed",
    "missing",
  ];

  test.each([...odd, ...inner])("a layer may be named %j", async (name) => {
    const quoted = `"${name.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
    const text = `model Net { input [3] ${quoted}: Dense(2, softmax)  "${"b"}": Dense(2, gelu) }`;
    const weights = { [name]: { kernel: array(6), bias: array(2) }, b: { kernel: array(4, 2), bias: array(2, 3) } };
    const [wasm, typescript] = (await both(text)).map((module) => createModel(module, "Net", weights)) as [
      AnyModel,
      AnyModel,
    ];
    expectClose(wasm.forwardBatch(array(21)), typescript.forwardBatch(array(21)));
  });

  // `Wasm` has an instance `wasm`, which keeps a dim from that name; of `Netwasm` the dim has it for itself.
  const modelNames: readonly (readonly [what: string, of: (name: string) => string])[] = [
    ["models and dims", (name) => `${name[0]?.toUpperCase()}${name.slice(1)}`],
    ["dims", (name) => `Net${name}`],
  ];

  test.each(modelNames)("%s may have the names of the runner's variables", async (_what, modelName) => {
    const names = [
      "wasm",
      "memory",
      "data",
      "run",
      "failed",
      "missing",
      "xAddress",
      "yAddress",
      "aAddress",
      "bAddress",
      "samples",
      "x",
      "y",
      "i",
    ];
    const models = names.map(
      (name) => `model ${modelName(name)} { input [${name}, 2]  ${name}: Dense(2)  Softmax(axis=1)  Softmax() }`,
    );
    const text = `${names.map((name) => `dim ${name}`).join("  ")}\n${models.join("\n")}`;
    const [wasm, typescript] = await both(text);
    for (const name of names) {
      const weights = { [name]: { kernel: array(4), bias: array(2, 3) } };
      const input = array(10);
      const dims = { [name]: 5 };
      expectClose(
        createModel(wasm, modelName(name), weights).forward(input, undefined, dims),
        createModel(typescript, modelName(name), weights).forward(input, undefined, dims),
      );
    }
  });
});

describe("a runtime that can't", () => {
  const engine = globalThis as { WebAssembly?: unknown };
  const { WebAssembly: real } = engine as { WebAssembly: Readonly<Record<string, unknown>> };
  afterEach(() => {
    engine.WebAssembly = real;
  });
  const refuse = (): never => {
    throw new Error("refused by a policy");
  };
  // A class without `prototype` properties: its members are spelt out.
  const like = (changed: object): object => ({
    validate: real["validate"],
    Module: real["Module"],
    Instance: real["Instance"],
    Memory: real["Memory"],
    ...changed,
  });

  /** The module with relaxed SIMD is asked for first. */
  const isSecond = (): (() => boolean) => {
    let asked = 0;
    return () => ++asked > 1;
  };

  test.each<readonly [what: string, change: () => void, backend: string]>([
    ["has no WebAssembly", () => delete engine.WebAssembly, "typescript"],
    ["has it undefined", () => (engine.WebAssembly = undefined), "typescript"],
    ["has it null", () => (engine.WebAssembly = null), "typescript"],
    ["has no validate", () => (engine.WebAssembly = like({ validate: undefined })), "typescript"],
    ["refuses to validate", () => (engine.WebAssembly = like({ validate: refuse })), "typescript"],
    ["refuses to compile", () => (engine.WebAssembly = like({ Module: refuse })), "typescript"],
    ["lacks SIMD", () => (engine.WebAssembly = like({ validate: () => false, Module: refuse })), "typescript"],
    ["has no relaxed SIMD", () => (engine.WebAssembly = like({ validate: isSecond() })), "wasm-simd"],
  ])("%s", async (_what, change, expected) => {
    const text = "model Net { input [5] Dense(9, tanh) Dense(4, softmax) }";
    const weights = {
      dense: { kernel: array(45, 2), bias: array(9, 3) },
      dense_1: { kernel: array(36, 4), bias: array(4, 5) },
    };
    const [wasm, typescript] = await both(text);
    const reference = createModel(typescript, "Net", weights);
    change();
    expect(backend(wasm, "net")).toBe(expected);
    const model = createModel(wasm, "Net", weights);
    expectClose(model.forward(array(5)), reference.forward(array(5)));
    expectClose(model.forwardBatch(array(85)), reference.forwardBatch(array(85)));
    expect(() => model.forward([1])).toThrow(new RangeError("Net: input has 1 value, expected 5"));
  });

  test("gives no memory: the instance computes without", async () => {
    const [wasm, typescript] = await both("model Net { input [5] Softmax() }");
    engine.WebAssembly = like({ Instance: refuse });
    const model = wasm["net"] as AnyModel;
    expectClose(model.forward(array(5)), (typescript["net"] as AnyModel).forward(array(5)));
    expectClose(model.forwardBatch(array(25)), (typescript["net"] as AnyModel).forwardBatch(array(25)));
  });

  test("is asked at the first use, not when the module is loaded", async () => {
    delete engine.WebAssembly;
    const module = await load("model Net { input [5] Softmax() }", "wasm");
    engine.WebAssembly = real;
    expect(backend(module, "net")).toMatch(/^wasm-/);
  });
});
