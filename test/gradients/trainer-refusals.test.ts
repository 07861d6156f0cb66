import { describe, expect, test } from "vitest";
import { trainerMaker, type Target, type Trainer, type TrainerOptions } from "./make-trainer.ts";
import { batchFor, modelKinds, type ModelKind } from "./model-kinds.ts";

const targets = ["typescript", "wasm"] as const satisfies readonly Target[];

type Arguments = Parameters<Trainer["step"]>;

/** A call that is wrong in one way, made of one that is right, and its error. */
interface Wrong {
  readonly title: string;
  readonly change: (given: Arguments) => readonly unknown[];
  readonly error: "RangeError" | "TypeError";
  readonly message: string;
}

const samples = 300;

/** An array with another number somewhere. */
const withNumber = (values: ArrayLike<number>, at: number, value: number): number[] => {
  const copy = Array.from(values);
  copy[at] = value;
  return copy;
};

/** Numbers as a list of rows. */
const rowsOf = (values: ArrayLike<number>, size: number): number[][] =>
  Array.from({ length: values.length / size }, (_, at) => Array.from(values).slice(at * size, (at + 1) * size));

/** What is no number, and what messages call it. */
const others: readonly (readonly [value: unknown, shown: string])[] = [
  [null, "null"],
  [undefined, "undefined"],
  ["1", "'1'"],
  [true, "true"],
  [{}, "Object"],
  [[1], "Array"],
  [1n, "1n"],
  [Symbol.iterator, "Symbol(Symbol.iterator)"],
];

