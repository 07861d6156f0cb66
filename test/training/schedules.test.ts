import { describe, expect, test } from "vitest";
import { objectType } from "../../src/layers/keras-objects/types.ts";
import { schedules } from "../../src/training/schedules/index.ts";
import { readJson } from "../keras/keras-case.ts";
import { kerasObject, titleOf, type RecordedObject } from "./support/keras-object.ts";
import { rateOf } from "./support/run-optimizer.ts";

interface Recorded {
  readonly iterations: readonly number[];
  readonly cases: readonly (RecordedObject & { readonly rates: readonly number[] })[];
}

const { iterations, cases } = readJson<Recorded>("compile/schedules.json");
const schedule = objectType("schedule", "a learning-rate schedule", schedules);

describe("learning rates are those of Keras", () => {
  test.each(cases.map((recorded) => ({ title: titleOf(recorded), recorded })))("$title", ({ recorded }) => {
    const object = kerasObject(schedule, recorded);
    for (const [at, iteration] of iterations.entries()) {
      expect(rateOf(object, iteration), `at ${iteration}`).toBeCloseTo(recorded.rates[at]!, 14);
    }
  });
});
