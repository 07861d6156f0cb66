import fc from "fast-check";

/** Code points that are halves of characters and none themselves. */
const firstHalf = 0xd800;
const halves = 0x800;

/**
 * Any character, as a unit of `fc.string`. fast-check's own, `binary`, gives the same samples, but takes a second to make
 * a table of all characters first.
 */
const anyCharacter = fc.nat({ max: 0x10ffff - halves }).map(
  (index) => String.fromCodePoint(index < firstHalf ? index : index + halves),
  // fast-check reads its own suggestions, like `__proto__`, with it.
  (character) => {
    const code = typeof character === "string" ? (character.codePointAt(0) ?? firstHalf) : firstHalf;
    if (code >= firstHalf && code < firstHalf + halves) throw new Error("no character");
    if (String.fromCodePoint(code) !== character) throw new Error("more than a character");
    return code < firstHalf ? code : code - halves;
  },
);

/** Texts of any characters, and of words that JavaScript has a meaning for. */
export function anyText(maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: anyCharacter, maxLength });
}
