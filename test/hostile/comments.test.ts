import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "../../src/index.ts";
import { commentText } from "../../src/targets/typescript/comment-text.ts";
import { typeCheck } from "../targets/support/type-check.ts";
import { directives, directiveText, obeyed } from "./directives.ts";

/** A source with a text in every place from which texts reach a comment: docs, names of layers, of labels and of the file. */
function sourceOf(texts: readonly string[]): string {
  const names = [...new Set(texts)].filter(
    (text) => !/[/\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(text) && text.trim() === text,
  );
  const doc = (indent: string): readonly string[] =>
    texts.map((text) => `${indent}/// ${text.replaceAll(/[\r\n]/g, " ")}`);
  return [
    ...doc(""),
    "model Net {",
    "  input [3]",
    ...names
      .filter((name) => name !== "")
      .flatMap((name) => [...doc("  ").slice(0, 3), `  ${JSON.stringify(name)}: Dense(2, relu)`]),
    "  Dense(2)",
    `  labels [${JSON.stringify(`${texts[0]} a`)}, ${JSON.stringify(`${texts[0]} b`)}]`,
    "}",
  ].join("\n");
}

/** The module of a source, without what belongs to no model. */
async function moduleOf(texts: readonly string[], emit: "ts" | "js" = "ts"): Promise<string> {
  const file = (texts[0] ?? "").replaceAll(/[\\/\0]/g, "").slice(0, 60);
  const { files, diagnostics } = await compile({ path: `${file}.layers`, text: sourceOf(texts) }, { emit });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return files.map(({ content }) => content as string).join("\n");
}

/** The comments of a code, adjacent lines as one; strings and templates are skipped. */
function comments(code: string): readonly string[] {
  const pieces = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|(?<comment>(?:\/\/.*\n *)+|\/\*[^]*?\*\/)/g;
  return [...code.matchAll(pieces)].flatMap(({ groups }) => groups?.["comment"] ?? []);
}

/** The directives that may be the names of layers. */
const single = directives.filter((directive) => !/[\u2028\u2029]/.test(directive));

test("what tools obey does not get through", () => {
  for (const directive of directives) {
    for (const comment of [`// ${commentText(directive)}`, `/** ${commentText(directive)} */`]) {
      expect(obeyed.filter((pattern) => pattern.test(comment))).toEqual([]);
    }
  }
  // Otherwise the expressions would prove nothing.
  const found = directives.filter((directive) => obeyed.some((pattern) => pattern.test(`// ${directive}`)));
  expect(directives.filter((directive) => !found.includes(directive))).toEqual(
    ["*/ PWNED() /*", '/ <reference types="node" />'].toReversed(),
  );
});

test("nor does any text that has it within", () => {
  fc.assert(
    fc.property(directiveText, fc.boolean(), (text, asBlock) => {
      const comment = asBlock ? `/** ${commentText(text)} */` : `// ${commentText(text)}`;
      expect(comment.split(/[\r\n\u2028\u2029]/).length).toBe(1);
      expect(comment.indexOf("*/")).toBe(asBlock ? comment.length - 2 : -1);
      expect(obeyed.filter((pattern) => pattern.test(comment))).toEqual([]);
    }),
    { numRuns: 4000 },
  );
});

test("words that are none stay as they are", () => {
  for (const text of [
    "[64] -> [64], relu",
    "@deprecated use Digits2, {@link Digits2}",
    "@see https://example.org/#top (me@example.org)",
    "V8 ignores it: ignored",
    "well-known; 2 < 3 <-> a--b; #1, C#; x@y",
    "ratio 3:1, a: b",
    "größe → 大",
  ]) {
    expect(commentText(text)).toBe(text);
  }
});

test("no comment of a module has it", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(directiveText, { minLength: 1, maxLength: 3 }),
      fc.constantFrom("ts", "js"),
      async (texts, emit) => {
        const code = await moduleOf(texts, emit);
        expect(code).not.toMatch(/<\/script|<!--|[\u2028\u2029]/i);
        for (const comment of comments(code)) {
          expect(obeyed.filter((pattern) => pattern.test(comment))).toEqual([]);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test("TypeScript checks modules as if it were not there", async () => {
  const texts = [...single, "@ts-expect-error"];
  const files = new Map<string, string>();
  for (const [at, directive] of ["@ts-nocheck", "@ts-expect-error", "@ts-ignore", "@jsx h"].entries()) {
    files.set(`net${at}.ts`, `${await moduleOf([directive, ...texts])}\nexport const wrong${at}: string = 1;\n`);
  }
  const { errors, dispose } = await typeCheck(files);
  dispose();
  expect(errors.match(/error TS\d+/g)).toEqual(Array.from(files, () => "error TS2322"));
  // The judge itself.
  const judged = await typeCheck(
    new Map([
      ["a.ts", "// @ts-nocheck\nexport const wrong: string = 1;\n"],
      ["b.ts", "// @ts-expect-error\nexport const right = 1;\n"],
    ]),
  );
  judged.dispose();
  expect(judged.errors.match(/error TS\d+/g)).toEqual(["error TS2578"]);
});
