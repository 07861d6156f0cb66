import { describe, expect, test } from "vitest";
import type { Tensor } from "../../src/ir/graph.ts";
import { loss } from "../../src/training/objects.ts";
import { losses } from "../../src/training/losses/index.ts";
import { reducedLoss } from "../../src/training/losses/reduced-loss.ts";
import { readJson } from "../keras/keras-case.ts";
import { Interpreter } from "./support/interpreter.ts";
import { kerasObject, titleOf, type RecordedObject } from "./support/keras-object.ts";

interface Numbers {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

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

/** Labels as rows with a 1 along an axis of the predictions. */
export function oneHot(labels: Numbers, { shape }: Numbers, axis: number): readonly number[] {
  const at = axis < 0 ? axis + shape.length : axis;
  const classes = shape[at]!;
  const inner = shape.slice(at + 1).reduce((product, size) => product * size, 1);
  return Array.from({ length: labels.data.length * classes }, (_, flat) => {
    const place = Math.floor(flat / (classes * inner)) * inner + (flat % inner);
    return labels.data[place] === Math.floor(flat / inner) % classes ? 1 : 0;
  });
}

function expectNear(found: readonly number[], expected: readonly number[], title: string): void {
  expect(found.length, title).toBe(expected.length);
  for (const [at, value] of expected.entries()) {
    const error = Math.abs(found[at]! - value) / Math.max(1, Math.abs(value));
    expect(error, `${title}, element ${at}: ${found[at]} for ${value}`).toBeLessThan(1e-12);
  }
}

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
