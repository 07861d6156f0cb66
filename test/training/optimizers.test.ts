import fc from "fast-check";
import { describe, test } from "vitest";
import { boolean } from "../../src/layers/arguments/basic.ts";
import type { ParameterSpec } from "../../src/layers/definition.ts";
import { commonParameters } from "../../src/training/optimizers/common.ts";
import { optimizers } from "../../src/training/optimizers/index.ts";
import type { Target } from "../gradients/make-trainer.ts";
import { readJson } from "../keras/keras-case.ts";
import { callText } from "./support/call-text.ts";
import { expectNear } from "./support/expect-near.ts";
import { titleOf, type RecordedObject } from "./support/keras-object.ts";
import { references } from "./support/optimizer-references.ts";
import { runDense, runOptimizer } from "./support/run-optimizer.ts";

interface Recorded {
  readonly initial: readonly (readonly number[])[];
  readonly gradients: readonly (readonly (readonly number[])[])[];
  readonly steps: readonly number[];
  readonly cases: readonly (RecordedObject & { readonly weights: readonly (readonly (readonly number[])[])[] })[];
}

const { initial, gradients, steps, cases } = readJson<Recorded>("compile/optimizers.json");
const numbered = cases.map((recorded) => ({ title: titleOf(recorded), recorded }));
/** The first case of each optimizer. */
const first = numbered.filter(
  ({ recorded }, at) => at === cases.findIndex(({ class_name: name }) => name === recorded.class_name),
);

async function expectWeights({ weights, ...object }: Recorded["cases"][number], target: Target, bound: number) {
  const isJoint = object.args["global_clipnorm"] !== undefined;
  const found = isJoint
    ? await runDense(callText(object), initial, gradients, target)
    : await runOptimizer(
        callText(object),
        initial[0]!,
        gradients.map(([own]) => own!),
        target,
      );
  for (const [at, step] of steps.entries()) {
    const expected = isJoint ? weights[at]!.flat() : weights[at]![0]!;
    expectNear(found[step - 1]!, expected, `after ${step} steps`, bound);
  }
}

describe("weights are those of Keras", () => {
  test.each(numbered)("$title", ({ recorded }) => expectWeights(recorded, "typescript", 1e-10));
  test.each(first)("$title, WebAssembly", ({ recorded }) => expectWeights(recorded, "wasm", 2e-5));
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

  test.each(optimizers)("$identifier", async ({ identifier, parameters }) => {
    const own = parameters.filter(
      ({ name }) => !shared.has(name) || (name === "weight_decay" && identifier === "adamw"),
    );
    const number = fc.double({ min: -2, max: 2, noNaN: true }).map((value) => Math.round(value * 100) / 100);
    const values = fc.array(number, { minLength: 4, maxLength: 4 });
    const args = fc.record(Object.fromEntries(own.map((parameter) => [parameter.name, given(parameter)])));
    const sequences = fc.array(values, { minLength: 50, maxLength: 50 });
    await fc.assert(
      fc.asyncProperty(args, values, sequences, async (chosen, start, sequence) => {
        const optimizer = callText({ class_name: identifier, args: chosen });
        const found = await runOptimizer(optimizer, start, sequence, "typescript");
        const plain = Object.fromEntries(Object.entries(chosen).map(([name, value]) => [name, Number(value)]));
        const step = references[identifier]!(plain, start.length);
        let weights: readonly number[] = start;
        for (const [at, gradient] of sequence.entries()) {
          weights = step(weights, gradient, at + 1);
          expectNear(found[at]!, weights, `after ${at + 1} steps`, 1e-6);
        }
      }),
      { numRuns: 5 },
    );
  });
});
