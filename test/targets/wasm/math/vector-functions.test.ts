import { describe, expect, test } from "vitest";
import { vectorFunctions } from "../../../../src/targets/wasm/math/index.ts";
import { mappingModule, supports, type InstructionSet } from "./assemble.ts";
import { largestErrors, type LargestError } from "./largest-error.ts";
import { references } from "./references.ts";

const size = 2 ** 16;
const rounds = 16;
/** Covers all bit patterns in 2^20 steps: 2048 numbers of every sign and exponent. */
const step = 2 ** 32 / (size * rounds);

const special = [
  [NaN, Infinity, -Infinity, 0, -0, 1, -1, 2, -2, 0.5, -0.5],
  [2 ** -149, -(2 ** -149), 2 ** -126, -(2 ** -126), 2 ** 127, -(2 ** 127), 3.4028234663852886e38],
  [88.72283172607422, 88.72283935546875, -87.33654022216797, -103.972076416015625, -103.97208404541016],
].flat();

/** Repeatable, and different mantissas at each step. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

describe.each(["plain", "relaxed"] as const satisfies readonly InstructionSet[])("with %s SIMD", (set) => {
  // For relaxed SIMD Node 20 needs a flag (`vitest.config.ts`).
  test("is there", () => expect(supports(set)).toBe(true));

  test.each(vectorFunctions.map(({ name, maxUlp }) => [name, maxUlp] as const))(
    "%s is within %d ulp, over a million numbers of every magnitude",
    async (name, maxUlp) => {
      const module = await mappingModule(vectorFunctions, [], set, size);
      const next = random(1);
      let largest: readonly LargestError[] = [];
      for (let round = 0; round < rounds; round++) {
        largest = largestErrors(name, [module], largest, (bits) => {
          for (let at = 0; at < size; at++) bits[at] = Math.floor((round * size + at + next()) * step);
        });
      }
      const { ulp, at } = largest[0]!;
      expect(ulp, `at ${at}`).toBeLessThanOrEqual(maxUlp);
      // The bound is what was measured, and no guess far above it.
      expect(ulp).toBeGreaterThan(maxUlp * 0.4);
    },
  );

  test.each(vectorFunctions.map(({ name }) => name))("%s of special numbers", async (name) => {
    const module = await mappingModule(vectorFunctions, [], set, size);
    module.inputs.set(special);
    module.run(name);
    special.forEach((value, at) => {
      const exact = references[name]!(value);
      const found = module.outputs[at]!;
      // Where nothing is rounded the result is the same, of the same sign.
      const sharp = exact === 0 ? name !== "gelu" : !(Math.abs(exact) < 3.4028235e38);
      if (sharp) expect(found, `${name} of ${value}`).toBe(Math.fround(exact));
      else expect(Number.isFinite(found), `${name} of ${value}`).toBe(true);
    });
  });

  test("tanh never leaves -1 to 1, and has the sign of its argument", async () => {
    const module = await mappingModule(vectorFunctions, [], set, size);
    for (let round = 0; round < rounds; round++) {
      module.inputs.forEach((_, at) => (module.inputs[at] = ((round * size + at) / (size * rounds)) * 20));
      module.run("tanh");
      const above = module.outputs.slice();
      expect(above.every((value) => value >= 0 && value <= 1)).toBe(true);
      module.inputs.forEach((value, at) => (module.inputs[at] = -value));
      module.run("tanh");
      expect(module.outputs.every((value, at) => Object.is(value, -above[at]!))).toBe(true);
    }
  });

  test("the four lanes don't depend on one another", async () => {
    const module = await mappingModule(vectorFunctions, [], set, size);
    for (const { name } of vectorFunctions) {
      module.inputs.set([NaN, 1, -Infinity, 0.25, 1, Infinity, 0.25, NaN]);
      module.run(name);
      const [, one, , quarter, sameOne, , sameQuarter] = module.outputs;
      expect([sameOne, sameQuarter]).toEqual([one, quarter]);
    }
  });
});

test("functions have names of their own", () => {
  const names = vectorFunctions.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
