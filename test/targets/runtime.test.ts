import { beforeAll, describe, expect, test } from "vitest";
import { compileCode } from "./support/compile-text.ts";
import { createModel, runModule, type AnyModel, type AnyModule } from "./support/run-module.ts";

const unrolls = ["auto", "full", "none"] as const;

const array = (length: number, phase = 0): Float32Array =>
  Float32Array.from({ length }, (_, at) => Math.fround(Math.sin(at + phase)));
const dense = (inputs: number, units: number) => ({ kernel: array(inputs * units), bias: array(units, 1) });

const source = `dim time  dim lanes
model Net { input [3]  Dense(4, activation=relu)  Dense(2) }
model Steps { input [time, 3]  Dense(4, activation=tanh)  Softmax()  Dense(2) }
model Lanes { input [time, lanes, 3]  Dense(2, activation=sigmoid)  Softmax(axis=2) }
model Square { input [time, time, 2]  Dense(2) }
model Copy { input [2, 3]  Flatten() }
model Along { input [time, 2]  Softmax() }`;

const weights: Readonly<Record<string, object>> = {
  Net: { dense: dense(3, 4), dense_1: dense(4, 2) },
  Steps: { dense: dense(3, 4), dense_1: dense(4, 2) },
  Lanes: { dense: dense(3, 2) },
  Square: { dense: dense(2, 2) },
};

