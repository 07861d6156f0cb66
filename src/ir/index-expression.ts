import { isStatic, multiplySizes, one, sizesEqual, type Size } from "./size.ts";

/** An element's position in a buffer: `constant` plus the sum of `stride * variable`. At most one term a variable. */
export interface Index {
  readonly constant: number;
  readonly terms: readonly IndexTerm[];
}

export interface IndexTerm {
  readonly variable: string;
  readonly stride: Size;
}

export function indexConstant(constant: number): Index {
  return { constant, terms: [] };
}

export function indexVariable(variable: string, stride: Size = one): Index {
  return { constant: 0, terms: [{ variable, stride }] };
}

export function addIndex(a: Index, b: Index): Index {
  const terms = [...a.terms];
  for (const term of b.terms) {
    const at = terms.findIndex((other) => other.variable === term.variable);
    const existing = terms[at];
    if (existing === undefined) {
      terms.push(term);
    } else if (sizesEqual({ ...existing.stride, factor: 1 }, { ...term.stride, factor: 1 })) {
      const factor = existing.stride.factor + term.stride.factor;
      terms[at] = { ...existing, stride: { ...existing.stride, factor } };
    } else {
      throw new Error(`unlike strides for '${term.variable}'`);
    }
  }
  return { constant: a.constant + b.constant, terms };
}

/** `index * factor` */
function scaleIndex(index: Index, factor: number): Index {
  return {
    constant: index.constant * factor,
    terms: index.terms.map((term) => ({
      ...term,
      stride: multiplySizes(term.stride, { factor, dims: [] }),
    })),
  };
}

/** Replaces a variable by an index. A variable whose stride depends on a run-time dim can only be renamed. */
export function substituteIndex(index: Index, variable: string, replacement: Index): Index {
  const term = index.terms.find((candidate) => candidate.variable === variable);
  if (term === undefined) return index;
  const rest: Index = {
    constant: index.constant,
    terms: index.terms.filter((candidate) => candidate !== term),
  };
  if (isStatic(term.stride)) return addIndex(rest, scaleIndex(replacement, term.stride.factor));
  if (replacement.constant === 0 && replacement.terms.length === 0) return rest;
  const [renamed] = replacement.terms;
  if (replacement.constant !== 0 || replacement.terms.length !== 1 || renamed === undefined) {
    throw new Error(`'${variable}' has a run-time stride and can't become a sum`);
  }
  return addIndex(rest, { constant: 0, terms: [{ variable: renamed.variable, stride: term.stride }] });
}

/** A string that is equal for equal terms, for use as a key. */
export function termsKey(index: Index): string {
  return index.terms
    .map(({ variable, stride }) => `${variable}*${stride.factor}${stride.dims.map((dim) => `*${dim}`).join("")}`)
    .sort()
    .join("+");
}
