import type { Span } from "../diagnostics/diagnostic.ts";
import type { JsonValue } from "../files/json.ts";
import type { Formula } from "./formula.ts";

/** How a value of a configuration is written in the script, as far as that is more than the value. */
export interface Written {
  /** Where an object, a metric, or an argument of one stands. */
  readonly span?: Span;
  /** Of a number. */
  readonly formula?: Formula;
  /** Of a list. */
  readonly items?: readonly Written[];
  /** The name that the script gives to a list of numbers once and for all. */
  readonly name?: string;
  /** Of a layer or another object of Keras: its arguments. */
  readonly entries?: ReadonlyMap<string, Written>;
}

/** A value of a script as a configuration of Keras has it; without `json` it has none, and `why` says the reason. */
export interface Converted {
  readonly json?: JsonValue;
  readonly written: Written;
  readonly why?: { readonly reason: string; readonly span: Span; readonly help?: string; readonly instead?: string };
}
