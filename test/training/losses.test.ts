import { describe, expect, test } from "vitest";
import type { Tensor } from "../../src/ir/graph.ts";
import { loss } from "../../src/training/objects.ts";
import { losses } from "../../src/training/losses/index.ts";
import { reducedLoss } from "../../src/training/losses/reduced-loss.ts";
import { readJson } from "../keras/keras-case.ts";
import { Interpreter } from "./support/interpreter.ts";
import { oneHot, type Numbers } from "./support/one-hot.ts";
import { expectNear } from "./support/expect-near.ts";
import { kerasObject, titleOf, type RecordedObject } from "./support/keras-object.ts";

interface Recorded {
  readonly weights: readonly number[];
  readonly cases: readonly (RecordedObject & {
    readonly target: Numbers;
    readonly prediction: Numbers;
    readonly values: Numbers;
    readonly loss: number;
    readonly weighted?: number;
  })[];
}

const { weights, cases } = readJson<Recorded>("compile/losses.json");

describe("values are those of Keras", () => {
  test.each(cases.map((recorded, at) => ({ title: `${titleOf(recorded)} ${at}`, recorded })))(
    "$title",
    ({ recorded }) => {
      const { target, prediction, values } = recorded;
      const { identifier, config } = kerasObject(loss, recorded);
      const definition = losses.find((other) => other.identifier === identifier)!;
      const step = new Interpreter(prediction.shape[0]!);
      const shape = prediction.shape.slice(1);
      const rows = definition.targets === "labels" ? oneHot(target, prediction, config["axis"] as number) : target.data;
      const compared = {
        graph: step.builder,
        target: step.put({ shape, perSample: true, data: rows }),
        prediction: step.put({ shape, perSample: true, data: prediction.data }),
      };
      const found = definition.values(compared, config);
      const counts = definition.counts?.(compared, config);
      expectNear(step.numbersOf(found), values.data, "values");
      const reduce = (weight?: Tensor) => {
        const given = { values: found, counts, ...(weight === undefined ? {} : { weight }) };
        return step.numbersOf(reducedLoss(step.builder, given, config["reduction"] as "sum"));
      };
      expectNear(reduce(), [recorded.loss], "loss");
      if (recorded.weighted !== undefined) {
        const weight = step.put({ shape: [], perSample: true, data: weights });
        expectNear(reduce(weight), [recorded.weighted], "weighted loss");
      }
    },
  );

  test("each loss has cases", () => {
    const tried = new Set(cases.map(({ class_name: name }) => name));
    expect(losses.filter(({ className }) => !tried.has(className))).toEqual([]);
  });
});
