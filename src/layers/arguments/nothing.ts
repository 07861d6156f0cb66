import type { ArgumentType } from "../definition.ts";
import { reportWrongType } from "./wrong-type.ts";

/** `none` alone, for arguments of Keras whose other values the language has no words for. */
export const nothing: ArgumentType<null> = {
  expected: "none",
  offered: ["none"],
  convert: (value, site) => (value.kind === "none" ? null : reportWrongType(value, "none", site)),
};
