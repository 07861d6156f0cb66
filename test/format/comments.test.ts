import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FormatOptions } from "../../src/format/format-options.ts";
import { formatSource } from "../../src/format/format-source.ts";
import { meaning } from "./meaning.ts";
import { commentTexts, mixedText, parsed, texts } from "./mixed-texts.ts";

/** Formats a text and checks that nothing is lost. */
async function print(text: string, options: FormatOptions = {}): Promise<string> {
  const printed = await formatSource(text, options);
  expect(meaning(parsed(printed)), printed).toEqual(meaning(parsed(text)));
  expect(commentTexts(printed), printed).toEqual(commentTexts(text));
  expect(await formatSource(printed, options)).toBe(printed);
  return printed;
}

describe("comments stay where they are", () => {
  test("in a file that is formatted already", async () => {
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

  hidden: Dense(
    64, // units
    activation=relu, // act
    // Of its own line.
    use_bias=false,
  )
  Dense(/* few */ 8 /* units */, relu)
  Dense(
    3,
    // none
  ) -> [time, 3]
  repeat 2 { // twice
    Hidden(64)
  } // repeated
  Encoder()

  labels [
    "cat", // 0
    "dog",
  ]
  // Behind all.
}
// The end.
`;
    expect(await print(text)).toBe(text);
  });

  test.each([
    ["let x /* a */ = /* b */ 3 /* c */", "/* a */\n/* b */\nlet x = 3 /* c */\n"],
    ["let x = 1 + // one\n 2", "// one\nlet x = 1 + 2\n"],
    ["dim /* a */ t // b", "/* a */\ndim t // b\n"],
    ["let x = [ /* nothing */ ]", "let x = [/* nothing */]\n"],
    ["let x = [ // nothing\n]", "let x = [\n  // nothing\n]\n"],
    ["let x = f(1, /* two */ 2, 3 /* three */,)", "let x = f(1, /* two */ 2, 3 /* three */)\n"],
    ["let x = f(a /* 1 */ = /* 2 */ g(/* 3 */ 4))", "let x = f(/* 1 */ /* 2 */ a=g(/* 3 */ 4))\n"],
    ["let x = [1 // one\n, 2]", "let x = [\n  1, // one\n  2,\n]\n"],
    ["let x = [-( /* a */ 1 + 2)]", "let x = [/* a */ -(1 + 2)]\n"],
    ["let x = f(1, // a\n Foo(3) + 1)", "let x = f(\n  1, // a\n  (Foo(3) + 1),\n)\n"],
    [
      'import { /* a */ A, // b\n B } /* c */ from /* d */ "./x.layers" // e',
      'import {\n  /* a */ A, // b\n  B,\n} from "./x.layers" /* c */ /* d */ // e\n',
    ],
    ["model /* a */ M /* b */ { /* c */ input [3] }", "/* a */\nmodel M {\n  /* b */\n  /* c */\n  input [3]\n}\n"],
    [
      "block B( // a\n x, /* b */ y = /* c */ 3) /* d */ { D() }",
      "block B(\n  // a\n  x,\n  /* b */ /* c */ y=3,\n) {\n  /* d */\n  D()\n}\n",
    ],
    [
      "model M { a: /* 1 */ Dense /* 2 */ (3) /* 3 */ -> /* 4 */ [3] }",
      "model M {\n  /* 1 */\n  a: Dense(/* 2 */ 3) -> [/* 3 */ /* 4 */ 3]\n}\n",
    ],
    [
      "model M { repeat /* 1 */ 2 /* 2 */ { D() /* 3 */ } /* 4 */ -> [3] // 5\n}",
      "model M {\n  /* 1 */\n  repeat 2 {\n    /* 2 */\n    D() /* 3 */\n  } -> [/* 4 */ 3] // 5\n}\n",
    ],
    [
      "model M { /* 0 */ compile /* 1 */ ( /* 2 */ adam, // 3\n loss = /* 4 */ mse /* 5 */) // 6\n}",
      "model M {\n  /* 0 */\n  compile(\n    /* 1 */ /* 2 */ adam, // 3\n    /* 4 */ loss=mse /* 5 */,\n  ) // 6\n}\n",
    ],
    ["model M { } // a\n\n\n\n// b\n\n\n", "model M {} // a\n\n// b\n"],
    ["model M { // a\n\n // b\n\n}", "model M { // a\n  // b\n}\n"],
    ["// only this", "// only this\n"],
    ["", ""],
    ["model M { A() /* a */ B() // b\n }", "model M {\n  A()\n  /* a */\n  B() // b\n}\n"],
    ["model M { A() /// stray\n B()\n /// none\n }", "model M {\n  A() /// stray\n  B()\n  /// none\n}\n"],
    ["model M { A\n/// stray\n(3) }", "model M {\n  A(\n    /// stray\n    3,\n  )\n}\n"],
    ["model M { a:\n/// stray\nA(3) }", "model M {\n  // stray\n  a: A(3)\n}\n"],
    [
      "let a = 1\n\n\nlet b = 2\nlet c = 3\n// m\nmodel M { input [3]\n\n\n D()\n E() }\nmodel N { D() }",
      "let a = 1\n\nlet b = 2\nlet c = 3\n\n// m\nmodel M {\n  input [3]\n\n  D()\n  E()\n}\n\nmodel N {\n  D()\n}\n",
    ],
    [
      'model M {\n\n input [3] }\n\nlet x = 1\nimport { A } from "./a.layers"',
      'model M {\n  input [3]\n}\n\nlet x = 1\n\nimport { A } from "./a.layers"\n',
    ],
  ])("%j", async (text, expected) => {
    expect(await print(text)).toBe(expected);
  });

  test("in a list that fills several lines", async () => {
    const items = Array.from({ length: 40 }, (_, at) => `"label ${at}"${at === 17 ? " /* seventeen */" : ""}`);
    const printed = await print(`model M { labels [${items.join(", ")} // last\n] }`);
    expect(printed.split("\n").every((line) => line.length <= 80)).toBe(true);
    expect(printed).toContain('"label 17" /* seventeen */,');
    expect(printed).toMatch(/"label 39", \/\/ last\n {2}\]\n/);
  });

  test("with empty lines between items, one of several", async () => {
    const text = "let x = [1,\n\n\n 2, // two\n\n // three\n 3]\nlet y = f(1,\n\n\n a=2,\n\n // last\n)\n";
    expect(await print(text)).toBe(
      "let x = [\n  1,\n\n  2, // two\n\n  // three\n  3,\n]\nlet y = f(\n  1,\n\n  a=2,\n\n  // last\n)\n",
    );
  });

  test("a comment of lines with stars is indented as what it stands before, any other stays as it is", async () => {
    const text = "model M { input [3]\n/* One\n      * two\n */\nD()\n      /* One\n   two */\nE() }";
    expect(await print(text)).toBe(
      "model M {\n  input [3]\n  /* One\n   * two\n   */\n  D()\n  /* One\n   two */\n  E()\n}\n",
    );
  });
});

