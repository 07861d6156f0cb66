import type { ArgumentType } from "../definition.ts";
import { reportWrongType } from "./wrong-type.ts";

/** A string; `expected` says what it holds: `an equation such as "ab,bc->ac"`. */
export function text(expected: string): ArgumentType<string> {
  return {
    expected,
    convert: (value, site) => (value.kind === "string" ? value.value : reportWrongType(value, expected, site)),
  };
}
