import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import type { ModelFile } from "../../src/syntax/ast.ts";
import { parseSource } from "../../src/syntax/parse-source.ts";

/** The tree of a text, or undefined where it has errors. Hints are none: a comment may look like a division. */
export function parsed(text: string): ModelFile | undefined {
  const { value, diagnostics } = parseSource({ path: "m.layers", text });
  return diagnostics.some(({ severity }) => severity === "error") ? undefined : value;
}

/** The comments of a text in order, without their slashes (a doc comment that documents nothing may lose one) and indents. */
export function commentTexts(text: string): readonly string[] {
  return (parsed(text)?.comments ?? [])
    .filter(({ kind }) => kind !== "doc")
    .map((comment) =>
      comment.text
        .replace(/^\/+/, "")
        .trimEnd()
        .replaceAll(/\s*\r?\n\s*(?=\*)/g, "\n"),
    );
}

/** Texts with all that the language has: the examples, those of the reference, and one for what these have not. */
export const texts: readonly string[] = [
  ...readdirSync(new URL("../../examples/", import.meta.url))
    .filter((name) => name.endsWith(".layers"))
    .map((name) => readFileSync(new URL(`../../examples/${name}`, import.meta.url), "utf8")),
  ...[
    ...readFileSync(new URL("../../grammar/README.md", import.meta.url), "utf8").matchAll(/```layers\n([^]*?)```/g),
  ].map((match) => match[1] as string),
  `import { A, B } from "./a.layers"
   let x = -(1 + f(2, [3, 4 * y])) ** 2  dim d
   let list = [[1, d], [], g(), Foo(3) + 1]
   let sum = x * 2 + y ** 2 - (z - 1) % 3
   /// A block.
   block B(units, rate=[1, 2], other=h(1)) { Dense(units) repeat units * 2 { "a b": Dropout(rate) } -> [d, 3] }
   model M {
     weights "./m.keras" input [d, 3] C -> [3]
     repeat 3 { B(1, rate=2, other=TimeDistributed(Dense(3, activation=relu))) E() }
     one: Dense(64, activation=relu, kernel_initializer=he_normal(seed=7), kernel_regularizer=l2(0.0001 + 1)) -> []
     /// Two.
     D(Wrap(Dense(3)), 4) labels ["\\u0041", "b"]
   }
   model Empty {}`,
];

/** The pieces of a text that nothing may be put into. */
function pieces(text: string): readonly string[] {
  return text.match(/\/\/\/[^\n]*\n|\/\/[^\n]*\n|\/\*[^]*?\*\/|"(?:[^"\\]|\\.)*"|[\w.]+|\*\*|->|\S/g) ?? [];
}

const inserted = fc.oneof(
  { weight: 12, arbitrary: fc.constant(" ") },
  { weight: 2, arbitrary: fc.constantFrom("\n", "\n\n", "\n\n\n") },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      " /* inline */ ",
      "/**/",
      " /* a */ /* b */ ",
      "\n/* own line */\n",
      " /* tail */\n",
      " /* two\nlines */ ",
      " /* two\n* lines\n*/ ",
      " /* prettier-ignore */ ",
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      " // line\n",
      "\n// own line\n",
      "\n\n  // apart\n\n",
      " ////four\n",
      " //\n",
      " /// stray\n",
      "\n// prettier-ignore\n",
    ),
  },
);

/** A text with white space and comments put in between its pieces. */
export function withTrivia(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return (
    fc
      .tuple(text, fc.infiniteStream(inserted))
      .map(([whole, between]) =>
        pieces(whole)
          .map((piece) => `${piece}${between.next().value}`)
          .join(""),
      )
      // A line that begins where it should not is an error of its own.
      .filter((mixed) => parsed(mixed) !== undefined)
  );
}

/** Any of the texts, with white space and comments in every place. */
export const mixedText: fc.Arbitrary<string> = withTrivia(fc.constantFrom(...texts));
