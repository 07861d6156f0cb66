import { expect, test } from "vitest";
import { distinctSamples, sampleInputs, type ModelCase } from "./case.ts";
import type { Instance } from "./instance.ts";
import { probe } from "./probe.ts";

/** A model that adds two numbers, and doubles the sum. */
const size = { dims: {}, inputLength: 2, outputLength: 2, inputScale: 1, batches: [0, 1, 7, 64] };
const inputs = sampleInputs({ ...size });
const doubled = (x: number, y: number): readonly number[] => [x + y, 2 * (x + y)];
const sum: ModelCase = {
  name: "Sum",
  exportName: "sum",
  sizes: [
    {
      ...size,
      expected: Array.from({ length: distinctSamples }, (_, sample) =>
        doubled(inputs[2 * sample] as number, inputs[2 * sample + 1] as number),
      ),
    },
  ],
};

function check(input: ArrayLike<number>, output: Float32Array): void {
  if (input.length !== output.length || input.length % 2 !== 0) throw new RangeError("a wrong size");
}

const right: Instance = {
  forward(input, output = new Float32Array(2)) {
    if (input.length !== 2) throw new RangeError("not one sample");
    return this.forwardBatch(input, output);
  },
  forwardBatch(samples, output = new Float32Array(samples.length)) {
    check(samples, output);
    for (let at = 0; at < samples.length; at += 2) {
      output.set(doubled(samples[at] as number, samples[at + 1] as number), at);
    }
    return output;
  },
};

const failuresOf = (instance: Instance): readonly string[] => {
  const subject = { variant: "none", example: "sum", module: { sum: instance }, models: [sum], sidecars: {} };
  return probe([subject]).models[0]?.failures ?? [];
};

/** `right` with something changed after each call. */
function changed(change: { readonly [name in keyof Instance]?: (result: Float32Array) => Float32Array }): Instance {
  const same = (result: Float32Array): Float32Array => result;
  return {
    forward: (...call) => (change.forward ?? same)(right.forward(...call)),
    forwardBatch: (...call) => (change.forwardBatch ?? same)(right.forwardBatch(...call)),
  };
}

test("the script that tries modules finds no fault with a right one", () => {
  expect(failuresOf(right)).toEqual([]);
});

let batches = 0;
test.each<readonly [string, Instance, RegExp]>([
  [
    "a value that is a little wrong",
    changed({ forward: (result) => result.fill(result[0]! + 3e-6, 0, 1) }),
    /^sample 0: value 0 is .*, expected /,
  ],
  [
    "NaN in the last row",
    changed({ forwardBatch: (result) => (result.length === 128 ? result.fill(NaN, 127) : result) }),
    /^64 samples: value 127 is NaN, expected /,
  ],
  [
    "rows in a wrong order",
    changed({ forwardBatch: (result) => (result.length === 14 ? result.copyWithin(0, 2, 4) : result) }),
    /^7 samples: value 0 is .*, expected /,
  ],
  [
    "too few values",
    changed({ forward: (result) => result.subarray(1) }),
    /^RangeError: sample 0: 1 values, expected 2/,
  ],
  [
    "an output that is not used",
    changed({ forward: (result) => result.slice() }),
    /^part of an output: returns not the output/,
  ],
  [
    "a write beside the output",
    changed({
      forward: (result) => {
        if (result.byteOffset > 0) new Float32Array(result.buffer)[0] = 1;
        return result;
      },
    }),
    /^writes beside its output/,
  ],
  [
    "something left over from a batch",
    changed({
      forward: (result) => (batches > 0 ? result.fill(result[0]! * (1 + 1e-7), 0, 1) : result),
      forwardBatch: (result) => {
        batches += 1;
        return result;
      },
    }),
    /^a sample gives something else after the batches/,
  ],
  [
    "an exception",
    {
      ...right,
      forward: () => {
        throw new TypeError("no");
      },
    },
    /^TypeError: no/,
  ],
])("it notices %s", (_, instance, said) => {
  expect(failuresOf(instance)[0]).toMatch(said);
});
