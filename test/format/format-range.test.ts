import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatRange } from "../../src/format/format-range.ts";
import { formatSource } from "../../src/format/format-source.ts";
import { parseSource } from "../../src/syntax/parse-source.ts";
import { meaning } from "./meaning.ts";
import { commentTexts, mixedText, parsed } from "./mixed-texts.ts";

/** The text with what is between `«` and `»` formatted. */
async function formatted(marked: string): Promise<string> {
  const start = marked.indexOf("«");
  const end = marked.indexOf("»") - 1;
  const text = marked.replace(/[«»]/g, "");
  const edit = await formatRange(text, { start, end });
  return edit === undefined ? text : text.slice(0, edit.start) + edit.text + text.slice(edit.end);
}

describe("a range", () => {
  test.each([
    ["of a declaration", "let a  =  1\nlet «b»  =  2\nlet c  =  3\n", "let a  =  1\nlet b = 2\nlet c  =  3\n"],
    [
      "of several",
      "let a  =  1\nlet b  =  «2\n\n\nlet» c  =  3\nlet d  =  4",
      "let a  =  1\nlet b = 2\n\nlet c = 3\nlet d  =  4",
    ],
    [
      "of a statement, with its comments",
      "model  M {\n input [ 3 ]\n      // Units.\n   D( «3» ) // D\n      E( 4 )\n}",
      "model  M {\n input [ 3 ]\n  // Units.\n  D(3) // D\n      E( 4 )\n}",
    ],
    ["in a repeat", "model M {\nrepeat  2 {\nA( 1 )\n«B»( 2 )\n}\n}", "model M {\nrepeat  2 {\nA( 1 )\n    B(2)\n}\n}"],
    [
      "in a repeat that stands on one line then",
      "model M {\nrepeat  2 {\n«B»( 2 )\n}\nC( 1 )\n}",
      "model M {\n  repeat 2 { B(2) }\nC( 1 )\n}",
    ],
    ["that is empty", "let a  =  1\nlet b  = «» 2", "let a  =  1\nlet b = 2"],
    [
      "into which a comment moves",
      "let b  =  2\nmodel M /* m */ { D( «3» ) }",
      "let b  =  2\n\nmodel M {\n  /* m */\n  D(3)\n}",
    ],
    [
      "with other ends of lines",
      "let a  =  1\r\nlet b  =  «[\r\n1, // one\r\n2 ]»",
      "let a  =  1\r\nlet b = [\r\n  1, // one\r\n  2,\r\n]",
    ],
    ["of what is right", "let «a» = 1\nlet b  =  2", "let a = 1\nlet b  =  2"],
    ["behind everything", "let a  =  1\n// «end»\n", "let a  =  1\n// end\n"],
    [
      "from an import on",
      '«import {A}   from "./a.layers"\nlet b  =»  2',
      'import { A } from "./a.layers"\n\nlet b = 2',
    ],
  ])("%s", async (_, marked, expected) => {
    expect(await formatted(marked)).toBe(expected);
  });

  test("of a text that is wrong is refused", async () => {
    await expect(formatRange("let a = \nlet b  =  2", { start: 12, end: 14 })).rejects.toThrow(SyntaxError);
  });
});

test("formatting any range keeps the tree, the comments and what is outside of it", async () => {
  await fc.assert(
    fc.asyncProperty(mixedText, fc.nat(), fc.nat(), async (text, one, other) => {
      const [start = 0, end = 0] = [one % (text.length + 1), other % (text.length + 1)].sort((a, b) => a - b);
      const edit = await formatRange(text, { start, end });
      if (edit === undefined) return;
      const result = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
      expect(meaning(parsed(result)), result).toEqual(meaning(parsed(text)));
      expect(commentTexts(result), result).toEqual(commentTexts(text));
      expect(edit.start).toBeLessThanOrEqual(end);
      expect(edit.end).toBeGreaterThanOrEqual(start);
      // What was formatted is as in the whole file.
      expect(await formatSource(result)).toBe(await formatSource(text));
    }),
    { numRuns: 40 },
  );
});

test("the range of a whole file formats it but for what is before and behind", async () => {
  await fc.assert(
    fc.asyncProperty(mixedText, async (text) => {
      const edit = await formatRange(text, { start: 0, end: text.length });
      const { value } = parseSource({ path: "m.layers", text });
      if (value.imports.length + value.declarations.length === 0) return expect(edit).toBeUndefined();
      const result = edit === undefined ? text : text.slice(0, edit.start) + edit.text + text.slice(edit.end);
      const whole = await formatSource(text);
      const last = [...value.imports, ...value.declarations].map(({ span }) => span.end);
      const behind = text.slice(Math.max(...last));
      if (!/\/[/*]/.test(behind)) expect(result.trimEnd()).toBe(whole.trimEnd());
    }),
    { numRuns: 15 },
  );
});