/** What is wrong with a batch of every model. Places beyond the first 256 samples are told as they are, too. */
function wrongBatches({ input, target, classes, text, rows, dims }: ModelKind): readonly Wrong[] {
  const range = (title: string, change: Wrong["change"], message: string): Wrong => ({
    title,
    change,
    message,
    error: "RangeError",
  });
  const isLabels = text.includes("sparse_");
  const size = input * samples;
  const [far, last] = [290 * target, samples * target - 1];
  const expected = isLabels ? `a class: a whole number from 0 to ${(classes ?? 0) - 1}` : "a finite number";
  const noInputs = `M: inputs has no values, expected a multiple of ${input}`;
  const finite = "expected a finite number";
  const flat = "expected a number: rows lie one after the other";
  return [
    range(
      "no arguments",
      () => [],
      dims === undefined ? noInputs : "M: dims.time is undefined, expected a whole number",
    ),
    range("inputs null", ([, ...more]) => [null, ...more], `M: inputs has no values, expected a multiple of ${input}`),
    range(
      "a value too few",
      ([inputs, ...more]) => [Array.from(inputs).slice(1), ...more],
      `M: inputs has ${size - 1} values, expected a multiple of ${input}`,
    ),
    range(
      "no samples",
      ([, , , dims]) => [[], [], undefined, dims],
      "M: inputs has no values, expected at least one sample",
    ),
    range(
      "no targets",
      ([inputs, , , dims]) => [inputs, undefined, undefined, dims],
      `M: targets has no values, expected ${samples * target}`,
    ),
    range(
      "a target too many",
      ([inputs, wanted, ...more]) => [inputs, [...Array.from(wanted), 0], ...more],
      `M: targets has ${samples * target + 1} values, expected ${samples * target}`,
    ),
    range(
      "weights of other samples",
      ([inputs, wanted, , dims]) => [inputs, wanted, [1], dims],
      `M: sampleWeights has 1 value, expected ${samples}`,
    ),
    range(
      "weights null",
      ([inputs, wanted, , dims]) => [inputs, wanted, null, dims],
      `M: sampleWeights has no values, expected ${samples}`,
    ),
    ...[NaN, Infinity, -Infinity].map((value) =>
      range(
        `${value} in the inputs`,
        ([inputs, ...more]) => [Float64Array.from(withNumber(inputs, 290 * input, value)), ...more],
        `M: inputs[${290 * input}] is ${value}, ${finite}`,
      ),
    ),
    ...others.map(([value, shown]) =>
      range(
        `${shown} in the inputs`,
        ([inputs, ...more]) => [withNumber(inputs, 3, value as number), ...more],
        `M: inputs[3] is ${shown}, ${finite}`,
      ),
    ),
    range("rows of inputs", ([inputs, ...more]) => [rowsOf(inputs, input), ...more], `M: inputs[0] is Array, ${flat}`),
    range(
      "rows of targets",
      ([inputs, wanted, ...more]) => [inputs, rowsOf(wanted, target), ...more],
      `M: targets[0] is Array, ${flat}`,
    ),
    range(
      "rows of weights of samples",
      ([inputs, wanted, weights, dims]) => [inputs, wanted, [weights], dims],
      `M: sampleWeights[0] is Float64Array, ${flat}`,
    ),
    range(
      "inputs of another kind of number",
      ([inputs, ...more]) => [new BigInt64Array(inputs.length), ...more],
      `M: inputs[0] is 0n, ${finite}`,
    ),
    range(
      "targets of another kind of number",
      ([inputs, wanted, ...more]) => [inputs, new BigInt64Array(wanted.length), ...more],
      `M: targets[0] is 0n, expected ${expected}`,
    ),
    range(
      "NaN in the targets",
      ([inputs, wanted, ...more]) => [inputs, withNumber(wanted, far, NaN), ...more],
      `M: targets[${far}] is NaN, expected ${expected}`,
    ),
    range(
      "Infinity in the targets",
      ([inputs, wanted, ...more]) => [inputs, withNumber(wanted, last, Infinity), ...more],
      `M: targets[${last}] is Infinity, expected ${expected}`,
    ),
    ...(isLabels ? [-1, 0.5, classes ?? 0] : []).map((label) =>
      range(
        `the label ${label}`,
        ([inputs, wanted, ...more]) => [inputs, withNumber(wanted, far, label), ...more],
        `M: targets[${far}] is ${label}, expected ${expected}`,
      ),
    ),
    ...[NaN, -Infinity].map((value) =>
      range(
        `${value} in the weights of samples`,
        ([inputs, wanted, , dims]) => [inputs, wanted, withNumber(new Float64Array(samples).fill(1), 280, value), dims],
        `M: sampleWeights[280] is ${value}, ${finite}`,
      ),
    ),
    ...(rows === undefined ? [] : [-1, 1.5, rows]).map((index) =>
      range(
        `the index ${index}`,
        ([inputs, ...more]) => [withNumber(inputs, 290 * input, index), ...more],
        `M: the input of 'embedding' holds ${index}, expected an index: a whole number from 0 to ${(rows ?? 0) - 1}`,
      ),
    ),
    ...(dims === undefined ? [] : [undefined, {}, { time: 2.5 }, { time: -1 }]).map((wrong) =>
      range(
        `dims ${JSON.stringify(wrong)}`,
        ([inputs, wanted, weights]) => [inputs, wanted, weights, wrong],
        `M: dims.time is ${String(wrong?.["time"])}, expected a whole number`,
      ),
    ),
  ];
}

describe.each(Object.keys(modelKinds).flatMap((name) => targets.map((target) => [name, target] as const)))(
  "a batch of %s that is wrong, %s:",
  (name, target) => {
    const kind = modelKinds[name] as ModelKind;

    test.each(wrongBatches(kind))("$title", async ({ change, error, message }) => {
      const trainer = (await cached(kind.text, target))({ seed: 1, learningRate: 0.01 });
      const small = batchFor(kind, 5);
      trainer.step(small.inputs, small.targets, undefined, kind.dims);
      const { inputs, targets: wanted } = batchFor(kind, samples);
      const weights = new Float64Array(samples).fill(0.5);
      const before = trainer.state();
      const results = trainer.results();
      const given = change([inputs, wanted, weights, kind.dims]);
      for (const method of ["step", "observe", "evaluate"] as const) {
        const call = trainer[method] as (...given: readonly unknown[]) => unknown;
        expect(
          thrownBy(() => call(...given)),
          method,
        ).toEqual([error, message]);
        expect(trainer.state(), method).toEqual(before);
        expect(trainer.results(), method).toEqual(results);
      }
      // It goes on as if nothing had been asked.
      const other = (await cached(kind.text, target))({ seed: 1, learningRate: 0.01 });
      other.restore(before);
      expect(trainer.step(inputs, wanted, weights, kind.dims)).toBe(other.step(inputs, wanted, weights, kind.dims));
      expect(trainer.state()).toEqual(other.state());
    });
  },
);

