import { termsKey, type Index } from "../../ir/index-expression.ts";

/**
 * The locals that elements of an input are read into, by `elementKey`: `x3` for the element at constant 3, where `input` is `x`;
 * numbered on where that is ambiguous, also with a name that is `taken`.
 */
export function elementNames(
  indices: readonly Index[],
  input: string,
  taken: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const constants = new Set(indices.map((index) => index.constant));
  const distinct = constants.size === indices.length;
  return new Map(
    indices.map((index, at) => {
      const base = `${input}${distinct ? index.constant : at}`;
      let name = base;
      for (let next = 1; taken.has(name); next++) name = `${base}_${next}`;
      return [elementKey(index), name];
    }),
  );
}

/** Tells the elements of one buffer apart. */
export function elementKey(index: Index): string {
  return `${termsKey(index)}+${index.constant}`;
}
