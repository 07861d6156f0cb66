import fc from "fast-check";
import * as prettier from "prettier";
import { describe, expect, test } from "vitest";
import { formatSource } from "../../src/format/format-source.ts";
import layers, * as plugin from "../../src/format/prettier-plugin.ts";
import { mixedText, texts } from "./mixed-texts.ts";

const language: prettier.Options = { parser: "layers", plugins: [plugin] };

function format(text: string, options: prettier.Options = {}): Promise<string> {
  return prettier.format(text, { ...language, ...options });
}

describe("in Prettier itself", () => {
  test("the language is known by the ending of files, and by the default export as by the names", async () => {
    for (const one of [plugin, layers]) {
      const { inferredParser } = await prettier.getFileInfo("models/digits.layers", { plugins: [one] });
      expect(inferredParser).toBe("layers");
      const formatted = await prettier.format("let a  =  1", { filepath: "digits.layers", plugins: [one] });
      expect(formatted).toBe("let a = 1\n");
    }
    const { languages, options } = await prettier.getSupportInfo({ plugins: [plugin] });
    expect(languages.find(({ name }) => name === "Layers")?.extensions).toEqual([".layers"]);
    // The options that it takes are told as Prettier tells them without it.
    const own = (await prettier.getSupportInfo()).options;
    const others = (all: typeof options) => all.filter(({ name }) => name !== "parser");
    expect(others(options)).toEqual(others(own));
  });

  test("all texts are formatted as formatSource does", async () => {
    for (const text of texts) expect(await format(text)).toBe(await formatSource(text));
    await fc.assert(
      fc.asyncProperty(mixedText, async (text) => {
        expect(await format(text)).toBe(await formatSource(text));
      }),
      { numRuns: 10 },
    );
  });

  test.each<readonly [string, prettier.Options, string]>([
    ["printWidth", { printWidth: 14 }, "let a = [\n  1, 2, 3, 4,\n]\n"],
    ["tabWidth", { printWidth: 14, tabWidth: 6 }, "let a = [\n      1, 2, 3,\n      4,\n]\n"],
    ["useTabs", { printWidth: 14, useTabs: true }, "let a = [\n\t1, 2, 3, 4,\n]\n"],
    ["endOfLine", { printWidth: 14, endOfLine: "crlf" }, "let a = [\r\n  1, 2, 3, 4,\r\n]\r\n"],
    ["trailingComma", { printWidth: 14, trailingComma: "none" }, "let a = [\n  1, 2, 3, 4\n]\n"],
    [
      "others, which mean nothing here",
      { singleQuote: true, semi: true, quoteProps: "consistent", proseWrap: "always", objectWrap: "collapse" },
      "let a = [1, 2, 3, 4]\n",
    ],
  ])("%s", async (_, options, expected) => {
    expect(await format("let a=[1,2,3,4]", options)).toBe(expected);
  });

  test("bracketSpacing", async () => {
    expect(await format('import {A,B} from "./a.layers"', { bracketSpacing: false })).toBe(
      'import {A, B} from "./a.layers"\n',
    );
  });

  test("ends of lines and a byte order mark", async () => {
    const text = "\uFEFFlet a  =  1 // one\r\n/* two\r\nlines */\r\nlet b = 2\r\n\r\n\r\nlet c = 3\r\n";
    const formatted = "\uFEFFlet a = 1 // one\n/* two\nlines */\nlet b = 2\n\nlet c = 3\n";
    expect(await format(text)).toBe(formatted);
    expect(await format(text, { endOfLine: "auto" })).toBe(formatted.replaceAll("\n", "\r\n"));
  });

  test("requirePragma, checkIgnorePragma and insertPragma", async () => {
    const text = "let a  =  1\n";
    for (const pragma of ["// @format\n", "/* @prettier */\n", "// One.\n\n/**\n * @format\n */\n"]) {
      expect(await format(pragma + text, { requirePragma: true })).toBe(`${pragma}let a = 1\n`);
      expect(await format(pragma + text, { insertPragma: true })).toBe(`${pragma}let a = 1\n`);
    }
    expect(await format(`${text}// @format\n`, { requirePragma: true })).toBe(`${text}// @format\n`);
    expect(await format(`// @noformat\n${text}`, { checkIgnorePragma: true })).toBe(`// @noformat\n${text}`);
    expect(await format(text, { insertPragma: true })).toBe("// @format\n\nlet a = 1\n");
  });

  test("code in Markdown", async () => {
    const markdown = "# Models\n\n```layers\nmodel  M { input [ 3 ] Dense( 2 ) }\n```\n";
    expect(await prettier.format(markdown, { parser: "markdown", plugins: [plugin] })).toBe(
      "# Models\n\n```layers\nmodel M {\n  input [3]\n  Dense(2)\n}\n```\n",
    );
    // What is wrong stays as it is, as code of other languages does.
    const wrong = "```layers\nmodel  M {\n```\n";
    expect(await prettier.format(wrong, { parser: "markdown", plugins: [plugin] })).toBe(wrong);
  });

  test("an error of syntax is one of Prettier's, with its place and the lines around, in the compiler's words", async () => {
    const error: unknown = await format("model M {\n  input [3]\n  Dense(units 3)\n}\n").catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(SyntaxError);
    expect(error).toMatchObject({
      loc: { start: { line: 3, column: 9 }, end: { line: 3, column: 14 } },
      codeFrame: expect.stringContaining("> 3 |   Dense(units 3)\n    |         ^^^^^"),
      message: expect.stringMatching(/^An argument is named with '='.* \(3:9\)\n/),
    });
  });

  test("a range is left to formatRange: Prettier formats those of its own languages only", async () => {
    const text = "let a  =  1\nlet b  =  2\n";
    expect(await format(text, { rangeStart: 0, rangeEnd: 11 })).toBe(text);
  });
});

describe("the cursor", () => {
  test.each([
    ["in a name", "let  a|b  =  1", "let a|b = 1\n"],
    ["in an argument", "model M { Dense( 3, activation= re|lu ) }", "model M {\n  Dense(3, activation=re|lu)\n}\n"],
    ["behind a statement", "model M {\nDense( 3 )|\nDense( 4 )\n}", "model M {\n  Dense(3)|\n  Dense(4)\n}\n"],
    ["in a comment", "let a  =  1 // o|ne\n", "let a = 1 // o|ne\n"],
    ["at the end", "let a  =  1\n|", "let a = 1\n|"],
  ])("%s", async (_, marked, expected) => {
    const cursorOffset = marked.indexOf("|");
    const result = await prettier.formatWithCursor(marked.replace("|", ""), { ...language, cursorOffset });
    const { formatted, cursorOffset: at } = result;
    expect(`${formatted.slice(0, at)}|${formatted.slice(at)}`).toBe(expected);
  });

  test("stays before the same letter wherever it is, and changes nothing of the text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...texts), fc.nat(), async (text, any) => {
        const words = [...text.matchAll(/[A-Za-z]\w*/g)].map(({ index }) => index);
        const cursorOffset = words[any % words.length] as number;
        const result = await prettier.formatWithCursor(text, { ...language, cursorOffset });
        expect(result.formatted).toBe(await formatSource(text));
        expect(result.formatted[result.cursorOffset]).toBe(text[cursorOffset]);
      }),
      { numRuns: 25 },
    );
  });
});
