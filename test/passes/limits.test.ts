import { describe, expect, test } from "vitest";
import { check, compile, type Diagnostic } from "../../src/index.ts";
import { backEndDiagnostics } from "../../src/passes/diagnostics.ts";
import { budget } from "../../src/passes/budget.ts";
import { checkBackEndLimits } from "../../src/stages/limits.ts";
import { planModel } from "../../src/stages/model-unit.ts";
import { writeSafetensors } from "../../src/weights/write-safetensors.ts";
import { mapHost } from "../targets/support/compile-text.ts";

type Options = Parameters<typeof compile>[1];

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

describe("unroll-beyond-optimizer", () => {
  const warning = ["warning unroll-beyond-optimizer"];

  test("weights from arrays, at the limit and one above", async () => {
    const model = (units: number): string =>
      `model Net { input [${budget.v8ArrayMultiplyAdds / 50}]  Dense(${units}) }`;
    expect(await codes(model(50), { unroll: "full" })).toEqual([]);
    expect(await codes(model(51), { unroll: "full" })).toEqual(warning);
    expect(await codes(model(51))).toEqual([]);
    expect(await codes(model(51), { unroll: "none" })).toEqual([]);
  });

  test("literals, at the limit and one unit above", async () => {
    const inputs = budget.v8LiteralMultiplyAdds / 50;
    expect(await codes(...bound(inputs, 50))).toEqual([]);
    expect(await codes(...bound(inputs, 51))).toEqual(warning);
  });

  test("counts the rows that are spelt out, but not those of a run-time dim", async () => {
    expect(await codes(`model Net { input [10, 20]  Dense(8) }`, { unroll: "full" })).toEqual(warning);
    expect(await codes(`dim time  model Net { input [time, 20]  Dense(8) }`, { unroll: "full" })).toEqual([]);
  });

  test("points at each layer that is too large, and names it", async () => {
    const text = `model Inner { input [40]  Dense(3)  wide: Dense(600) }  model Net { input [40]  Inner  Dense(2)  Dense(900) }`;
    const { diagnostics } = await compile(text, { unroll: "full" });
    expect(diagnostics.map(({ message }) => /'[^']*'/.exec(message)?.[0])).toEqual([
      "'wide'",
      "'inner/wide'",
      "'dense_1'",
    ]);
    expect(diagnostics.map(({ span }) => text.slice(span?.start, span?.end))).toEqual([
      "wide: Dense(600)",
      "wide: Dense(600)",
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
});

describe("inline-weights-too-large", () => {
  const units = 2 ** 16;
  const inputs = budget.inlineParameters / units;

  /** The stage alone: it only counts, and files of this size would take a gigabyte of memory. */
  async function found(rows: number, kind: "inline" | "file"): Promise<readonly Diagnostic[]> {
    const { models } = await check(`model Net { input [${rows}]  Dense(${units}, use_bias=false) }`);
    const binding = kind === "inline" ? ({ kind, arrays: new Map() } as const) : ({ kind, fileName: "net" } as const);
    return checkBackEndLimits(planModel(models[0]!, binding, "auto"));
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
    "inline-weights-too-large",
    "slower-target",
  ]);
});
