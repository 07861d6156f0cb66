import type { RelatedPlace, Span } from "../../diagnostics/diagnostic.ts";
import { shorten } from "./shorten.ts";

/** What an expression of a model file comes to, with the place it is written at. */
export type Value = ValueContent & ValuePlace;

/** Where a value stands. */
export interface ValuePlace {
  readonly span: Span;
  /** Written as it is, not computed or reached through a name; a fix may edit it. */
  readonly literal: boolean;
  /** The declaration or the call a named value comes from. */
  readonly from?: RelatedPlace;
}

export type ValueContent =
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "none" }
  /** A size known only at run time. */
  | { readonly kind: "dim"; readonly name: string }
  | { readonly kind: "list"; readonly items: readonly Value[] }
  /** A bare word that names nothing in scope: a keyword value such as `relu`, or a misspelt name. */
  | {
      readonly kind: "word";
      readonly text: string;
      /** Some argument somewhere takes this word. */
      readonly keyword: boolean;
      readonly namesInScope: () => readonly string[];
    }
  /** A call that is no function of the language: `he_normal(seed=7)`. */
  | {
      readonly kind: "call";
      readonly callee: string;
      readonly calleeSpan: Span;
      /** Some argument somewhere takes a call of this name. */
      readonly keyword: boolean;
      readonly args: readonly CallArgument[];
    }
  /** Its error has been reported, or it is a parameter of a block that is checked by itself; nothing is said of it. */
  | { readonly kind: "unknown" };

/** An argument of a call, evaluated. */
export interface CallArgument {
  readonly name?: string;
  readonly nameSpan?: Span;
  readonly value: Value;
  readonly span: Span;
}

/** Where an error about a value is shown, and the places that explain it. */
export function valuePlaces(
  value: Value,
  site: { readonly related: readonly RelatedPlace[] },
): { readonly span: Span; readonly related: readonly RelatedPlace[] } {
  return {
    span: value.span,
    related: value.from === undefined ? site.related : [value.from, ...site.related],
  };
}

/** A value in a message: `The string "64"`, `2.5`, `the dim 'time'`. Long ones are cut. */
export function describeValue(value: ValueContent): string {
  switch (value.kind) {
    case "number":
    case "boolean":
      return String(value.value);
    case "string":
      return `the string ${JSON.stringify(shorten(value.value))}`;
    case "none":
      return "none";
    case "dim":
      return `the dim '${shorten(value.name)}'`;
    case "list":
      return value.items.length === 0 ? "an empty list" : `a list of ${value.items.length}`;
    case "word":
      return `'${shorten(value.text)}'`;
    case "call":
      return `${shorten(value.callee)}(...)`;
    case "unknown":
      return "an unknown value";
  }
}
