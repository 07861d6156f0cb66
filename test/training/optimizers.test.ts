import fc from "fast-check";
import { describe, test } from "vitest";
import { boolean } from "../../src/layers/arguments/basic.ts";
import type { ParameterSpec } from "../../src/layers/definition.ts";
import { optimizer } from "../../src/training/objects.ts";
import { commonParameters } from "../../src/training/optimizers/common.ts";
import { optimizers } from "../../src/training/optimizers/index.ts";
import { readJson } from "../keras/keras-case.ts";
import { expectNear } from "./support/expect-near.ts";
import { kerasObject, titleOf, type RecordedObject } from "./support/keras-object.ts";
import { references } from "./support/optimizer-references.ts";
import { runOptimizer, type Arrays } from "./support/run-optimizer.ts";

interface Recorded {
  readonly initial: Arrays;
  readonly gradients: readonly Arrays[];
  readonly steps: readonly number[];
  readonly cases: readonly (RecordedObject & { readonly weights: readonly Arrays[]; readonly finally?: Arrays })[];
}

const { initial, gradients, steps, cases } = readJson<Recorded>("compile/optimizers.json");

describe("weights are those of Keras", () => {
  test.each(cases.map((recorded) => ({ title: titleOf(recorded), recorded })))("$title", ({ recorded }) => {
    const found = runOptimizer(kerasObject(optimizer, recorded), initial, gradients);
    for (const [at, step] of steps.entries()) {
      expectNear(found.steps[step - 1]!.flat(), recorded.weights[at]!.flat(), `after ${step} steps`);
    }
    if (recorded.finally !== undefined) expectNear(found.finally.flat(), recorded.finally.flat(), "in the end");
  });
});

/** A value of a parameter that may well be given: within its range, and far enough from where sums cancel. */
function given({ name, type, default: preset }: ParameterSpec): fc.Arbitrary<number | boolean> {
  if (type === boolean) return fc.boolean();
  if (name === "learning_rate_power") return fc.constantFrom(-0.5, -0.3, -1);
  if (name === "learning_rate") return fc.double({ min: 1e-3, max: 0.2, noNaN: true });
  if (name === "epsilon") return fc.constantFrom(1e-7, 1e-4, 0.01);
  if (name.startsWith("beta_") || name === "rho" || name === "momentum") {
    return fc.double({ min: 0.05, max: 0.999, noNaN: true });
  }
  return fc.constantFrom(preset as number, 0.02, 0.3);
}

describe("over 50 steps, with any arguments, weights are those of a reference", () => {
  const shared = new Set<string>(commonParameters.map(({ name }) => name));

  test.each(optimizers)("$identifier", (definition) => {
    const own = definition.parameters.filter(
      ({ name }) => !shared.has(name) || (name === "weight_decay" && definition.identifier === "adamw"),
    );
    const number = fc.double({ min: -2, max: 2, noNaN: true }).map((value) => Math.round(value * 100) / 100);
    const count = 3;
    const values = fc.array(number, { minLength: count, maxLength: count });
    const args = fc.record(Object.fromEntries(own.map((parameter) => [parameter.name, given(parameter)])));
    fc.assert(
      fc.property(args, values, fc.array(values, { minLength: 50, maxLength: 50 }), (chosen, initial, sequence) => {
        const object = kerasObject(optimizer, { class_name: definition.identifier, args: chosen });
        const { steps: found } = runOptimizer(
          object,
          [initial],
          sequence.map((gradient) => [gradient]),
        );
        const plain = Object.fromEntries(Object.entries(chosen).map(([name, value]) => [name, Number(value)]));
        const step = references[definition.identifier]!(plain, count);
        let weights: readonly number[] = initial;
        for (const [at, gradient] of sequence.entries()) {
          weights = step(weights, gradient, at + 1);
          expectNear(found[at]!.flat(), weights, `after ${at + 1} steps`, 1e-7);
        }
      }),
      { numRuns: 20 },
    );
  });
});
