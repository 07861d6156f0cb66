import { describe, expect, test } from "vitest";
import { findActivation } from "../../src/activations/index.ts";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { compileCode } from "../targets/support/compile-text.ts";
import { modelOf, runModule } from "../targets/support/run-module.ts";
import { elementError, readJson, values, type FixtureArray } from "./keras-case.ts";

/** What Keras gave on two backends and in float64; a match with any of them will do. */
interface Recorded {
  readonly function: string;
  readonly args: Readonly<Record<string, number | boolean>>;
  readonly output: FixtureArray;
  readonly output_torch: FixtureArray;
  readonly output_float64: FixtureArray;
}

type ElementwiseFile = { readonly input: FixtureArray; readonly functions: Readonly<Record<string, Recorded>> };
type VectorFile = { readonly cases: readonly (Recorded & { readonly input: FixtureArray })[] };

const elementwise = readJson<ElementwiseFile>("activations/elementwise.json");
const vector = readJson<VectorFile>("activations/vector.json");

const unrolls = ["auto", "full", "none"] as const;

function call({ function: name, args }: Recorded): string {
  const list = Object.entries(args).map(([key, value]) => `${key}=${value}`);
  return list.length === 0 ? name : `${name}(${list.join(", ")})`;
}

/** The positions at which the output is none of the recorded ones, with the values for the message. */
function strays(input: Float64Array, output: Float32Array, recorded: Recorded): readonly unknown[] {
  const references = [recorded.output, recorded.output_torch, recorded.output_float64].map(values);
  return [...output].flatMap((value, at) => {
    // A float64 reference may lie beyond float32, or between two of its values near the limit.
    const expected = references.flatMap((reference) => [reference[at]!, Math.fround(reference[at]!)]);
    return expected.some((reference) => elementError(value, reference) <= 1) ? [] : [{ x: input[at], value, expected }];
  });
}

describe("elementwise activations on extreme values", () => {
  const known = Object.entries(elementwise.functions).filter(([, { function: name }]) => findActivation(name));
  const input = values(elementwise.input);

  test("those of the language are recorded", () => {
    expect(known.map(([name]) => name).join(" ")).toMatchInlineSnapshot(
      `"celu elu exponential gelu hard_shrink hard_sigmoid hard_silu hard_tanh leaky_relu linear log_sigmoid mish relu relu6 selu sigmoid silu soft_shrink softplus softsign sparse_plus sparse_sigmoid squareplus tanh tanh_shrink gelu_approximate elu_alpha_0_5 leaky_relu_0_1 celu_alpha_2 relu_slope_max_threshold relu_max_value relu_threshold hard_shrink_1 soft_shrink_0_25 squareplus_b_1 threshold_0_5"`,
    );
  });

  test.each(known)("%s", async (_, recorded) => {
    for (const unroll of unrolls) {
      const source = `model Net { input [${input.length}]  Activation(${call(recorded)}) }`;
      const net = modelOf(await runModule((await compileCode(source, { emit: "js", unroll })).text), "net");
      expect(strays(input, net.forward(input), recorded), unroll).toEqual([]);
    }
  });

  test.each(known)("%s as the activation of Dense", async (_, recorded) => {
    const one = (shape: readonly number[]) => ({ shape, data: Float32Array.of(1) });
    const files = { "one.safetensors": writeSafetensors([{ name: "dense.kernel", ...one([1, 1]) }]) };
    for (const unroll of unrolls) {
      const layer = `Dense(1, activation=${call(recorded)}, use_bias=false)`;
      const source = `model Net { weights "one.safetensors"  input [${input.length}, 1]  ${layer} }`;
      const net = modelOf(await runModule((await compileCode(source, { emit: "js", unroll, files })).text), "net");
      expect(strays(input, net.forward(input), recorded), unroll).toEqual([]);
    }
  });
});

describe("softmax", () => {
  const cases = vector.cases.filter((recorded) => recorded.function === "softmax");

  test("is recorded on three shapes", () => expect(cases.length).toBe(3));

  test.each(cases)("$input.shape $args", async (recorded) => {
    const input = values(recorded.input);
    // The recorded axis counts the batch axis; here every axis is of the sample.
    for (const unroll of unrolls) {
      const axis = recorded.args["axis"] ?? -1;
      const source = `model Net { input [${recorded.input.shape}]  Softmax(axis=${axis}) }`.replace(
        /axis=(\d)/,
        (_, position: string) => `axis=${Number(position) + 1}`,
      );
      const net = modelOf(await runModule((await compileCode(source, { emit: "js", unroll })).text), "net");
      expect(strays(input, net.forward(input), recorded), unroll).toEqual([]);
    }
  });
});
