import fc from "fast-check";
import { format } from "prettier";
import { expect, test } from "vitest";
import { originOf, withChecksum } from "../../src/targets/generated-mark.ts";
import { compileCode } from "./support/compile-text.ts";

const source = `/// It's "quoted", and \`more\`.
model Net { input [3]  Dense(4, relu)  Dense(3)  labels ["it's", "a \\"b\\"", "c, (d);"] }`;

test("a formatter's work is no edit, however it is set", async () => {
  const { text } = await compileCode(source);
  const settings = fc.record({
    printWidth: fc.integer({ min: 20, max: 200 }),
    semi: fc.boolean(),
    singleQuote: fc.boolean(),
    useTabs: fc.boolean(),
    quoteProps: fc.constantFrom("as-needed", "consistent", "preserve"),
    trailingComma: fc.constantFrom("all", "es5", "none"),
    arrowParens: fc.constantFrom("always", "avoid"),
    objectWrap: fc.constantFrom("preserve", "collapse"),
    experimentalTernaries: fc.boolean(),
    endOfLine: fc.constantFrom("lf", "crlf"),
  });
  await fc.assert(
    fc.asyncProperty(settings, async (options) => {
      expect(originOf(await format(text, { ...options, parser: "typescript" }))).toBe("generated");
    }),
    { numRuns: 25 },
  );
});

test("any other character that comes, goes or changes is one", async () => {
  const { text } = await compileCode(source);
  const body = text.indexOf("\n") + 1;
  const isLayout = (character: string | undefined): boolean => /[\s"'`\\,;()|&]/.test(character ?? "");
  fc.assert(
    fc.property(
      fc.integer({ min: body, max: text.length }),
      fc.integer({ min: 0, max: 2 }),
      fc.string({ unit: "grapheme", minLength: 0, maxLength: 3 }),
      (at, removed, added) => {
        const edited = text.slice(0, at) + added + text.slice(at + removed);
        const meaning = (code: string): string => [...code].filter((character) => !isLayout(character)).join("");
        expect(originOf(edited)).toBe(
          meaning(edited.slice(body)) === meaning(text.slice(body)) ? "generated" : "edited",
        );
      },
    ),
    { numRuns: 2000 },
  );
});

test("a checksum is computed anew over what was added", async () => {
  const { text } = await compileCode(source);
  const more = `${text}export {};\n`;
  expect(originOf(more)).toBe("edited");
  expect(originOf(withChecksum(more))).toBe("generated");
  expect(withChecksum(text)).toBe(text);
});

test("a file's name may be anything", async () => {
  const names = fc.string({ unit: "binary", minLength: 1, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(names, async (name) => {
      const { text } = await compileCode("model One { input [1]  ReLU() }", { path: `${name}.layers` });
      expect(originOf(new TextDecoder().decode(new TextEncoder().encode(text)))).toBe("generated");
    }),
    { numRuns: 50 },
  );
});
