import type { Size } from "../../ir/size.ts";
import { code, join, trustedText, type Code, type Identifier } from "./code.ts";
import { printSize } from "./print-value.ts";
import type { UnitNames } from "./names.ts";

/** A size as an expression of the module: `64`, `16 * time`. */
export function sizeCode(size: Size, names: UnitNames): Code {
  return trustedText(printSize(size, { dim: (dim) => (names.dimNames.get(dim) as Identifier).text }));
}

/** The largest of some sizes, which only a call may know. */
export function largestSizeCode(sizes: readonly Size[], names: UnitNames): Code {
  const codes = sizes.map((size) => sizeCode(size, names));
  return codes.length === 1 ? (codes[0] as Code) : code`Math.max(${join(codes, ", ")})`;
}
