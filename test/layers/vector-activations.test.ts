import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { runModel, ways } from "../ops/run-model.ts";

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly (number | string)[];
}

interface VectorCase {
  readonly function: string;
  readonly args: Readonly<Record<string, number>>;
  readonly input: Numbers;
  readonly output: Numbers;
  readonly output_torch: Numbers;
  readonly output_float64: Numbers;
}

const path = new URL("../fixtures/keras/activations/vector.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(path, "utf8")) as { readonly cases: readonly VectorCase[] };

const close = (a: number, b: number): boolean =>
  Object.is(a, b) || a === b || Math.abs(a - b) <= 2e-6 * Math.max(1, Math.abs(b));

describe.each(cases)("Keras' $function $args on $input.shape", (keras) => {
  const args = Object.entries(keras.args).map(([name, value]) => `${name}=${value}`);
  const text = `model M { input [${keras.input.shape.slice(1)}] Activation(${keras.function}(${args.join(", ")})) }`;
  const references = [keras.output, keras.output_torch, keras.output_float64].map(({ data }) => data.map(Number));
  const input = Float32Array.from(keras.input.data, Number);
  const rows = keras.input.shape[0] as number;

  test.each(ways.filter(({ weights }) => weights === "inline"))("unroll $unroll", async (way) => {
    const found = (await runModel(text, way, [])).forwardBatch(input);
    const [width, outputWidth] = [input.length / rows, found.length / rows];
    for (let row = 0; row < rows; row++) {
      const given = input.subarray(row * width, (row + 1) * width);
      // Keras' backends agree on no value there.
      if (keras.function === "sparsemax" && !given.every(Number.isFinite)) continue;
      for (let at = row * outputWidth; at < (row + 1) * outputWidth; at++) {
        const expected = references.map((reference) => reference[at] as number);
        if (expected.some((value) => close(found[at] as number, value))) continue;
        expect.fail(
          `[${given.join(", ")}] gives ${found[at]} at ${at - row * outputWidth}, expected ${expected.join(" or ")}`,
        );
      }
    }
  });
});
