import fc from "fast-check";

/**
 * Texts of any characters, halves of surrogate pairs among them. What `fc.string({ unit: "binary" })` does, which makes a
 * table of all of Unicode first.
 */
export function anyText(maxLength: number): fc.Arbitrary<string> {
  return fc.array(fc.nat(0x10ffff), { maxLength }).map((points) => String.fromCodePoint(...points));
}
