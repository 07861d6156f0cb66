import { describe, expect, test } from "vitest";
import { arraysIn, trainerMaker } from "../gradients/make-trainer.ts";
import { readJson, values, type FixtureArray } from "../keras/keras-case.ts";
import { expectNear } from "./support/expect-near.ts";
import type { Numbers } from "./support/one-hot.ts";
import { runLayer } from "./support/run-layer.ts";

interface Recorded {
  readonly cases: readonly {
    readonly layer: string;
    readonly training: boolean;
    readonly input: Numbers;
    readonly before: Readonly<Record<string, Numbers>>;
    readonly after: Readonly<Record<string, Numbers>>;
    readonly output: Numbers;
    readonly losses: readonly number[];
  }[];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe.each([
  ["typescript", 1e-11],
  ["wasm", 1e-5],
] as const)("layers in a step are those of Keras: %s", (target, bound) => {
  const { cases } = readJson<Recorded>("compile/layers.json");
  test.each(cases)("$layer, training $training", async ({ layer, training, input, before, after, output, losses }) => {
    const clause = "compile(optimizer=sgd(learning_rate=0), loss=mean_squared_error)";
    const shape = input.shape.slice(1).join(", ");
    // Something has to be trained: a kernel that passes its input on.
    const passing = `Dense(${input.shape.at(-1)}, kernel_initializer=identity)`;
    const make = await trainerMaker(`model M { input [${shape}] ${passing} ${layer} ${clause} }`, target);
    const trainer = make();
    const own = new Map(arraysIn(trainer.weights).map(([path, values]) => [path.split("/").at(-1)!, values]));
    for (const [weight, { data }] of Object.entries(before)) own.get(weight)!.set(data);
    const targets = output.data.map(() => 0);
    const squares = sum(output.data.map((value) => value * value)) / output.data.length;
    const expected = squares + sum(losses);
    const run = () => (training ? trainer.step(input.data, targets) : trainer.evaluate(input.data, targets)["loss"]!);
    expectNear([run()], [expected], "loss", bound);
    for (const [weight, { data }] of Object.entries(after)) expectNear([...own.get(weight)!], data, weight, bound);
  });
});

const ramp: Numbers = { shape: [2, 2, 3], data: Array.from({ length: 12 }, (_, at) => at + 1) };

/** 0, 0.1, ..., 0.9, 0, ... */
function tenths(): () => number {
  let next = 0;
  return () => (next++ % 10) / 10;
}

describe("noise in training, from given random numbers", () => {
  const run = (layer: string) => runLayer(layer, ramp, true, tenths());

  test("Dropout keeps each place with the chance 1 - rate, and scales it", async () => {
    // Kept are those below 0.75 of 0, 0.1, ..., 0.9, 0, 0.1.
    const kept = [1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 11, 12].map((value) => value / 0.75);
    expectNear(await run("Dropout(0.25)"), kept, "output");
  });

  test("a mask has a number for each place of noise_shape, or for all samples", async () => {
    const halved = (values: readonly number[]) => values.map((value) => value / 0.5);
    // One for each of two samples and three channels: 0, 0.1, 0.2 and 0.3, 0.4, 0.5.
    const channels = halved([1, 2, 3, 4, 5, 6, 7, 8, 0, 10, 11, 0]);
    expectNear(await run("Dropout(0.5, noise_shape=[none, 1, none])"), channels, "channels");
    expectNear(await run("SpatialDropout1D(0.5)"), channels, "spatial");
    // One for each of two steps and three channels, the same for both samples: 0, ..., 0.5.
    const shared = halved([1, 2, 3, 4, 5, 0, 7, 8, 9, 10, 11, 0]);
    expectNear(await run("Dropout(0.5, noise_shape=[1, none, none])"), shared, "samples");
  });

  test("a TimeDistributed dropout draws for each step", async () => {
    expectNear(await run("TimeDistributed(Dropout(0.25))"), await run("Dropout(0.25)"), "output");
  });

  test("AlphaDropout sets places to selu's lowest value, then restores mean and variance", async () => {
    const lowest = -1.7580993408473766;
    const rate = 0.2;
    const a = 1 / Math.sqrt((1 - rate) * (1 + rate * lowest ** 2));
    const expected = ramp.data.map((value, at) => a * ((at % 10) / 10 >= rate ? value : lowest) - a * lowest * rate);
    expectNear(await run(`AlphaDropout(${rate})`), expected, "output");
  });

  test("GaussianNoise adds, GaussianDropout multiplies", async () => {
    const noise = ramp.data.map((_, at) => (at % 10) / 10);
    expectNear(
      await run("GaussianNoise(0.3)"),
      ramp.data.map((value, at) => value + 0.3 * noise[at]!),
      "added",
    );
    expectNear(
      await run("GaussianDropout(0.2)"),
      ramp.data.map((value, at) => value * (1 + 0.5 * noise[at]!)),
      "multiplied",
    );
  });

  test.each(["Dropout", "AlphaDropout", "SpatialDropout1D", "GaussianNoise", "GaussianDropout"])(
    "%s does nothing outside of training, nor without noise",
    async (name) => {
      expect(await runLayer(`${name}(0.5)`, ramp, false)).toEqual(ramp.data);
      expect(await runLayer(`${name}(0)`, ramp, true)).toEqual(ramp.data);
    },
  );
});

describe("noise of a trainer has its moments", () => {
  const samples = 20_000;
  // Numbers of the standard normal distribution, spread evenly over it, in an order that mixes them.
  const normal = Array.from({ length: samples }, (_, at) =>
    quantile(((at * 7919) % samples) / samples + 0.5 / samples),
  );

  /** The mean square of what a layer gives of these inputs. */
  const meanSquare = async (layer: string, input: (at: number) => number): Promise<number> => {
    const clause = "compile(optimizer=sgd(learning_rate=0), loss=mean_squared_error)";
    const make = await trainerMaker(`model M { input [1] Dense(1, kernel_initializer=ones) ${layer} ${clause} }`);
    return make({ seed: 5 }).step(
      Array.from({ length: samples }, (_, at) => input(at)),
      normal.map(() => 0),
    );
  };

  test.each([
    // Of ones: the share that is kept, times the square of what they become.
    ["Dropout(0.2)", () => 1, 0.8 / 0.8 ** 2],
    ["GaussianNoise(0.5)", () => 0, 0.25],
    ["GaussianNoise(0.5)", () => 2, 4.25],
    // 1 and a variance of rate / (1 - rate).
    ["GaussianDropout(0.2)", () => 1, 1.25],
    ["AlphaDropout(0.3)", (at: number) => normal[at]!, 1],
  ])("%s of %s", async (layer, input, expected) => {
    const found = await meanSquare(layer, input);
    expect(Math.abs(found - expected) / expected).toBeLessThan(0.03);
  });
});

/** The number below which a share of the standard normal distribution lies, by bisection of its integral. */
function quantile(share: number): number {
  let [low, high] = [-6, 6];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if ((1 + errorFunction(middle / Math.SQRT2)) / 2 < share) low = middle;
    else high = middle;
  }
  return low;
}