describe("prettier-ignore", () => {
  test.each([
    [
      "before declarations",
      "let a  =  1\n// prettier-ignore\nlet b  =  2\nlet c  =  3\n",
      "let a = 1\n// prettier-ignore\nlet b  =  2\nlet c = 3\n",
    ],
    [
      "before a model",
      "// prettier-ignore\nmodel  M { D( ) }\nmodel  N { D( ) }",
      "// prettier-ignore\nmodel  M { D( ) }\n\nmodel N {\n  D()\n}\n",
    ],
    [
      "before imports",
      '// prettier-ignore\nimport {A,B}   from "./a.layers" // a',
      '// prettier-ignore\nimport {A,B}   from "./a.layers" // a\n',
    ],
    [
      "before statements",
      "model M {\n    // prettier-ignore\n    D(1,\n      a=2 )   // behind\n    D( 3 )\n}",
      "model M {\n  // prettier-ignore\n  D(1,\n      a=2 ) // behind\n  D(3)\n}\n",
    ],
    [
      "before clauses, with a doc comment between",
      "model M {\n/* prettier-ignore */\n/// In.\ninput [ 3 ]\n}",
      "model M {\n  /* prettier-ignore */\n  /// In.\n  input [ 3 ]\n}\n",
    ],
    [
      "before arguments",
      "let x = f(1,\n// prettier-ignore\na=[ 1,2 ], b=[ 1,2 ])",
      "let x = f(\n  1,\n  // prettier-ignore\n  a=[ 1,2 ],\n  b=[1, 2],\n)\n",
    ],
    [
      "before items, on their line",
      "let x = [ /* prettier-ignore */ 1+1, 1+1 ]",
      "let x = [/* prettier-ignore */ 1+1, 1 + 1]\n",
    ],
    [
      "before parameters",
      "block B( /* prettier-ignore */ a  = 1, b  = 1 ) {}",
      "block B(/* prettier-ignore */ a  = 1, b=1) {}\n",
    ],
    [
      "within something, which stays whole",
      "let x = [1+1 /* prettier-ignore */ -2, 1+1]",
      "let x = [1+1 /* prettier-ignore */ -2, 1 + 1]\n",
    ],
    [
      "in the brackets of a list that is ignored",
      "let x = [\n// prettier-ignore\n[\n1,\n 2],3]",
      "let x = [\n  // prettier-ignore\n  [\n1,\n 2],\n  3,\n]\n",
    ],
    [
      "not behind something",
      "let a  =  1 // prettier-ignore\nlet b  =  2",
      "let a = 1 // prettier-ignore\nlet b = 2\n",
    ],
    ["not with other words", "// prettier-ignore this\nlet b  =  2", "// prettier-ignore this\nlet b = 2\n"],
    [
      "with a layer that stands in parentheses where it begins a line",
      "let x = [\n// prettier-ignore\n(Foo(3)  + 1)]",
      "let x = [\n  // prettier-ignore\n  (Foo(3)  + 1),\n]\n",
    ],
  ])("%s", async (_, text, expected) => {
    expect(await print(text)).toBe(expected);
  });
});

test("what is documented and what has comments is printed as it means, with the comments in order, and stays", async () => {
  expect(texts.length).toBeGreaterThan(8);
  for (const text of texts) await print(text);
});

const options: fc.Arbitrary<FormatOptions> = fc.record({
  printWidth: fc.constantFrom(1, 20, 80, 120),
  useTabs: fc.boolean(),
  trailingComma: fc.constantFrom("all", "none"),
});

test("no comment is lost, wherever it stands, and its tree stays, as does what is ignored", async () => {
  await fc.assert(
    fc.asyncProperty(mixedText, options, async (text, style) => void (await print(text, style))),
    { numRuns: 60 },
  );
});
