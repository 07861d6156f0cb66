import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { groupPanels } from "../../src/vectors/panels.ts";
import { instructionSets } from "./programs.ts";

describe("panels taken in streams", () => {
  const layer = {
    panels: fc.integer({ min: 0, max: 2000 }),
    isWhole: fc.boolean(),
    inputs: fc.integer({ min: 1, max: 1024 }),
    instructions: fc.constantFrom(...instructionSets),
  };

  test("are all taken and no others, few of them twice", () => {
    fc.assert(
      fc.property(fc.record(layer), ({ panels, isWhole, inputs, instructions }) => {
        const groups = groupPanels(panels, isWhole, inputs * 32, instructions);
        const taken = groups.firsts.flatMap((first) => Array.from({ length: groups.steps }, (_, at) => first + at));
        expect(new Set(taken)).toEqual(new Set(Array.from({ length: groups.panels }, (_, at) => at)));
        // Those that are left over have code of their own with the last units; more than a group's would be slow.
        expect(panels - groups.panels).toBeLessThan(instructions.mostPanels);
        expect(taken.length - groups.panels).toBeLessThanOrEqual(instructions.mostPanels + groups.panels * 0.01);
      }),
    );
  });

  test("lie at different places of the nearest cache where a few panels taken twice are enough for it", () => {
    for (const instructions of instructionSets) {
      // 800 panels of 3,200 bytes are a multiple of 4,096.
      const { firsts } = groupPanels(3200, true, 3200, instructions);
      const places = firsts.map((first) => (first * 3200) % 4096).toSorted((a, b) => a - b);
      const gaps = places.map((place, at) =>
        at === 0 ? place + 4096 - (places.at(-1) as number) : place - (places[at - 1] as number),
      );
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(512);
    }
  });
});