describe.each(targets)("%s:", (target) => {
  const { text } = modelKinds["labels"] as ModelKind;

  test.each<readonly [unknown, "RangeError" | "TypeError", string]>([
    [null, "TypeError", "M: options is null, expected an object"],
    [5, "TypeError", "M: options is 5, expected an object"],
    ["x", "TypeError", "M: options is 'x', expected an object"],
    [{ seed: 1, lr: 0.1 }, "TypeError", "M: options has 'lr', expected weights, seed, learningRate, classWeights"],
    // Weights in place of options.
    [{ dense: {} }, "TypeError", "M: options has 'dense', expected weights, seed, learningRate, classWeights"],
    [[0.1], "TypeError", "M: options has '0', expected weights, seed, learningRate, classWeights"],
    [{ seed: NaN }, "RangeError", "M: options.seed is NaN, expected a whole number"],
    [{ seed: 1.5 }, "RangeError", "M: options.seed is 1.5, expected a whole number"],
    [{ seed: "7" }, "RangeError", "M: options.seed is '7', expected a whole number"],
    [{ seed: 7n }, "RangeError", "M: options.seed is 7n, expected a whole number"],
    [{ seed: null }, "RangeError", "M: options.seed is null, expected a whole number"],
    [{ learningRate: NaN }, "RangeError", "M: options.learningRate is NaN, expected a finite number from 0 on"],
    [
      { learningRate: Infinity },
      "RangeError",
      "M: options.learningRate is Infinity, expected a finite number from 0 on",
    ],
    [{ learningRate: "0.1" }, "RangeError", "M: options.learningRate is '0.1', expected a finite number from 0 on"],
    [{ learningRate: -1 }, "RangeError", "M: options.learningRate is -1, expected a finite number from 0 on"],
    [
      { classWeights: { 3: 1 } },
      "RangeError",
      "M: options.classWeights has '3', expected classes: whole numbers from 0 to 2",
    ],
    [
      { classWeights: { yes: 1 } },
      "RangeError",
      "M: options.classWeights has 'yes', expected classes: whole numbers from 0 to 2",
    ],
    [{ classWeights: { 1: NaN } }, "RangeError", "M: options.classWeights[1] is NaN, expected a finite number"],
    [{ classWeights: [1, 2, null] }, "RangeError", "M: options.classWeights[2] is null, expected a finite number"],
    [{ classWeights: 2 }, "TypeError", "M: options.classWeights is 2, expected an object"],
    [{ classWeights: null }, "TypeError", "M: options.classWeights is null, expected an object"],
    [{ weights: null }, "RangeError", "M: options.weights.dense.kernel has no values, expected 24"],
    [{ weights: { dense: {} } }, "RangeError", "M: options.weights.dense.kernel has no values, expected 24"],
    [{ weights: { dense: { kernel: [1] } } }, "RangeError", "M: options.weights.dense.kernel has 1 value, expected 24"],
    [
      { weights: { dense: { kernel: [[1, 2, 3, 4, 5, 6]] } } },
      "RangeError",
      "M: options.weights.dense.kernel[0] is Array, expected a number: rows lie one after the other",
    ],
    [
      { weights: { dense: { kernel: new Float32Array(24).fill(NaN) } } },
      "RangeError",
      "M: options.weights.dense.kernel[0] is NaN, expected a finite number",
    ],
    [
      { weights: { dense: { kernel: new Float32Array(24), bias: [1, 2, 3, 4, 5, "6"] } } },
      "RangeError",
      "M: options.weights.dense.bias[5] is '6', expected a finite number",
    ],
  ])("options %o", async (options, error, message) => {
    const make = await cached(text, target);
    expect(thrownBy(() => make(options as TrainerOptions))).toEqual([error, message]);
  });

  test("a learning rate that is none stays what it was", async () => {
    const trainer = (await cached(text, target))({ seed: 1 });
    trainer.learningRate = 0.25;
    const before = trainer.state();
    for (const [value, shown] of [...[NaN, Infinity, -1].map((rate) => [rate, String(rate)] as const), ...others]) {
      const set = (): void => void (trainer.learningRate = value as number);
      expect(thrownBy(set)).toEqual(["RangeError", `M: learningRate is ${shown}, expected a finite number from 0 on`]);
    }
    expect(trainer.learningRate).toBe(0.25);
    expect(trainer.state()).toEqual(before);
    // With none each step is one of nothing: as in the clause, it is one to choose.
    trainer.learningRate = 0;
    expect(trainer.learningRate).toBe(0);
  });

  test("outputs of another length or kind", async () => {
    const trainer = (await cached(text, target))({ seed: 1 });
    const forward = trainer.forwardBatch as (...given: readonly unknown[]) => unknown;
    const { inputs } = batchFor(modelKinds["labels"] as ModelKind, 300);
    expect(thrownBy(() => forward(inputs, new Float64Array(3)))).toEqual([
      "RangeError",
      "M: output has 3 values, expected 900",
    ]);
    for (const output of [Array.from({ length: 900 }, () => 0), new BigInt64Array(900), new Int8Array(900)]) {
      expect(thrownBy(() => forward(inputs, output))).toEqual([
        "TypeError",
        `M: output is ${output.constructor.name}, expected a Float32Array or Float64Array`,
      ]);
    }
    expect(thrownBy(() => forward(rowsOf(inputs, 4)))).toEqual([
      "RangeError",
      "M: inputs[0] is Array, expected a number: rows lie one after the other",
    ]);
    expect(thrownBy(() => forward(inputs.slice(1)))).toEqual([
      "RangeError",
      "M: inputs has 1199 values, expected a multiple of 4",
    ]);
    expect(thrownBy(() => forward(withNumber(inputs, 1160, NaN)))).toEqual([
      "RangeError",
      "M: inputs[1160] is NaN, expected a finite number",
    ]);
    expect(trainer.forwardBatch([])).toHaveLength(0);
  });

  test("weights of classes where a sample has several rows of targets", async () => {
    const make = await cached((modelKinds["ranks"] as ModelKind).text, target);
    expect(thrownBy(() => make({ classWeights: { 0: 1 } }))).toEqual([
      "TypeError",
      "M: options.classWeights is for one class a sample, and the targets of one are [2, 3, 3]",
    ]);
    // What is undefined is not given.
    make({ classWeights: undefined } as unknown as TrainerOptions);
    expect(thrownBy(() => make({ lr: 1 } as TrainerOptions))).toEqual([
      "TypeError",
      "M: options has 'lr', expected weights, seed, learningRate",
    ]);
    expect(thrownBy(() => make(null as unknown as TrainerOptions))).toEqual([
      "TypeError",
      "M: options is null, expected an object",
    ]);
  });
});

test("a number too large for float32 is none in WebAssembly", async () => {
  const { text } = modelKinds["numbers"] as ModelKind;
  const trainer = (await cached(text, "wasm"))({ seed: 1 });
  expect(thrownBy(() => trainer.step([1, 1e39, 1], [0, 0]))).toEqual([
    "RangeError",
    "M: inputs[1] is 1e+39, expected a finite number",
  ]);
  expect((await cached(text, "typescript"))({ seed: 1 }).step([1, 1e39, 1], [0, 0])).toBeGreaterThan(0);
});

const makers = new Map<string, ReturnType<typeof trainerMaker>>();

function cached(text: string, target: Target): ReturnType<typeof trainerMaker> {
  const key = `${target} ${text}`;
  const known = makers.get(key) ?? trainerMaker(text, target);
  makers.set(key, known);
  return known;
}

/** The name and the message of what a call throws. */
function thrownBy(call: () => unknown): readonly [name: string, message: string] | "nothing" {
  try {
    call();
  } catch (error) {
    const { name, message } = error as Error;
    return [name, message];
  }
  return "nothing";
}
