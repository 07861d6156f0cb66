import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printModelFile } from "../../src/format/print-model-file.ts";
import type { ModelFile } from "../../src/syntax/ast.ts";
import { parseSource } from "../../src/syntax/parse-source.ts";
import { meaning } from "./meaning.ts";
import { modelFile } from "./model-files.ts";

/** The tree of a text, or undefined where it has errors. Hints are none: a comment may look like a division. */
function parse(text: string): ModelFile | undefined {
  const { value, diagnostics } = parseSource({ path: "m.layers", text });
  return diagnostics.some(({ severity }) => severity === "error") ? undefined : value;
}

/** The ordinary comments in order, without their slashes: a doc comment that documents nothing may lose one. */
function comments(file: ModelFile): readonly string[] {
  return (file.comments ?? [])
    .filter(({ kind }) => kind !== "doc")
    .map(({ text }) => text.replace(/^\/+/, "").trimEnd());
}

/** Prints a text and checks that nothing is lost. */
function print(text: string): string {
  const file = parse(text);
  if (file === undefined) throw new Error(`the text has errors:\n${text}`);
  const printed = printModelFile(file);
  const again = parse(printed);
  expect(meaning(again), printed).toEqual(meaning(file));
  expect(comments(again as ModelFile), printed).toEqual(comments(file));
  expect(printModelFile(again as ModelFile)).toBe(printed);
  return printed;
}

describe("comments stay where they are", () => {
  test("in a file that is formatted already", () => {
    const text = `// A file about digits.
// Second line.

/* The import. */
import { Hidden, width } from "./blocks.layers" // from there

// Sizes
let latent = 10*10 // wide
dim time

let other = [1, 2] /* last */

// About the block.

/// Its doc.
block Narrowing(units, rate=0.1) { // opened
  // First.
  Dense(units, activation=gelu) // a layer

  // Apart.

  Dropout(rate)
  /* the end */
}

/*
 * Many
   lines.
 */
model Digits {
  weights "./digits.keras" // trained
  // The input.
  input [time, /* features */ 64]

  hidden: Dense(64, // units
                activation=relu, // act
                // Of its own line.
                use_bias=false)
  Dense(/* few */ 8 /* units */, relu)
  Dense(3
        // none
        ) -> [time, 3]
  repeat 2 { // twice
    Hidden(64)
  } // repeated
  Encoder()

  labels ["cat", // 0
          "dog"]
  // Behind all.
}
// The end.
`;
    expect(print(text)).toBe(text);
  });

  test.each([
    ["let x /* a */ = /* b */ 3 /* c */", "// a\n".replace("// a", "/* a */") + "/* b */\nlet x = 3 /* c */\n"],
    ["let x = 1 + // one\n 2", "// one\nlet x = 1 + 2\n"],
    ["dim /* a */ t // b", "/* a */\ndim t // b\n"],
    ["let x = [ /* nothing */ ]", "let x = [/* nothing */]\n"],
    ["let x = [ // nothing\n]", "let x = [ // nothing\n         ]\n"],
    ["let x = f(1, /* two */ 2, 3 /* three */,)", "let x = f(1, /* two */ 2, 3 /* three */)\n"],
    ["let x = f(a /* 1 */ = /* 2 */ g(/* 3 */ 4))", "let x = f(/* 1 */ /* 2 */ a=g(/* 3 */ 4))\n"],
    ["let x = [1 // one\n, 2]", "let x = [1, // one\n         2]\n"],
    ["let x = [-( /* a */ 1 + 2)]", "let x = [/* a */ -(1 + 2)]\n"],
    ["let x = f(1, // a\n Foo(3) + 1)", "let x = f(1, // a\n          (Foo(3) + 1))\n"],
    [
      'import { /* a */ A, // b\n B } /* c */ from /* d */ "./x.layers" // e',
      'import { /* a */ A, // b\n         B } from "./x.layers" /* c */ /* d */ // e\n',
    ],
    ["model /* a */ M /* b */ { /* c */ input [3] }", "/* a */\nmodel M {\n  /* b */\n  /* c */\n  input [3]\n}\n"],
    [
      "block B( // a\n x, /* b */ y = /* c */ 3) /* d */ { D() }",
      "block B( // a\n        x, /* b */ /* c */ y=3) {\n  /* d */\n  D()\n}\n",
    ],
    [
      "model M { a: /* 1 */ Dense /* 2 */ (3) /* 3 */ -> /* 4 */ [3] }",
      "model M {\n  /* 1 */\n  a: Dense(/* 2 */ 3) -> [/* 3 */ /* 4 */ 3]\n}\n",
    ],
    [
      "model M { repeat /* 1 */ 2 /* 2 */ { D() /* 3 */ } /* 4 */ -> [3] // 5\n}",
      "model M {\n  /* 1 */\n  repeat 2 {\n    /* 2 */\n    D() /* 3 */\n  } -> [/* 4 */ 3] // 5\n}\n",
    ],
    ["model M { } // a\n\n\n\n// b\n\n\n", "model M {} // a\n\n// b\n"],
    ["model M { // a\n\n // b\n\n}", "model M { // a\n  // b\n}\n"],
    ["// only this", "// only this\n"],
    ["", ""],
    ["model M { A() /* a */ B() // b\n }", "model M {\n  A()\n  /* a */\n  B() // b\n}\n"],
    ["model M { A() /// stray\n B()\n /// none\n }", "model M {\n  A() /// stray\n  B()\n  /// none\n}\n"],
    [
      "model M { A\n/// stray\n(3) }",
      "model M {\n  A(\n    /// stray\n    3)\n}\n".replace("A(\n    /// stray\n    3)", "A( /// stray\n    3)"),
    ],
    ["model M { a:\n/// stray\nA(3) }", "model M {\n  // stray\n  a: A(3)\n}\n"],
    [
      "let a = 1\n\n\nlet b = 2\nlet c = 3\n// m\nmodel M { input [3]\n\n\n D()\n E() }\nmodel N { D() }",
      "let a = 1\n\nlet b = 2\nlet c = 3\n\n// m\nmodel M {\n  input [3]\n\n  D()\n  E()\n}\n\nmodel N {\n  D()\n}\n",
    ],
    [
      'model M {\n\n input [3] }\n\nlet x = 1\nimport { A } from "./a.layers"',
      'model M {\n  input [3]\n}\n\nlet x = 1\n\nimport { A } from "./a.layers"\n',
    ],
  ])("%j", (text, expected) => {
    expect(print(text)).toBe(expected);
  });

  test("in a list that fills several lines", () => {
    const items = Array.from({ length: 40 }, (_, at) => `"label ${at}"${at === 17 ? " /* seventeen */" : ""}`);
    const printed = print(`model M { labels [${items.join(", ")} // last\n] }`);
    expect(printed.split("\n").every((line) => line.length <= 100)).toBe(true);
    expect(printed).toContain('"label 17" /* seventeen */,');
    expect(printed).toMatch(/"label 39" \/\/ last\n {10}\]\n/);
  });
});

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
    ),
  },
);

