import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TargetName } from "../../src/targets/index.ts";
import { arraysIn, type Trainer, type TrainerOptions } from "../gradients/make-trainer.ts";
import { expectLaidOut } from "../support/laid-out.ts";
import { compileCode, compileText } from "../targets/support/compile-text.ts";
import { runModule, type AnyModule } from "../targets/support/run-module.ts";
import { typeCheck, type TypeChecked } from "../targets/support/type-check.ts";

/** Names that a trainer, its functions or the language use for something else. */
const names = [
  ..."options random randomBefore chosenRate classWeights progress given room reserve results step samples at".split(
    " ",
  ),
  ..."engine view length lengths sizes end failed state arrays numbers batch_inputs s0 s1 constant_0 rate rateAt".split(
    " ",
  ),
  ..."checkLength copyNumbers copyWeights createRandom fillUniform safetensors out out2 dy gradient g w t p sum".split(
    " ",
  ),
  ..."class await constructor prototype toString Net createNetTrainer NetTrainer TrainerState NumberArray".split(" "),
];
const strings = ["a b", "a.b", "1", "-", "naïve", "層", '"', "'", "${alert(1)}", "*\\", "?."];
const quoted = (text: string): string => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
const layerNames = [...names, ...strings.map(quoted)];
const dims = "t p g i0 at sum samples step options values inputs dy_0 engine lengths".split(" ");

const sources: Readonly<Record<string, string>> = {
  labels: `model Net {
    input [4]  Dense(5, relu)  BatchNormalization()  Dropout(0.25)  Dense(3, softmax)
    compile(optimizer=adam(learning_rate=cosine_decay(0.01, 100), weight_decay=0.01, clipnorm=1),
      loss=sparse_categorical_crossentropy(ignore_class=-1), metrics=[accuracy, sparse_top_k_categorical_accuracy(k=2)])
  }`,
  layers: `model Net {
    input [2]
    ${layerNames.map((name) => `${name}: Dense(2, tanh)`).join("  ")}
    compile(optimizer=sgd(momentum=0.9), loss=mse, metrics=[mae, r2_score])
  }`,
  dims: `${dims.map((name) => `dim ${name}`).join("  ")}
    ${dims
      .map(
        (name, at) => `model Net${at} {
      input [${name}, 3]  Dense(4, gelu)  LayerNormalization()  Dense(2, softmax)
      compile(optimizer=sgd(weight_decay=0.1), loss=categorical_focal_crossentropy, metrics=[mse])
    }`,
      )
      .join("\n")}`,
  nested: `dim time
    model Part { input [time, 3]  Dense(4, relu)  Dense(3) }
    model Words { input [time]  Embedding(9, 3)  Dropout(0.5)  Part(trainable=false)  again: Part  GlobalMaxPooling1D()
      Dense(1, sigmoid)  compile(optimizer=lion(use_ema=true), loss=binary_crossentropy, metrics=[auc, f1_score]) }
    model Steps { input [time, 3]  Part  Dense(2, softmax)  compile(optimizer=nadam, loss=sparse_categorical_crossentropy) }
    model Still { input [4]  Softmax()  compile(optimizer=sgd, loss=kl_divergence) }`,
};

const targets: readonly TargetName[] = ["typescript", "wasm"];

/** What somebody writes who trains a model; the compiler has to agree with all of it. */
const use = (file: string): string => `
import { createNet, createNetTrainer, readNetWeights } from ${JSON.stringify(file)};
import type { NetTrainer, NetTrainerOptions, NetTrainerResults, NetTrainerWeights, TrainerState } from ${JSON.stringify(file)};

export function train(seed: number | undefined): { trainer: NetTrainer; outputs: Float32Array } {
  const options: NetTrainerOptions = { seed, learningRate: undefined, classWeights: { 0: 1, 2: 0.5 } };
  const trainer = createNetTrainer(options);
  const loss: number = trainer.step([1, 2, 3, 4], [2]) + trainer.step(Float32Array.of(1, 2, 3, 4), Int32Array.of(0), [0.5]);
  const results: NetTrainerResults = trainer.evaluate([1, 2, 3, 4, 5, 6, 7, 8], [2, 1], undefined);
  const total: number = loss + results.loss + results.accuracy + results.sparse_top_k_categorical_accuracy;
  trainer.learningRate = trainer.learningRate / 2 + total * 0;
  const weights: NetTrainerWeights = trainer.weights;
  weights.dense.kernel[0] = 0.5;
  const state: TrainerState = structuredCloneOf(trainer.state());
  trainer.restore(state);
  const again = createNetTrainer({ weights, seed: 3 });
  createNetTrainer({ weights: readNetWeights(again.writeWeights()) });
  createNetTrainer();
  // @ts-expect-error A name that is misspelt.
  if (seed === -1) createNetTrainer({ learning_rate: 1 });
  // @ts-expect-error The arrays of a trainer stay its own.
  trainer.weights = weights;
  // @ts-expect-error A step needs its targets.
  if (seed === -1) trainer.step([1, 2, 3, 4]);
  return { trainer, outputs: createNet(weights).forward([1, 2, 3, 4]) };
}

function structuredCloneOf<T>(value: T): T {
  return value;
}
`;

