import { describe, expect, test } from "vitest";
import { arraysIn, trainerMaker, type Target, type Trainer } from "./make-trainer.ts";
import { batchFor, modelKinds, type ModelKind } from "./model-kinds.ts";

const targets = ["typescript", "wasm"] as const satisfies readonly Target[];

const regression: ModelKind = {
  text: `model M { input [3]  Dense(4, tanh)  Dropout(0.9)  GaussianNoise(0.9)  Dense(2)
    compile(optimizer=sgd(0.1), loss=mse, metrics=[mae]) }`,
  optimizer: "",
  input: 3,
  target: 2,
};

/** Without anything that is drawn at random, so that a step has the loss that is measured. */
const steady: ModelKind = {
  text: "model M { input [3]  Dense(4, tanh)  Dense(2)  compile(optimizer=sgd(0.1), loss=mse, metrics=[mae]) }",
  optimizer: "",
  input: 3,
  target: 2,
};

const classes: ModelKind = {
  text: `model M { input [4]  Dense(5, relu)  Dense(3, softmax)
    compile(optimizer=sgd(0.1), loss=sparse_categorical_crossentropy, metrics=[accuracy]) }`,
  optimizer: "",
  input: 4,
  target: 1,
  classes: 3,
};

describe.each(targets)("results of a trainer, %s:", (target) => {
  const digits = target === "typescript" ? 1e-12 : 2e-5;
  const near = (found: number | undefined, expected: number): void =>
    expect(Math.abs((found ?? NaN) - expected)).toBeLessThanOrEqual(digits * Math.max(1, Math.abs(expected)));
  const nearAll = (found: Readonly<Record<string, number>>, expected: Readonly<Record<string, number>>): void => {
    expect(Object.keys(found)).toEqual(Object.keys(expected));
    for (const [name, value] of Object.entries(expected)) near(found[name], value);
  };

  test("of samples are means over all of them, however many there are, with what acts in training out of action", async () => {
    const trainer = (await trainerMaker(regression.text, target))({ seed: 1 });
    for (const samples of [1, 2, 255, 256, 257, 600]) {
      const { inputs, targets: wanted } = batchFor(regression, samples);
      const outputs = trainer.forwardBatch(inputs);
      const differences = Array.from(wanted, (value, at) => value - (outputs[at] ?? NaN));
      const expected = {
        loss: mean(differences.map((value) => value ** 2)),
        mean_absolute_error: mean(differences.map(Math.abs)),
      };
      nearAll(trainer.evaluate(inputs, wanted), expected);
      expect(trainer.evaluate(inputs, wanted)).toEqual(trainer.results());
    }
  });

  test("go on over steps and observations until they are reset; evaluate is of its own samples", async () => {
    const make = await trainerMaker(classes.text, target);
    const trainer = make({ seed: 1 });
    trainer.learningRate = 0;
    const whole = batchFor(classes, 700);
    const expected = make({ weights: trainer.weights }).evaluate(whole.inputs, whole.targets);
    let from = 0;
    for (const [at, samples] of [300, 1, 32, 257, 110].entries()) {
      const inputs = whole.inputs.subarray(from * 4, (from + samples) * 4);
      const wanted = whole.targets.subarray(from, from + samples);
      if (at % 2 === 0) trainer.observe(inputs, wanted);
      else trainer.step(inputs, wanted);
      from += samples;
    }
    nearAll(trainer.results(), expected);
    expect(trainer.results()).toEqual(trainer.results());
    const own = trainer.evaluate(whole.inputs.subarray(0, 40), whole.targets.subarray(0, 10));
    nearAll(
      own,
      make({ weights: trainer.weights }).evaluate(whole.inputs.subarray(0, 40), whole.targets.subarray(0, 10)),
    );
    trainer.resetResults();
    trainer.observe(whole.inputs, whole.targets);
    nearAll(trainer.results(), expected);
  });

  test("the loss of a step is that before it, with the penalties of weights, as Keras has it", async () => {
    const text = `model M { input [3]  Dense(4, tanh, kernel_regularizer=l2(0.1), activity_regularizer=l1(0.2))  Dense(2)
      compile(optimizer=sgd(0.1), loss=mse) }`;
    const trainer = (await trainerMaker(text, target))({ seed: 1 });
    const { inputs, targets: wanted } = batchFor(steady, 5);
    const { loss = NaN } = trainer.evaluate(inputs, wanted);
    const outputs = trainer.forwardBatch(inputs);
    const found = new Map(arraysIn(trainer.weights));
    const kernel = found.get("dense/kernel") ?? [];
    const hidden = Array.from({ length: 20 }, (_, at) => {
      const [sample, unit] = [Math.floor(at / 4), at % 4];
      const sum = [0, 1, 2].reduce(
        (total, i) => total + (inputs[sample * 3 + i] ?? NaN) * (kernel[i * 4 + unit] ?? NaN),
        0,
      );
      return Math.tanh(sum + (found.get("dense/bias")?.[unit] ?? NaN));
    });
    const error = mean(Array.from(wanted, (value, at) => (value - (outputs[at] ?? NaN)) ** 2));
    const squares = Array.from(kernel, (value) => value ** 2);
    // Penalties of activities are divided by the number of samples.
    near(loss, error + 0.1 * sum(squares) + (0.2 * sum(hidden.map(Math.abs))) / 5);
    expect(trainer.step(inputs, wanted)).toBe(loss);
    expect(trainer.evaluate(inputs, wanted)["loss"]).toBeLessThan(loss);
  });

  test("weights of samples multiply their losses, and leave metrics alone; the divisor is the number of samples", async () => {
    const trainer = (await trainerMaker(steady.text, target))({ seed: 1 });
    for (const samples of [3, 300]) {
      const { inputs, targets: wanted } = batchFor(steady, samples);
      const weights = Float64Array.from({ length: samples }, (_, at) => [0, 0.5, 2, 1][at % 4] ?? NaN);
      const outputs = trainer.forwardBatch(inputs);
      const losses = Array.from(weights, (weight, n) => {
        const errors = [0, 1].map((i) => (wanted[n * 2 + i] ?? NaN) - (outputs[n * 2 + i] ?? NaN));
        return weight * mean(errors.map((value) => value ** 2));
      });
      const plain = trainer.evaluate(inputs, wanted);
      nearAll(trainer.evaluate(inputs, wanted, weights), { ...plain, loss: mean(losses) });
      near(trainer.step(inputs, wanted, weights), mean(losses));
    }
  });

  test("a sample of weight 0 is not learned of", async () => {
    const make = await trainerMaker(steady.text, target);
    const { inputs, targets: wanted } = batchFor(steady, 3);
    const [some, others] = [make({ seed: 4 }), make({ seed: 4, learningRate: (0.1 * 2) / 3 })];
    some.step(inputs, wanted, [1, 0, 1]);
    others.step(
      Float64Array.from([...inputs.subarray(0, 3), ...inputs.subarray(6)]),
      Float64Array.from([...wanted.subarray(0, 2), ...wanted.subarray(4)]),
    );
    expectNearWeights(some, others);
  });

  test("weights of classes are weights of their samples in steps, besides those that are given, and nowhere else", async () => {
    const make = await trainerMaker(classes.text, target);
    const { inputs, targets: wanted } = batchFor(classes, 40);
    const given = { 0: 0.5, 2: 3 };
    const weights = Float64Array.from(wanted, (label) => (label === 0 ? 0.5 : label === 2 ? 3 : 1));
    const [some, others] = [make({ seed: 4, classWeights: given }), make({ seed: 4 })];
    expect(new Set(wanted)).toEqual(new Set([0, 1, 2]));
    expect(some.step(inputs, wanted)).toBe(others.step(inputs, wanted, weights));
    const more = weights.map((weight, at) => weight * ((at % 3) + 0.25));
    expect(
      some.step(
        inputs,
        wanted,
        weights.map((_, at) => (at % 3) + 0.25),
      ),
    ).toBe(others.step(inputs, wanted, more));
    expect(some.state()).toEqual(others.state());
    expect(some.evaluate(inputs, wanted)).toEqual(others.evaluate(inputs, wanted));
  });

  test("the class of a row of targets is its largest one, that of one target the number next to it", async () => {
    const rows = `model M { input [3]  Dense(3, softmax) compile(optimizer=sgd(0.1), loss=categorical_crossentropy) }`;
    const of = (text: string) => trainerMaker(text, target);
    const inputs = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    const ofRows = [0.2, 0.5, 0.3, 1, 0, 0, 0, 0.5, 0.5];
    const weighed = (await of(rows))({ seed: 2, classWeights: { 0: 5, 1: 7, 2: 11 } });
    // Of equal ones it is the first, as numpy.argmax has it.
    expect(weighed.step(inputs, ofRows)).toBe((await of(rows))({ seed: 2 }).step(inputs, ofRows, [7, 5, 7]));
    const one = `model M { input [3]  Dense(1) compile(optimizer=sgd(0.1), loss=mse) }`;
    const numbers = [0.5, 1.5, 2.4];
    const classWeights = { 0: 5, 1: 7, 2: 11 };
    // numpy.round takes the even one of two that are as near.
    expect((await of(one))({ seed: 2, classWeights }).step(inputs, numbers)).toBe(
      (await of(one))({ seed: 2 }).step(inputs, numbers, [5, 11, 11]),
    );
  });

  test("the learning rate is that of the schedule until it is set", async () => {
    const text = `model M { input [3]  Dense(2)  compile(optimizer=sgd(exponential_decay(0.5, 2, 0.5)), loss=mse) }`;
    const make = await trainerMaker(text, target);
    const trainer = make({ seed: 1 });
    const { inputs, targets: wanted } = batchFor(steady, 4);
    const rates: number[] = [];
    for (let step = 0; step < 4; step++) {
      rates.push(trainer.learningRate);
      const other = make({ weights: trainer.weights, learningRate: trainer.learningRate });
      trainer.step(inputs, wanted);
      other.step(inputs, wanted);
      expect(arraysIn(other.weights)).toEqual(arraysIn(trainer.weights));
    }
    [0.5, 0.5 ** 1.5, 0.25, 0.5 ** 2.5].forEach((rate, at) => expect(rates[at]).toBeCloseTo(rate, 12));
    trainer.learningRate = 0;
    const before = structuredClone(arraysIn(trainer.weights));
    trainer.step(inputs, wanted);
    expect(arraysIn(trainer.weights)).toEqual(before);
    expect(make({ learningRate: 0.125 }).learningRate).toBe(0.125);
  });

  test("metrics of one kind have names of their own", async () => {
    const text = `model M { input [3]  Dense(1, sigmoid)
      compile(optimizer=sgd, loss=binary_crossentropy, metrics=[precision(thresholds=0.3), precision(thresholds=0.7), accuracy]) }`;
    const results = (await trainerMaker(text, target))({ seed: 1 }).evaluate([1, 2, 3], [1]);
    expect(Object.keys(results)).toEqual(["loss", "precision", "precision_1", "accuracy"]);
  });

  function expectNearWeights(some: Trainer, others: Trainer): void {
    const expected = new Map(arraysIn(others.weights));
    for (const [path, values] of arraysIn(some.weights)) {
      values.forEach((value, at) => near(value, expected.get(path)?.[at] ?? NaN));
    }
  }
});

test("layers that act in training only do nothing else", async () => {
  for (const name of ["labels", "numbers", "averages", "words"]) {
    const { text, dims, ...kind } = modelKinds[name] as ModelKind;
    const quiet = text.replace(/(?:Dropout|GaussianNoise|AlphaDropout|SpatialDropout1D)\([\d.]+\)/, "");
    expect(quiet).not.toBe(text);
    const { inputs, targets: wanted } = batchFor({ text, ...kind }, 20);
    const noisy = (await trainerMaker(text))({ seed: 1 });
    const plain = (await trainerMaker(quiet))({ weights: noisy.weights });
    expect(noisy.evaluate(inputs, wanted, undefined, dims)).toEqual(plain.evaluate(inputs, wanted, undefined, dims));
    expect(noisy.forwardBatch(inputs, undefined, dims)).toEqual(plain.forwardBatch(inputs, undefined, dims));
    // Nothing was drawn for them.
    const drawn = noisy.state().arrays["random"];
    expect(noisy.step(inputs, wanted, undefined, dims)).not.toBe(plain.step(inputs, wanted, undefined, dims));
    expect(noisy.state().arrays["random"]).not.toEqual(drawn);
  }
});

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}
