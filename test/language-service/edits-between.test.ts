import fc from "fast-check";
import { expect, test } from "vitest";
import { editsBetween } from "../../src/language-service/edits/edits-between.ts";

function apply(text: string, edits: ReturnType<typeof editsBetween>): string {
  return edits.reduceRight((result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end), text);
}

const pieces = fc.array(
  fc.constantFrom("a", "b", "12", " ", "  ", "\n", "\r\n", ",", "(", ")", "// c", "😀", "\uD83D", "é"),
  {
    maxLength: 60,
  },
);

test("the edits of any two texts make one of the other, in order, at places that editors have", () => {
  fc.assert(
    fc.property(pieces, pieces, (before, after) => {
      const [old, now] = [before.join(""), after.join("")];
      const edits = editsBetween(old, now);
      expect(apply(old, edits)).toBe(now);
      let last = 0;
      for (const { start, end, text } of edits) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end > start || text !== "").toBe(true);
        for (const at of [start, end]) {
          expect(old.slice(at - 1, at + 1)).not.toBe("\r\n");
          expect(old.slice(at - 1, at + 1)).not.toBe("😀");
        }
        last = end;
      }
    }),
  );
});

test("texts that differ in blanks and commas alone keep all their words", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom("a", "b", "cc", "(", ")"), fc.constantFrom(" ", "\n", "  ", ", ", ",\n")), {
        maxLength: 80,
      }),
      (tokens) => {
        const old = tokens.map(([word]) => word).join(" ");
        const now = tokens.flat().join("");
        for (const { start, end } of editsBetween(old, now)) expect(old.slice(start, end)).toMatch(/^[\s()]*$/);
      },
    ),
  );
});

test("texts that have nothing in common are one edit, quickly for long ones", () => {
  const [old, now] = ["a ".repeat(20_000), "b ".repeat(20_000)];
  expect(editsBetween(old, now)).toEqual([{ start: 0, end: old.length - 1, text: now.slice(0, -1) }]);
});