let checked: TypeChecked;
const files = new Map<string, string>();
const laidOut: string[] = [];

beforeAll(async () => {
  for (const [name, source] of Object.entries(sources)) {
    for (const target of targets) {
      const given = { target, training: true } as const;
      // The layout of some is looked at.
      const isLooked = name === "labels" || (name === "nested" && target === "wasm");
      const { text } = await (isLooked ? compileText : compileCode)(source, given);
      if (isLooked) laidOut.push(text);
      files.set(`${name}-${target}.ts`, text);
      const js = await (isLooked ? compileText : compileCode)(source, { ...given, emit: "js" });
      if (isLooked) laidOut.push(js.text, js.declarations);
      files.set(`js/${name}-${target}.d.ts`, js.declarations);
    }
  }
  for (const target of targets) {
    files.set(`use-${target}.ts`, use(`./labels-${target}.js`));
    files.set(`js/use-${target}.ts`, use(`./labels-${target}.js`));
  }
  checked = await typeCheck(files);
});
afterAll(() => checked?.dispose());

test("modules with trainers, and what uses them, pass the strict type check", () => expect(checked.errors).toBe(""));

test("they are laid out as Prettier would", () => expectLaidOut(laidOut));

test("declarations of JavaScript have all that the module exports for a trainer", () => {
  for (const target of targets) {
    const text = files.get(`js/labels-${target}.d.ts`) ?? "";
    const exported = [...text.matchAll(/^export (?:declare )?(\w+ \w*Train\w*)/gm)].map(([, name]) => name);
    expect(exported).toEqual([
      "interface NetTrainerWeights",
      "interface NetTrainerOptions",
      "interface NetTrainerResults",
      "interface NetTrainer",
      "function createNetTrainer",
      "interface TrainerState",
    ]);
  }
});

describe.each(targets)("run as TypeScript compiled them, %s:", (target) => {
  const maker = (module: AnyModule, name: string) =>
    module[`create${name}Trainer`] as (options?: TrainerOptions) => Trainer;

  test("what uses a trainer", async () => {
    const module = await checked.run(`use-${target}`);
    const { trainer, outputs } = (module["train"] as (seed: number) => { trainer: Trainer; outputs: Float32Array })(1);
    expect([...outputs].every(Number.isFinite)).toBe(true);
    expect(trainer.state().numbers["iterations"]).toBe(2);
  });

  test("layers of any names learn as those of plain ones", async () => {
    const plain = `model Net { input [2]  ${layerNames.map((_, at) => `l${at}: Dense(2, tanh)`).join("  ")}
      compile(optimizer=sgd(momentum=0.9), loss=mse, metrics=[mae, r2_score]) }`;
    const { text } = await compileCode(plain, { target, training: true, emit: "js" });
    const makers = [maker(await checked.run(`layers-${target}`), "Net"), maker(await runModule(text), "Net")];
    const [found, expected] = makers.map((make) => {
      const trainer = make({ seed: 5 });
      const losses = [1, 2, 3].map(() => trainer.step([1, 2, 3, 4], [0.5, 1, 0, 0.25]));
      // The order of properties is not that of layers where a name is a number.
      const weights = arraysIn(trainer.weights).map(([, values]) => values.join());
      return { losses, results: trainer.results(), weights: weights.toSorted() };
    });
    expect(found).toEqual(expected);
    expect(found?.weights).toHaveLength(2 * layerNames.length);
  });

  test("dims of any names", async () => {
    const module = await checked.run(`dims-${target}`);
    const all = dims.map((name, at) => {
      const trainer = maker(module, `Net${at}`)({ seed: 1 });
      const [inputs, outputs] = [Float32Array.from({ length: 12 }, (_, i) => i / 12), [1, 0, 0, 1, 1, 0, 0, 1]];
      const losses = [1, 2].map(() => trainer.step(inputs, outputs, undefined, { [name]: 2 }));
      return [...losses, ...trainer.forwardBatch(inputs.subarray(0, 9), undefined, { [name]: 3 })];
    });
    for (const found of all) expect(found).toEqual(all[0]);
    expect(all[0]?.every(Number.isFinite)).toBe(true);
  });

  test("models in models, with sizes known only at run time", async () => {
    const module = await checked.run(`nested-${target}`);
    const words = maker(module, "Words")({ seed: 2 });
    const frozen = structuredClone(words.weights["part"]);
    const again = structuredClone(words.weights["again"]);
    expect(words.step([1, 2, 3, 4, 5, 6], [0, 1], undefined, { time: 3 })).toBeGreaterThan(0);
    expect(words.weights["part"]).toEqual(frozen);
    expect(words.weights["again"]).not.toEqual(again);
    const steps = maker(module, "Steps")({ seed: 1 });
    expect(steps.step(new Float32Array(12).fill(0.5), [0, 1, 1, 0], undefined, { time: 2 })).toBeGreaterThan(0);
    const still = maker(module, "Still")();
    expect(still.step([1, 2, 3, 4], [0.1, 0.2, 0.3, 0.4])).toBe(still.step([1, 2, 3, 4], [0.1, 0.2, 0.3, 0.4]));
  });
});
