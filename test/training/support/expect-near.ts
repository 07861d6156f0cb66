import { expect } from "vitest";

/** Each number within `bound`, relative where it is above 1. */
export function expectNear(found: readonly number[], expected: readonly number[], title: string, bound = 1e-12): void {
  expect(found.length, title).toBe(expected.length);
  for (const [at, value] of expected.entries()) {
    const error = Math.abs(found[at]! - value) / Math.max(1, Math.abs(value));
    expect(error, `${title}, element ${at}: ${found[at]} for ${value}`).toBeLessThan(bound);
  }
}
