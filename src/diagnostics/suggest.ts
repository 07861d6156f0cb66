import { distance } from "fastest-levenshtein";

/**
 * The candidate a misspelt word most likely means, for "did you mean": the nearest by edit distance (letter case
 * counts half), if it is near enough for the word's length. Undefined where nothing is.
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  // Longer words are no slip of the fingers, and the distance takes quadratic time.
  if (word.length > 64) return undefined;
  let best: string | undefined;
  let bestDistance = reach(word.length);
  for (const candidate of candidates) {
    if (candidate === word || Math.abs(candidate.length - word.length) > bestDistance) continue;
    const exact = distance(word, candidate);
    const loose = distance(word.toLowerCase(), candidate.toLowerCase());
    // Slips seldom hit the first letter: it decides between candidates that are equally near.
    const sameStart = word.charAt(0).toLowerCase() === candidate.charAt(0).toLowerCase();
    const found = (exact + loose) / 2 + (sameStart ? 0 : 0.1);
    if (found < bestDistance) {
      best = candidate;
      bestDistance = found;
    }
  }
  return best;
}

/** The distance up to which a word of some length is taken for a slip: of one letter only its case. */
function reach(length: number): number {
  if (length <= 2) return 0.75;
  return length === 3 ? 1.25 : Math.max(2, Math.floor(length / 3)) + 0.25;
}

/** The help line for a suggestion, as the details of a diagnostic take it: nothing where there is none. */
export function didYouMean(word: string, candidates: Iterable<string>): { readonly help?: string } {
  const found = suggest(word, candidates);
  return found === undefined ? {} : { help: `did you mean '${found}'?` };
}
