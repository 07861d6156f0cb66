import { describe, expect, test } from "vitest";
import { metric } from "../../src/training/objects.ts";
import type { Sums } from "../../src/training/metrics/definition.ts";
import { metrics } from "../../src/training/metrics/index.ts";
import type { Target } from "../gradients/make-trainer.ts";
import { readJson } from "../keras/keras-case.ts";
import { callText } from "./support/call-text.ts";
import { expectNear } from "./support/expect-near.ts";
import { Interpreter } from "./support/interpreter.ts";
import { kerasObject, titleOf, type RecordedObject } from "./support/keras-object.ts";
import { oneHot, type Numbers } from "./support/one-hot.ts";
import { predictionTrainer, tableOf } from "./support/prediction-model.ts";

interface Batch {
  readonly target: Numbers;
  readonly prediction: Numbers;
  readonly weight?: readonly number[];
}

interface Recorded {
  readonly cases: readonly (RecordedObject & {
    readonly targets: "same" | "labels";
    readonly batches: readonly Batch[];
    readonly result: number;
  })[];
}

const { cases } = readJson<Recorded>("compile/metrics.json");

const numbered = cases.map((recorded, at) => ({ title: `${titleOf(recorded)} ${at}`, recorded }));
const isWeighted = ({ recorded }: (typeof numbered)[number]): boolean => recorded.batches[0]?.weight !== undefined;

async function expectResult(
  { targets, batches, result, ...object }: Recorded["cases"][number],
  to: Target,
  bound: number,
) {
  const labels = "sparse_categorical_crossentropy(from_logits=true, ignore_class=-1)";
  const loss = targets === "labels" ? labels : "mean_squared_error";
  const clause = `optimizer=sgd, loss=${loss}, metrics=[${callText(object)}]`;
  const { trainer, inputs } = await predictionTrainer(batches[0]!.prediction, clause, to);
  for (const { target, prediction } of batches) {
    tableOf(trainer).set(prediction.data);
    trainer.observe(inputs, target.data);
  }
  const { identifier } = kerasObject(metric, object);
  expectNear([trainer.results()[identifier]!], [result], "result", bound);
}

describe("results over batches are those of Keras", () => {
  const plain = numbered.filter((one) => !isWeighted(one));
  const first = plain.filter(
    ({ recorded }, at) => at === plain.findIndex(({ recorded: other }) => other.class_name === recorded.class_name),
  );
  test.each(plain)("$title", ({ recorded }) => expectResult(recorded, "typescript", 1e-12));
  test.each(first)("$title, WebAssembly", ({ recorded }) => expectResult(recorded, "wasm", 1e-5));
});

describe("results by the weights of samples are those of Keras", () => {
  test.each(numbered.filter(isWeighted))("$title", ({ recorded: { targets, batches, result, ...object } }) => {
    const { identifier, config } = kerasObject(metric, object);
    const definition = metrics.find((other) => other.identifier === identifier)!;
    const totals = new Map<string, { readonly shape: readonly number[]; readonly data: readonly number[] }>();
    for (const { target, prediction, weight } of batches) {
      const step = new Interpreter(prediction.shape[0]!);
      const shape = prediction.shape.slice(1);
      const rows = targets === "labels" ? oneHot(target, prediction, -1) : target.data;
      const sums = definition.sums(
        {
          graph: step.builder,
          target: step.put({ shape, perSample: true, data: rows }),
          prediction: step.put({ shape, perSample: true, data: prediction.data }),
          weight: step.put({ shape: [], perSample: true, data: weight! }),
          targets,
        },
        config,
      );
      for (const [name, tensor] of Object.entries(sums)) {
        const before = totals.get(name)?.data;
        const data = step.numbersOf(tensor).map((value, at) => value + (before?.[at] ?? 0));
        totals.set(name, { shape: tensor.shape.map(({ factor }) => factor), data });
      }
    }
    const last = new Interpreter(1);
    const sums: Sums = Object.fromEntries(
      [...totals].map(([name, total]) => [name, last.put({ ...total, perSample: false })]),
    );
    expectNear(last.numbersOf(definition.result(last.builder, sums, config)), [result], "result");
  });

  test("each metric has cases", () => {
    const tried = new Set(cases.map(({ class_name: name }) => name));
    const missing = metrics.filter(({ className, identifier }) => !tried.has(className) && !tried.has(identifier));
    expect(missing).toEqual([]);
  });
});
