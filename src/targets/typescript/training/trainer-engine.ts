import type { Size } from "../../../ir/size.ts";
import type { Code, Identifier } from "../code.ts";
import type { Preformatted } from "../preformatted.ts";
import type { Support, SupportFunction } from "../support-function.ts";

/**
 * Code of another target that runs the programs of a trainer on one memory, in float32. Where it can't run, the loops do, on
 * arrays of the same type.
 */
export interface TrainerEngine {
  /** Functions it uses that depend on no model. */
  readonly support: readonly SupportFunction[];
  readonly layout: EngineLayout;
  /** By error code, from 1 on: an index that data had to be, and was not. */
  readonly lookups: readonly { readonly what: string; readonly size: number }[];
  print(context: EngineContext): EngineCode;
}

/** Where arrays lie in memory, in bytes. */
export interface EngineLayout {
  readonly addresses: ReadonlyMap<string, number>;
  /** Arrays that grow with the batch, in the order of the addresses that `run` takes. */
  readonly growing: readonly { readonly name: string; readonly sizes: readonly Size[] }[];
  readonly dataStart: number;
}

export interface EngineContext {
  fresh(text: string): Identifier;
  readonly support: Support;
  readonly preformatted: Pick<Preformatted, "add">;
}

export interface EngineCode {
  /** Functions and constants, one an item. */
  readonly sections: readonly Code[];
  /** The exports of an instance, `memory` and `run(program, samples, dims..., addresses...)`, or undefined. */
  readonly start: Code;
}
