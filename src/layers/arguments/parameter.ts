import type { Diagnostic, RelatedPlace, Span } from "../../diagnostics/diagnostic.ts";
import type { ConfigValue } from "../definition.ts";
import type { Value } from "./value.ts";

/** A parameter of a layer, an activation, an initializer, ...: Keras' name, what it takes and its default. */
export interface ParameterSpec {
  readonly name: string;
  readonly type: ArgumentType;
  /** Absent where the argument must be given. */
  readonly default?: ConfigValue;
}

/** What an argument may be. Made by the functions beside this file; they compose (`optional(positiveInteger)`). */
export interface ArgumentType {
  /** After "expected": `a positive integer`. */
  readonly expected: string;
  /** Bare words it accepts, for "did you mean". */
  readonly words?: readonly string[];
  /** The checked value, or undefined after reporting why there is none (an unknown value gives none in silence). */
  convert(value: Value, site: ArgumentSite): ConfigValue | undefined;
}

/** Which argument is converted, and where its errors go. */
export interface ArgumentSite {
  /** As messages call it: `'units' of Dense`. */
  readonly subject: string;
  readonly related: readonly RelatedPlace[];
  report(diagnostic: Diagnostic): void;
}

/** Where an error about a value is shown, and the places that explain it. */
export function valuePlaces(value: Value, site: ArgumentSite): { span: Span; related: readonly RelatedPlace[] } {
  return {
    span: value.span,
    related: value.from === undefined ? site.related : [value.from, ...site.related],
  };
}