const texts = [
  ...readdirSync(new URL("../../examples/", import.meta.url))
    .filter((name) => name.endsWith(".layers"))
    .map((name) => readFileSync(new URL(`../../examples/${name}`, import.meta.url), "utf8")),
  ...[
    ...readFileSync(new URL("../../grammar/README.md", import.meta.url), "utf8").matchAll(/```layers\n([^]*?)```/g),
  ].map((match) => match[1] as string),
  `import { A, B } from "./a.layers"
   let x = -(1 + f(2, [3, 4 * y])) ** 2  dim d
   let list = [[1, d], [], g(), Foo(3) + 1]
   /// A block.
   block B(units, rate=[1, 2], other=h(1)) { Dense(units) repeat units * 2 { "a b": Dropout(rate) } -> [d, 3] }
   model M {
     weights "./m.keras" input [d, 3] C -> [3]
     repeat 3 { B(1, rate=2, other=TimeDistributed(Dense(3, activation=relu))) E() }
     one: Dense(64, activation=relu, kernel_initializer=he_normal(seed=7), kernel_regularizer=l2(0.0001 + 1)) -> []
     /// Two.
     D(Wrap(Dense(3)), 4) labels []
   }
   model Empty {}`,
];

test("what is documented and what has comments is printed as it means, with the comments in order, and stays", () => {
  expect(texts.length).toBeGreaterThan(8);
  for (const text of texts) print(text);
});

test("no comment is lost, wherever it stands, and its tree stays", () => {
  let checked = 0;
  fc.assert(
    fc.property(
      fc.oneof(
        fc.constantFrom(...texts),
        modelFile.map((file) => printModelFile(file)),
      ),
      fc.infiniteStream(inserted),
      (text, between) => {
        const mixed = pieces(text)
          .map((piece) => `${piece}${between.next().value}`)
          .join("");
        const file = parse(mixed);
        // A line that begins where it should not is an error of its own.
        if (file === undefined) return;
        checked += 1;
        print(mixed);
      },
    ),
    { numRuns: 400 },
  );
  expect(checked).toBeGreaterThan(200);
});
