import { describe, expect, test } from "vitest";
import { trainerMaker, type Target, type Trainer, type TrainerState } from "./make-trainer.ts";
import { batchFor, modelKinds, type ModelKind } from "./model-kinds.ts";

const targets = ["typescript", "wasm"] as const satisfies readonly Target[];
const all = Object.keys(modelKinds).flatMap((name) => targets.map((target) => [name, target] as const));
const kindOf = (name: string): ModelKind => modelKinds[name] as ModelKind;

/** Some steps of batches of several sizes. */
function train(trainer: Trainer, kind: ModelKind, from: number, to: number): readonly number[] {
  const losses: number[] = [];
  for (let step = from; step < to; step++) {
    const { inputs, targets: wanted } = batchFor(kind, 3 + ((step * 5) % 7), step);
    losses.push(trainer.step(inputs, wanted, undefined, kind.dims));
  }
  return losses;
}

describe.each(all)("%s, %s:", (name, target) => {
  const kind = kindOf(name);

  test("the same seed gives the same bits, another one others", async () => {
    const make = await trainerMaker(kind.text, target);
    const run = (seed: number): readonly [readonly number[], TrainerState] => {
      const trainer = make({ seed });
      return [train(trainer, kind, 0, 6), trainer.state()];
    };
    const [losses, state] = run(5);
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(run(5)).toEqual([losses, state]);
    const [others, otherState] = run(6);
    expect(others).not.toEqual(losses);
    expect(otherState.arrays["random"]).not.toEqual(state.arrays["random"]);
    // Seeds of all bits count, also those that differ beyond 32 of them.
    expect(run(5 + 2 ** 40)[0]).not.toEqual(losses);
    expect(run(-5)[0]).not.toEqual(losses);
  });

  test("without a seed each trainer has another one", async () => {
    const make = await trainerMaker(kind.text, target);
    expect(make().state()).not.toEqual(make().state());
  });

  test("a restored state goes on bit for bit", async () => {
    const make = await trainerMaker(kind.text, target);
    const trainer = make({ seed: 5 });
    train(trainer, kind, 0, 4);
    trainer.learningRate = 0.003;
    const state = structuredClone(trainer.state());
    const results = trainer.results();
    const losses = train(trainer, kind, 4, 9);
    const end = trainer.state();
    // Another trainer, of a seed and with results of its own.
    const other = make({ seed: 99 });
    train(other, kind, 20, 22);
    other.restore(state);
    expect(other.state()).toEqual(state);
    expect(other.results()).toEqual(results);
    expect(other.learningRate).toBe(0.003);
    expect(train(other, kind, 4, 9)).toEqual(losses);
    expect(other.state()).toEqual(end);
    // A state is none that training changes.
    trainer.restore(state);
    train(trainer, kind, 4, 9);
    expect(trainer.state()).toEqual(end);
  });

  test("a state that is none of its own is refused, and changes nothing", async () => {
    const make = await trainerMaker(kind.text, target);
    const trainer = make({ seed: 5 });
    train(trainer, kind, 0, 3);
    const before = trainer.state();
    const restored = (change: (state: Mutable) => unknown): (() => void) => {
      const state = structuredClone(make({ seed: 6 }).state()) as unknown as Mutable;
      const changed = change(state) as TrainerState | undefined;
      return () => trainer.restore(changed === undefined ? (state as unknown as TrainerState) : changed);
    };
    const [first = ""] = Object.keys(before.arrays);
    const { length = 0 } = before.arrays[first] ?? [];
    const kindName = target === "wasm" ? "Float32Array" : "Float64Array";
    const others: readonly (readonly [change: (state: Mutable) => unknown, error: RegExp])[] = [
      [() => null, /^M: the state is none that a trainer has given$/],
      [() => "state", /^M: the state is none that a trainer has given$/],
      [() => ({}), /^M: the state is none that a trainer has given$/],
      [() => ({ model: "M", arrays: null, numbers: {} }), /^M: the state is none that a trainer has given$/],
      [(state) => void (state.model = "N"), /^M: the state is of the model 'N'$/],
      [(state) => void delete state.arrays[first], /^M: state\.arrays\['weights\/.*'\] is missing, expected Float/],
      [
        (state) => void (state.arrays[first] = [...(before.arrays[first] ?? [])]),
        new RegExp(`^M: state\\.arrays\\['weights/.*'\\] is Array, expected ${kindName}$`),
      ],
      [
        (state) => void (state.arrays[first] = state.arrays[first]?.slice(1) ?? []),
        new RegExp(`^M: state\\.arrays\\['weights/.*'\\] has ${length - 1} values?, expected ${length}$`),
      ],
      [
        (state) => void (state.arrays[first] = new (target === "wasm" ? Float64Array : Float32Array)(length)),
        new RegExp(`^M: state\\.arrays\\['weights/.*'\\] is Float\\d\\dArray, expected ${kindName}$`),
      ],
      [
        (state) => void (state.arrays["random"] = new Uint32Array(3)),
        /^M: state\.arrays\['random'\] has 3 values, expected 4$/,
      ],
      [
        (state) => void delete state.numbers["iterations"],
        /^M: state\.numbers\.iterations is undefined, expected a number$/,
      ],
      [(state) => void (state.numbers["seen"] = "3"), /^M: state\.numbers\.seen is '3', expected a number$/],
      ...["iterations", "seen"].flatMap((name) =>
        [NaN, -1, 1.5, Infinity].map(
          (value) =>
            [
              (state: Mutable) => void (state.numbers[name] = value),
              new RegExp(`^M: state\\.numbers\\.${name} is ${value}, expected a whole number from 0 on$`),
            ] as const,
        ),
      ),
      ...[-1.5, Infinity].map(
        (rate) =>
          [
            (state: Mutable) => void (state.numbers["learningRate"] = rate),
            new RegExp(`^M: state\\.numbers\\.learningRate is ${rate}, expected a finite number from 0 on$`),
          ] as const,
      ),
      [
        (state) => void (state.arrays["optimizer/none"] = new Float64Array(1)),
        /^M: the state has 'optimizer\/none', which this trainer has not$/,
      ],
      [(state) => JSON.parse(JSON.stringify(state)), /^M: state\.arrays\['weights\/.*'\] is Object, expected Float/],
    ];
    for (const [change, error] of others) {
      const restore = restored(change);
      expect(restore).toThrow(error);
      expect(nameOfError(restore)).toMatch(/^(Range|Type)Error$/);
      expect(trainer.state()).toEqual(before);
    }
  });

  test("a state of another optimizer is none of its own", async () => {
    const otherText = kind.text.replace(kind.optimizer, "adagrad");
    const state = (await trainerMaker(otherText, target))({ seed: 1 }).state();
    const trainer = (await trainerMaker(kind.text, target))({ seed: 1 });
    expect(() => trainer.restore(state)).toThrow(/^M: state\.arrays\['optimizer\/.*'\] is missing/);
  });
});

