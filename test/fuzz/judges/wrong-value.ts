import type { Evaluated } from "../formulas/evaluate.ts";

/** What `layerc verify` takes by default (`src/ir/numerics.md`). */
const tolerance = 2e-6;

/** How much a target rounds: a float64 of weights that are float32, or a float32 after each operation. */
export const swayOf = { typescript: 2, wasm: 24 } as const;

/** The first of some values that is not what formulas say, told in words; undefined where none is. */
export function wrongValue(
  found: ArrayLike<number>,
  { output, sway }: Pick<Evaluated, "output" | "sway">,
  target: keyof typeof swayOf,
): string | undefined {
  if (found.length !== output.data.length) return `${found.length} values, expected ${output.data.length}`;
  for (let at = 0; at < found.length; at++) {
    const [value, expected] = [found[at] as number, output.data[at] as number];
    if (isRight(value, expected, sway[at] as number, target)) continue;
    return `value ${at} is ${value}, expected ${expected}`;
  }
  return undefined;
}

function isRight(value: number, expected: number, sway: number, target: keyof typeof swayOf): boolean {
  const scale = Math.max(1, Math.abs(expected));
  const unsure = swayOf[target] * sway;
  // Where rounding decides, any value is right.
  if (!(unsure <= 0.02 * scale) && !Number.isNaN(expected) && Number.isFinite(expected)) return true;
  if (sway === Infinity) return true;
  const stored = Math.fround(expected);
  if (Object.is(value, stored) || value === stored) return true;
  // At the end of the range of float32 the last bit decides between a number and infinity.
  if (!Number.isFinite(value) && Math.abs(expected) > 3.4e38 && Math.sign(value) === Math.sign(expected)) return true;
  return Math.abs(value - expected) <= tolerance * scale + unsure;
}
