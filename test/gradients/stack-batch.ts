import type { Stack } from "../random/stack.ts";

/** The samples of a stack, as often as wanted, and targets near what it gives. */
export function batchOf(
  { samples }: Stack,
  copies = 1,
): { readonly inputs: Float64Array; readonly targets: Float64Array } {
  const all = Array.from({ length: copies }, () => samples).flat();
  return {
    inputs: Float64Array.from(all.flatMap(({ input }) => [...input.data])),
    targets: Float64Array.from(
      all.flatMap(({ output }) => [...output.data].map((value, at) => value + Math.sin(at + 1))),
    ),
  };
}
