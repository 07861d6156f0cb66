import type { ArgumentType } from "../definition.ts";
import { reportWrongType } from "./wrong-type.ts";

/** `none` alone, for arguments of Keras whose other values the language has no words for; `why` says what is done without. */
export function nothing(why: string): ArgumentType<null> {
  return {
    expected: "none",
    offered: ["none"],
    convert: (value, site) =>
      value.kind === "none" ? null : reportWrongType(value, "none", site, `leave it out: ${why}`),
  };
}
