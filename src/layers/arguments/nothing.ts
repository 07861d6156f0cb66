import type { ArgumentType } from "./parameter.ts";
import { reportWrongType } from "./wrong-type.ts";

/** `none` alone, for arguments of Keras whose other values the language has no words for. */
export const nothing: ArgumentType = {
  expected: "none",
  convert: (value, site) => (value.kind === "none" ? null : reportWrongType(value, "none", site)),
};
