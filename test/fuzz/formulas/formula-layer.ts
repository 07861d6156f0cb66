import type { Nd } from "../../random/nd.ts";

/** An argument as Keras' `get_config` writes it. */
export type FormulaValue =
  null | boolean | number | string | readonly FormulaValue[] | { readonly [name: string]: FormulaValue };

/** A layer by Keras' class and arguments, with its arrays: what its output is follows from nothing else. */
export interface FormulaLayer {
  readonly className: string;
  /** What is left out has Keras' default. */
  readonly config: { readonly [name: string]: FormulaValue };
  /** By Keras' names; those of a wrapped layer without its own: `kernel`. */
  readonly weights: ReadonlyMap<string, Nd>;
}

/** Says that there is no formula for something: it is not judged, and not wrong. */
export class NoFormula extends Error {}

export function noFormula(what: string): never {
  throw new NoFormula(what);
}