/** Abramowitz and Stegun, 7.1.26: to 1.5e-7. */
function errorFunction(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const sum = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - sum * Math.exp(-x * x));
}

interface Regularized {
  readonly model_losses: readonly {
    readonly inputs: FixtureArray;
    readonly outputs: FixtureArray;
    readonly weights: Readonly<Record<string, FixtureArray>>;
    readonly losses_total: number;
  }[];
}

describe("penalties of weights and activities are those of Keras", () => {
  const { model_losses: cases } = readJson<Regularized>("regularizers.json");
  test.each(cases)("$inputs.shape", async ({ inputs, outputs, weights, losses_total: total }) => {
    const make = await trainerMaker(`model M {
      input [3]
      Dense(4, activation=relu, activity_regularizer=l1(0.1))
      Dense(2, kernel_regularizer=l2(0.01), bias_regularizer=l1(0.02), activity_regularizer=l1_l2(l1=0.01, l2=0.03))
      compile(optimizer=sgd, loss=mean_squared_error)
    }`);
    const layerWeights = (name: string) => ({
      kernel: values(weights[`sequential/${name}/kernel`]!),
      bias: values(weights[`sequential/${name}/bias`]!),
    });
    const trainer = make({ weights: { dense: layerWeights("dense"), dense_1: layerWeights("dense_1") } });
    expectNear([trainer.evaluate(values(inputs), values(outputs))["loss"]!], [total], "loss", 1e-7);
    expectNear([trainer.step(values(inputs), values(outputs))], [total], "loss", 1e-7);
  });
});