describe.each(unrolls)("--unroll %s", (unroll) => {
  let module: AnyModule;
  const make = (name: string): AnyModel => createModel(module, name, weights[name]);

  beforeAll(async () => {
    module = await runModule((await compileCode(source, { emit: "js", unroll })).text);
  });

  test("wrong lengths are RangeErrors that name the model, what was found and what was expected", () => {
    const net = make("Net");
    const absent = undefined as unknown as number[];
    const cases: readonly (readonly [() => unknown, string])[] = [
      [() => net.forward([1, 2]), "Net: input has 2 values, expected 3"],
      [() => net.forward(new Float32Array(4)), "Net: input has 4 values, expected 3"],
      [() => net.forward([]), "Net: input has 0 values, expected 3"],
      [() => net.forward([1, 2, 3], new Float32Array(3)), "Net: output has 3 values, expected 2"],
      [() => net.forwardBatch([1, 2, 3, 4]), "Net: inputs has 4 values, expected a multiple of 3"],
      [() => net.forwardBatch([1, 2, 3], new Float32Array(1)), "Net: output has 1 value, expected 2"],
      [() => net.forwardBatch([], new Float32Array(2)), "Net: output has 2 values, expected 0"],
      [() => net.forward(absent), "Net: input has no values, expected 3"],
      [() => net.forward({} as number[]), "Net: input has no values, expected 3"],
      [() => net.forward(null as unknown as number[]), "Net: input has no values, expected 3"],
      [() => net.forwardBatch(absent), "Net: inputs has no values, expected a multiple of 3"],
    ];
    for (const [run, message] of cases) expect(run).toThrow(new RangeError(message));
    const steps = make("Steps");
    expect(() => steps.forward(new Float32Array(7))).toThrow(
      new RangeError("Steps: input has 7 values, expected a multiple of 3 ('time' steps)"),
    );
    expect(() => steps.forward(absent)).toThrow(
      new RangeError("Steps: input has no values, expected a multiple of 3 ('time' steps)"),
    );
    expect(() => make("Lanes").forward(absent, undefined, { time: 1, lanes: 1 })).toThrow(
      new RangeError("Lanes: input has no values, expected 3"),
    );
    expect(() => steps.forward(new Float32Array(6), new Float32Array(3))).toThrow(
      new RangeError("Steps: output has 3 values, expected 4"),
    );
  });

  test("a wrong call leaves the output alone", () => {
    const output = new Float32Array(3).fill(7);
    expect(() => make("Net").forward([1, 2, 3], output)).toThrow(RangeError);
    expect(() => make("Net").forwardBatch([1, 2, 3, 4], output)).toThrow(RangeError);
    expect([...output]).toEqual([7, 7, 7]);
  });

  test("a batch is its samples one after the other, and may be empty", () => {
    const net = make("Net");
    const inputs = array(3 * 5, 4);
    const batch = net.forwardBatch(inputs);
    const single = [0, 1, 2, 3, 4].flatMap((at) => [...net.forward(inputs.subarray(at * 3, at * 3 + 3))]);
    expect([...batch]).toEqual(single);
    expect(net.forwardBatch([])).toEqual(new Float32Array(0));
    expect(make("Steps").forwardBatch([], undefined, { time: 4 })).toEqual(new Float32Array(0));
  });

  test("an output that is part of a larger buffer", () => {
    const memory = new Float32Array(10).fill(9);
    make("Net").forward([1, 2, 3], memory.subarray(4, 6));
    expect([...memory.slice(0, 4), ...memory.slice(6)]).toEqual(Array.from({ length: 8 }, () => 9));
    expect(memory.slice(4, 6)).toEqual(make("Net").forward([1, 2, 3]));
  });

  test("one run-time dim is inferred from the length; zero steps give nothing", () => {
    const steps = make("Steps");
    const input = array(3 * 6);
    const all = steps.forward(input);
    expect(all.length).toBe(12);
    for (let step = 0; step < 6; step++) {
      expect(steps.forward(input.subarray(step * 3, step * 3 + 3))).toEqual(all.slice(step * 2, step * 2 + 2));
    }
    expect(steps.forward([])).toEqual(new Float32Array(0));
    expect(steps.forwardBatch(input, undefined, { time: 2 })).toEqual(all);
    expect(steps.forwardBatch(input, undefined, { time: 6 })).toEqual(all);
  });

  test("wrong dims are RangeErrors", () => {
    const steps = make("Steps");
    for (const time of [-1, 1.5, NaN, Infinity, 2 ** 60]) {
      expect(() => steps.forwardBatch(array(6), undefined, { time })).toThrow(
        new RangeError(`Steps: dims.time is ${time}, expected a whole number`),
      );
    }
    expect(() => steps.forwardBatch(array(9), undefined, { time: 2 })).toThrow(RangeError);
    expect(() => steps.forwardBatch(array(6), undefined, { time: 0 })).toThrow(
      new RangeError("Steps: inputs has 6 values, expected 0: a sample is empty"),
    );
    expect(() => make("Lanes").forward(array(12), undefined, { time: 2, lanes: 3 })).toThrow(
      new RangeError("Lanes: input has 12 values, expected 18"),
    );
    expect(() => make("Lanes").forward(array(12), undefined, { time: 2, lanes: "2" as unknown as number })).toThrow(
      RangeError,
    );
    expect(() => make("Square").forward(array(12), undefined, { time: 2 })).toThrow(RangeError);
  });

  test("missing dims are RangeErrors too", () => {
    const lanes = make("Lanes");
    expect(() => lanes.forward(array(12))).toThrow(RangeError);
    expect(() => lanes.forward(array(12), undefined, { time: 2 })).toThrow(RangeError);
    expect(() => make("Steps").forwardBatch(array(12))).toThrow(RangeError);
  });

  test("two dims, dims of zero, and a dim that occurs twice", () => {
    const lanes = make("Lanes");
    const dims = { time: 2, lanes: 3 };
    const input = array(18);
    const output = lanes.forward(input, undefined, dims);
    expect(output.length).toBe(12);
    // Softmax along the lanes (Keras counts the batch axis): each unit of a step sums to 1 over the lanes.
    for (const at of [0, 1, 6, 7]) expect(output[at]! + output[at + 2]! + output[at + 4]!).toBeCloseTo(1, 6);
    expect(lanes.forwardBatch([...input, ...input], undefined, dims)).toEqual(Float32Array.of(...output, ...output));
    expect(lanes.forward([], undefined, { time: 0, lanes: 3 })).toEqual(new Float32Array(0));
    expect(lanes.forward([], undefined, { time: 3, lanes: 0 })).toEqual(new Float32Array(0));
    const square = make("Square");
    expect(square.forward(array(18), undefined, { time: 3 }).length).toBe(18);
    expect(square.forwardBatch(array(16), undefined, { time: 2 }).slice(0, 8)).toEqual(
      square.forward(array(8), undefined, { time: 2 }),
    );
  });

  test("no state stays between calls", () => {
    const sizes = [4, 1, 9, 0, 2, 9, 3, 1];
    const fresh = sizes.map((size) => make("Steps").forward(array(size * 3, size)));
    const [one, two] = [make("Steps"), make("Steps")];
    const net = make("Net");
    sizes.forEach((size, at) => {
      expect(one.forward(array(size * 3, size))).toEqual(fresh[at]);
      net.forward([1, at, 3]);
      expect(two.forwardBatch(array(size * 3, size), undefined, { time: size })).toEqual(fresh[at]);
    });
    const first = net.forward([1, 2, 3]);
    const kept = first.slice();
    net.forward([4, 5, 6]);
    expect(first).toEqual(kept);
  });

  test("inputs are left as they were", () => {
    const input = array(6);
    make("Steps").forward(input);
    make("Net").forwardBatch(input);
    expect(input).toEqual(array(6));
  });

  test("a model without arithmetic copies", () => {
    const copy = module["copy"] as AnyModel;
    const input = array(6);
    const output = copy.forward(input);
    expect(output).toEqual(input);
    expect(output).not.toBe(input);
    expect(copy.forwardBatch(array(12))).toEqual(array(12));
  });

  test("softmax keeps its sum where exponentials would overflow", () => {
    const along = module["along"] as AnyModel;
    const output = along.forward([1e30, 1e30, -1e30, 3e38, 0, -1000, 88, 89]);
    for (let step = 0; step < 4; step++) expect(output[2 * step]! + output[2 * step + 1]!).toBeCloseTo(1, 6);
  });

  test("weights are copied when the model is made", () => {
    const mine = { dense: dense(3, 4), dense_1: dense(4, 2) };
    const net = createModel(module, "Net", mine);
    const before = net.forward([1, 2, 3]);
    mine.dense.kernel.fill(100);
    mine.dense_1.bias.fill(100);
    expect(net.forward([1, 2, 3])).toEqual(before);
  });

  test("weights of a wrong shape are RangeErrors with their path", () => {
    const wrong = { dense: { kernel: array(11), bias: array(4) }, dense_1: dense(4, 2) };
    expect(() => createModel(module, "Net", wrong)).toThrow(
      new RangeError("Net: weights.dense.kernel has 11 values, expected 12"),
    );
    const swapped = { dense: { kernel: array(12), bias: array(12) }, dense_1: dense(4, 2) };
    expect(() => createModel(module, "Net", swapped)).toThrow("Net: weights.dense.bias has 12 values, expected 4");
    for (const incomplete of [{}, { dense: {} }, { dense: dense(3, 4) }, { dense: { kernel: null, bias: null } }]) {
      expect(() => createModel(module, "Net", incomplete), JSON.stringify(incomplete)).toThrow(/Net: weights/);
    }
  });
});
