import { distance } from "fastest-levenshtein";
import type { Fix, Span } from "./diagnostic.ts";

/**
 * The candidate a misspelt word most likely means, for "did you mean": the nearest by edit distance (letter case
 * counts half), if it is near enough for the word's length. Undefined where nothing is.
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  return nearest(word, candidates)?.word;
}

export interface Nearest {
  readonly word: string;
  /** No other candidate is about as near. */
  readonly isCertain: boolean;
}

/** The candidate that a misspelt word most likely means, and whether only that one can be meant. */
export function nearest(word: string, candidates: Iterable<string>): Nearest | undefined {
  // Longer words are no slip of the fingers, and the distance takes quadratic time.
  if (word.length > 64) return undefined;
  let best: string | undefined;
  let bestDistance = reach(word.length);
  let second = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    if (candidate === word || candidate === best) continue;
    const found = slips(word, candidate, reach(word.length));
    if (found < bestDistance) {
      if (best !== undefined) second = bestDistance;
      best = candidate;
      bestDistance = found;
    } else {
      second = Math.min(second, found);
    }
  }
  return best === undefined ? undefined : { word: best, isCertain: second - bestDistance >= 0.4 };
}

/** How far two words are apart, if not farther than `most`: in slips of one letter. */
function slips(word: string, candidate: string, most: number): number {
  // Only capitals or '_' differ, as in another language's way to write the same name.
  if (folded(word) === folded(candidate)) return 0.25;
  if (Math.abs(candidate.length - word.length) > most) return Number.POSITIVE_INFINITY;
  const exact = editDistance(word, candidate);
  const loose = editDistance(word.toLowerCase(), candidate.toLowerCase());
  // Slips seldom hit the first letter: it decides between candidates that are equally near, or at the end of the reach.
  const sameStart = word.charAt(0).toLowerCase() === candidate.charAt(0).toLowerCase();
  return (exact + loose) / 2 + (sameStart ? 0 : 0.3);
}

/** A word as it is compared with others where neither capitals nor '_' count. */
export function folded(word: string): string {
  return word.replaceAll("_", "").toLowerCase();
}

/** Levenshtein's distance, but two neighbours that have changed places are one slip. */
function editDistance(word: string, candidate: string): number {
  const found = distance(word, candidate);
  if (found !== 2 || word.length !== candidate.length) return found;
  for (let at = 0; at + 1 < word.length; at++) {
    if (word[at] === candidate[at]) continue;
    const swapped = word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
    return swapped === candidate ? 1 : found;
  }
  return found;
}

/** The distance up to which a word of some length is taken for a slip: of one letter only its case. */
function reach(length: number): number {
  if (length <= 2) return 0.75;
  return length <= 5 ? 1.35 : Math.max(2, Math.floor(length / 3)) + 0.25;
}

/**
 * The help line for a suggestion, as the details of a diagnostic take it: nothing where there is none. With the place of
 * the word there is a fix besides, if only one candidate is near. `meanings` are what words of other languages mean, by
 * their small letters without '_'; they are asked first. `fitting` says what is suggested in place of a candidate.
 */
export function didYouMean(
  word: string,
  candidates: Iterable<string>,
  place?: Span,
  meanings?: ReadonlyMap<string, string>,
  fitting: (candidate: string) => string = (candidate) => candidate,
): { readonly help?: string; readonly fix?: Fix } {
  const all = [...candidates];
  const meaning = meanings?.get(folded(word));
  const isMeant = meaning !== undefined && meaning !== word && all.includes(meaning);
  const found = isMeant ? { word: meaning, isCertain: true } : nearest(word, all);
  if (found === undefined) return {};
  const text = fitting(found.word);
  const help = `did you mean '${text}'?`;
  if (place === undefined || !found.isCertain) return { help };
  return { help, fix: { title: `Write '${text}'`, edits: [{ span: place, text }] } };
}
