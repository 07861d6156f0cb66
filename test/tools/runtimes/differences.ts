import type { ModelResult } from "./case.ts";
import { pathKey, type Outputs } from "./outputs-of-node24.ts";
import type { Recording } from "./recording.ts";

/** The most float32 numbers between two outputs, by path and model: `wasm-simd, Digits`. */
export type Differences = Readonly<Record<string, number>>;

/** Where models gave other bits than in Node 24 on the same path. */
export function differencesOf(models: readonly ModelResult[], outputs: Outputs): Differences {
  const found: Record<string, number> = {};
  for (const result of models) {
    const wanted = outputs.get(pathKey(result));
    if (wanted === undefined) throw new Error(`Node 24 did not run ${pathKey(result)}`);
    const ulps = mostUlps(result.outputs, wanted);
    const key = `${result.backend ?? "typescript"}, ${result.model}`;
    if (ulps > 0) found[key] = Math.max(found[key] ?? 0, ulps);
  }
  return found;
}

/** Infinity where one has more values, or NaN where the other has a number. */
function mostUlps(found: Recording, wanted: Recording): number {
  if (found.order.length !== wanted.order.length) return Infinity;
  let most = 0;
  const compared = new Set<string>();
  found.order.forEach((row, at) => {
    const pair = `${row}, ${wanted.order[at]}`;
    if (compared.has(pair)) return;
    compared.add(pair);
    const [one, other] = [found.rows[row] ?? [], wanted.rows[wanted.order[at] as number] ?? []];
    if (one.length !== other.length) most = Infinity;
    one.forEach((bits, place) => (most = Math.max(most, ulps(bits, other[place] as number))));
  });
  return most;
}

/** How many float32 numbers further one lies than the other; -0 and 0 are neighbours. */
function ulps(a: number, b: number): number {
  if (isNaN(a) || isNaN(b)) return isNaN(a) && isNaN(b) ? 0 : Infinity;
  return Math.abs(place(a) - place(b));
}

/** Where a float32 number stands among all of them. */
function place(bits: number): number {
  return bits < 2 ** 31 ? bits : 2 ** 31 - 1 - bits;
}

function isNaN(bits: number): boolean {
  return bits % 2 ** 31 > 0x7f800000;
}
