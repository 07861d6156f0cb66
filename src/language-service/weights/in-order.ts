import type { WeightLayer } from "../../weights/weight-file.ts";
import type { GuessedLayer } from "./call-of-arrays.ts";

interface Guess {
  readonly entry: WeightLayer;
  readonly layer: GuessedLayer | undefined;
}

/** Layers beyond which no order is looked for: there are too many. */
const mostLayers = 64;

/**
 * Layers of a file that keeps no order, as they follow one another: each takes as many values as the one before gives, and those
 * of a class that the file counts keep their order. Where that leaves a choice, and where it leaves none, products come first,
 * then all as their names count.
 */
export function inOrder(guesses: readonly Guess[]): readonly Guess[] {
  const counted = guesses.toSorted((a, b) => rank(a) - rank(b) || compare(a.entry, b.entry));
  return counted.length > mostLayers ? counted : (chain(counted, undefined, { left: 10_000 }) ?? counted);
}

/** A table can only be looked up first. */
function rank({ layer }: Guess): number {
  if (layer?.className === "Embedding") return 0;
  return layer?.sizes === undefined ? 2 : 1;
}

function compare(a: WeightLayer, b: WeightLayer): number {
  const [own, other] = [a.classNumber, b.classNumber];
  if (own !== undefined && own.base === other?.base) return own.number - other.number;
  return a.name.localeCompare(b.name, "en", { numeric: true });
}

/** Depth first; `budget` bounds the steps, for there may be as many orders as there are of anything. */
function chain(
  left: readonly Guess[],
  size: number | undefined,
  budget: { left: number },
): readonly Guess[] | undefined {
  if (left.length === 0) return [];
  for (const [at, guess] of left.entries()) {
    if (budget.left-- <= 0) return undefined;
    const sizes = sizesOf(guess);
    if (left.some((other, before) => before < at && isCountedBefore(other.entry, guess.entry))) continue;
    if (sizes === undefined || (size !== undefined && sizes[0] !== size)) continue;
    const rest = chain(left.toSpliced(at, 1), sizes[1], budget);
    if (rest !== undefined) return [guess, ...rest];
  }
  return undefined;
}

/** Whether a file counts two layers of one class. */
function isCountedBefore({ classNumber: first }: WeightLayer, { classNumber: second }: WeightLayer): boolean {
  return first !== undefined && first.base === second?.base && first.number < second.number;
}

/** What a layer takes and gives; one with a vector for each place gives what it takes. */
function sizesOf({ entry, layer }: Guess): readonly [number, number] | undefined {
  if (layer?.sizes !== undefined) return layer.sizes;
  const last = entry.arrays.find(({ shape }) => shape.length > 0)?.shape.at(-1);
  return last === undefined || layer?.className === "Embedding" ? undefined : [last, last];
}
