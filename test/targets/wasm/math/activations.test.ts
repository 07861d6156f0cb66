import { describe, expect, test } from "vitest";
import type { ActivationArguments, ElementwiseActivation } from "../../../../src/activations/definition.ts";
import { activations } from "../../../../src/activations/index.ts";
import { vectorFunctions } from "../../../../src/targets/wasm/math/index.ts";
import { mappingModule, supports } from "./assemble.ts";
import { float64Function } from "./float64-scalar.ts";
import { lowerScalarFunction } from "./lower-scalar.ts";
import { ulpError } from "./ulp.ts";

const size = 2 ** 13;

/** Arguments beside the default ones. */
const variants: Readonly<Record<string, readonly ActivationArguments[]>> = {
  relu: [
    { negative_slope: 0.1, max_value: 4, threshold: 0.5 },
    { negative_slope: 0.25, threshold: -2 },
  ],
  elu: [{ alpha: 0.3 }, { alpha: -2 }],
  celu: [{ alpha: 1.5 }, { alpha: -0.5 }],
  gelu: [{ approximate: true }],
  squareplus: [{ b: 0.01 }, { b: 0 }, { b: 1e-60 }],
  hard_shrink: [{ threshold: 0.3 }],
  soft_shrink: [{ threshold: 0.3 }, { threshold: -0.3 }],
  threshold: [{ threshold: 0.3, default_value: -3 }],
};

/** Where it is more than 6: the largest error in ulp of a result of 0.001 or more, and why. */
const largerErrors: Readonly<Record<string, number>> = {
  // The exponent, about 7 where the result is 0.001, is rounded three times.
  'gelu {"approximate":true}': 15,
  // `x - 0.3` has the absolute error of 0.3 as a float32.
  'soft_shrink {"threshold":0.3}': 110,
  'soft_shrink {"threshold":-0.3}': 110,
};

interface Case {
  readonly label: string;
  readonly definition: ElementwiseActivation;
  readonly args: ActivationArguments;
}

const cases = activations.flatMap((definition): readonly Case[] => {
  if (definition.kind !== "elementwise") return [];
  const defaults = Object.fromEntries(definition.parameters.map((each) => [each.name, each.default ?? null]));
  const complete = definition.parameters.every((each) => each.default !== undefined);
  return [...(complete ? [{}] : []), ...(variants[definition.name] ?? [])].map((args) => ({
    label: [definition.name, ...(Object.keys(args).length === 0 ? [] : [JSON.stringify(args)])].join(" "),
    definition,
    args: { ...defaults, ...args },
  }));
});

const special = [
  [NaN, Infinity, -Infinity, 0, -0, 2 ** -149, -(2 ** -149), 3e38, -3e38, 2e19, -2e19],
  // The float32 numbers on both sides of 0.3, where functions jump or bend.
  [0.3, -0.3, 0.29999998211860657, -0.29999998211860657],
]
  .flat()
  .map(Math.fround);

/** Numbers of every magnitude, and more where the functions bend. */
function fillRound(inputs: Float32Array, round: number): void {
  const bits = new Uint32Array(inputs.buffer, inputs.byteOffset, inputs.length);
  const range = [1, 4, 20, 110][round % 4] as number;
  for (let at = 0; at < size; at++) {
    if (round < 4) bits[at] = Math.floor(((at + round / 4) / size) * 2 ** 32);
    else inputs[at] = ((at + round / 8) / size) * 2 * range - range;
  }
  inputs.set(special);
}

describe("in float32, with the functions of this folder", async () => {
  const set = supports("relaxed") ? "relaxed" : "plain";
  const mappings = cases.map(({ definition, args }, at) => {
    const float32Operator = definition.float32Operator?.(args);
    return lowerScalarFunction(`case_${at}`, {
      name: "",
      formula: "",
      body: definition.body(args),
      ...(float32Operator === undefined ? {} : { float32Operator }),
    });
  });
  const modules = await Promise.all(
    (set === "relaxed" ? (["relaxed", "plain"] as const) : (["plain"] as const)).map((each) =>
      mappingModule(vectorFunctions, mappings, each, size),
    ),
  );

  test.each(cases.map((each, at) => [each.label, at] as const))("%s", (label, at) => {
    const { definition, args } = cases[at]!;
    const exact = float64Function(definition.body(args));
    for (let round = 0; round < 8; round++) {
      let values: Float64Array | undefined;
      for (const module of modules) {
        fillRound(module.inputs, round);
        module.run(`case_${at}`);
        // The numbers are the same for all modules.
        values ??= Float64Array.from(module.inputs, exact);
        // A loop: `entries` takes several times as long.
        for (let index = 0; index < module.outputs.length; index++) {
          const found = module.outputs[index]!;
          const x = module.inputs[index]!;
          const expected: number = values[index]!;
          // Near its ends float32 may overflow before the result does; infinities and NaN are to be the same.
          if (Math.abs(expected) > 1e38 && Number.isFinite(expected)) continue;
          if (!Number.isFinite(expected)) {
            if (!Object.is(found, expected)) expect.fail(`${label} of ${x} is ${found}, not ${expected}`);
            continue;
          }
          const error = Math.abs(found - expected) / Math.max(1, Math.abs(expected));
          if (!(error <= 2.5e-7)) expect.fail(`${label} of ${x} is ${found}, not ${expected}`);
          const ulp = Math.abs(expected) < 1e-3 ? 0 : ulpError(found, expected);
          if (ulp > (largerErrors[label] ?? 6)) expect.fail(`${label} of ${x} is ${ulp} ulp off`);
        }
      }
    }
  });
});

test("operators that stand for whole functions exist", () => {
  const operators = cases.flatMap(({ definition, args }) => definition.float32Operator?.(args) ?? []);
  expect(operators).toEqual(["gelu"]);
  expect(operators.every((operator) => vectorFunctions.some(({ name }) => name === operator))).toBe(true);
});