describe.each(targets)("%s:", (target) => {
  test("a number of an optimizer that is none is refused", async () => {
    const make = await trainerMaker(kindOf("numbers").text, target);
    const trainer = make({ seed: 1 });
    const before = trainer.state();
    const restore = (): void => trainer.restore({ ...before, numbers: { ...before.numbers, u_product: NaN } });
    expect(restore).toThrow(new RangeError("M: state.numbers.u_product is NaN, expected a finite number"));
    expect(trainer.state()).toEqual(before);
  });

  test.each([
    // Its loss is NaN where an output is below 0, and its gradient is not.
    ["of a loss that is NaN, with weights that are not", "sgd(0.001)", "poisson", false],
    ["of a training that has diverged", "sgd(1e30)", "mse", true],
  ])("a state %s is taken", async (_, optimizer, loss, isLost) => {
    const text = `model M { input [1]  Dense(1)  compile(optimizer=${optimizer}, loss=${loss}, metrics=[${loss}]) }`;
    const make = await trainerMaker(text, target);
    const trainer = make({ weights: { dense: { kernel: [-1], bias: [0] } } });
    for (let step = 0; step < 20; step++) trainer.step([1], [1]);
    const state = trainer.state();
    expect(state.numbers["lossSum"]).toBeNaN();
    expect(Number.isNaN(state.arrays["weights/dense/kernel"]?.[0])).toBe(isLost);
    const other = make({ seed: 2 });
    other.restore(state);
    expect(other.state()).toEqual(state);
  });
});

interface Mutable {
  model: string;
  arrays: Record<string, number[] | Float64Array | Float32Array | Uint32Array>;
  numbers: Record<string, unknown>;
}

function nameOfError(run: () => void): string {
  try {
    run();
  } catch (error) {
    return (error as Error).name;
  }
  return "none";
}
