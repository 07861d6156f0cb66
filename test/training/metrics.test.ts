import { describe, expect, test } from "vitest";
import { metric } from "../../src/training/objects.ts";
import type { Sums } from "../../src/training/metrics/definition.ts";
import { metrics } from "../../src/training/metrics/index.ts";
import { readJson } from "../keras/keras-case.ts";
import { expectNear } from "./support/expect-near.ts";
import { Interpreter } from "./support/interpreter.ts";
import { kerasObject, titleOf, type RecordedObject } from "./support/keras-object.ts";
import { oneHot, type Numbers } from "./support/one-hot.ts";

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

const numbered = cases.map((recorded, at) => ({
  title: `${titleOf(recorded)}${recorded.batches[0]?.weight === undefined ? "" : " by weights"} ${at}`,
  recorded,
}));

describe("results over batches are those of Keras", () => {
  test.each(numbered)("$title", ({ recorded: { targets, batches, result, ...object } }) => {
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
          weight:
            weight === undefined
              ? step.put({ shape: [], perSample: false, data: [1] })
              : step.put({ shape: [], perSample: true, data: weight }),
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
