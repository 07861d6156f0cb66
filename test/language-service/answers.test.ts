import { describe, expect, test } from "vitest";
import { codeLenses } from "../../src/language-service/features/code-lenses.ts";
import { modelTime } from "../../src/language-service/features/model-time.ts";
import { complete } from "../../src/language-service/features/completion.ts";
import { findDeclaration } from "../../src/language-service/features/definition.ts";
import { documentHighlights } from "../../src/language-service/features/document-highlights.ts";
import { rename } from "../../src/language-service/features/rename.ts";
import { documentLinks } from "../../src/language-service/features/document-links.ts";
import { documentSymbols, type DocumentSymbol } from "../../src/language-service/features/document-symbols.ts";
import { foldingRanges } from "../../src/language-service/features/folding.ts";
import { hover } from "../../src/language-service/features/hover.ts";
import { inlayHints, type InlayHintOptions } from "../../src/language-service/features/inlay-hints.ts";
import { selectionRanges } from "../../src/language-service/features/selection-ranges.ts";
import { semanticTokens } from "../../src/language-service/features/semantic-tokens.ts";
import { workspaceSymbols } from "../../src/language-service/features/workspace-symbols.ts";
import { applyEdits } from "../../src/language-service/edits/apply-edits.ts";
import { fixture } from "../weights/support.ts";
import { open, type Files } from "./open.ts";

const lib = "/// Hidden layers.\nblock Hidden(units=8) { Dense(units) }\nlet width = 2 * 4";

describe("hover", () => {
  const shown = async (marked: string, files: Files = { "lib.layers": lib }): Promise<string> => {
    const { analysis, offset, surroundings } = await open(marked, files);
    return (await hover(analysis, offset, surroundings))?.markdown ?? "nothing";
  };

  test("a layer: what it computes, its shapes, weights and costs", async () => {
    expect(await shown("model M { input [4] Den<|>se(3, activation=relu) }")).toBe(`\`\`\`layers
dense: Dense(3, activation=relu)
\`\`\`

A fully connected layer: multiplies the last axis with a trained kernel and adds a bias.

\`relu(x · kernel + bias)\`${"  "}
\`relu: max(x, 0)\`

- shape: \`[4] -> [3]\`
- weights: \`kernel [4, 3]\`, \`bias [3]\`
- parameters: 15; 60.00 B
- multiply-adds: 12`);
  });

  test.each([
    ["Dropout(0.1)", "x", "generated code: none, it changes no value in the forward function"],
    [
      "BatchNormalization(scale=false)",
      "(x - moving_mean) / sqrt(moving_variance + 0.001) + beta",
      "12, 8 of them not trainable; 48.00 B",
    ],
    ["ReLU(max_value=6)", "min(max(x, 0), 6)", "generated code: computed in the loop of `dense`"],
    ["Rescaling(1/255)", "x * 0.00392156862745098", "shape: `[4] -> [4]`"],
    ["Softmax()", "exp(x) / sum(exp(x))", "multiply-adds: 0"],
    ["PReLU()", "x > 0 ? x : alpha * x", "weights: `alpha [4]`"],
  ])("%s", async (call, formula, fact) => {
    const text = await shown(`model M { input [4] Dense(4) <|>${call} Dense(2) }`);
    expect(text).toContain(`\`${formula}\``);
    expect(text).toContain(fact);
  });

  test("what is folded, when the weights are bound", async () => {
    const source =
      'model Net { weights "./w.bin" input [5] Dense(8, use_bias=false) BatchNormalization() Activation(relu) Dense(3) }';
    const files = { "w.bin": fixture("keras/models/batchnorm_stats/model.keras") };
    expect(await shown(source.replace("Batch", "Ba<|>tch"), files)).toContain(
      "it is folded into the weights of `dense`",
    );
    expect(await shown(source.replace("Dense(8", "De<|>nse(8"), files)).toContain(
      "folded into its weights: `batch_normalization`",
    );
    expect(await shown(source.replace("Dense(3", "De<|>nse(3"), files)).not.toContain("folded");
  });

  test("a layer of a block, for each shape that it gets", async () => {
    const text = await shown("block B(u) { De<|>nse(u) } model M { input [4] B(3) B(2) B(2) Dense(1) }");
    expect(text).toContain("It is expanded 3 times: `[4] -> [3]`, `[3] -> [2]`, `[2] -> [2]`.");
    expect(await shown("block B(u) { De<|>nse(u) }")).toContain("fully connected");
  });

  test("a body counts as expanded where it is called, not where it is checked by itself", async () => {
    const block = "block B(units) { Den<|>se(units) }";
    for (const callers of ["", "model M { input [4] B(2) }", "model M { input [4] B() }"]) {
      expect(await shown(`${block} ${callers}`)).not.toContain("is expanded");
    }
    const twice = "model M { input [4] B(2) } model N { input [8] Missing(1) B(2) B(3) }";
    expect(await shown(`${block} ${twice}`)).toContain("It is expanded 3 times");
  });

  test("a layer with run-time dims, and one whose arguments are wrong", async () => {
    expect(await shown("dim time model M { input [time, 4] Den<|>se(3) }")).toContain("multiply-adds: 12*time");
    expect(await shown("model M { input [4] Den<|>se(relu) }")).toContain("fully connected");
    expect(await shown("model M { input [4] Den<|>se }")).toContain("Dense(units, activation=linear");
  });

  test.each([
    [
      "model M { input [4] Dense(3, activ<|>ation=relu) }",
      ["(argument) activation=linear", "The function that is applied", "Takes an activation"],
    ],
    [
      "model M { input [4] Dense(3, kernel_<|>initializer=zeros) }",
      ["(argument) kernel_initializer=glorot_uniform", "training only"],
    ],
    ["model M { input [4] Dense(<|>10*10) }", ["(argument) units", "`10*10` is `100`"]],
    [
      "model M { input [4] Dense(3, activation=leaky_<|>relu(0.1)) }",
      ["(activation) leaky_relu(negative_slope=0.2)", "`x < 0 ? 0.1 * x : x`"],
    ],
    [
      "model M { input [4] Dense(3, activation=thres<|>hold(1, 2)) }",
      ["(activation) threshold(threshold, default_value)", "`x > 1 ? x : 2`"],
    ],
    [
      "model M { input [4] Dense(3, kernel_initializer=he_<|>normal) }",
      ["(initializer) he_normal(", "whose variance is 2 over the number of inputs"],
    ],
    ["model M { input [4] Dense(3, kernel_initializer=he_normal(se<|>ed=1)) }", ["(argument) seed=none"]],
    ["model M { input [2, 4] TimeDistributed(Den<|>se(3)) }", ["(layer) Dense(units"]],
  ])("an argument and its words: %s", async (marked, parts) => {
    const text = await shown(marked);
    for (const part of parts) expect(text).toContain(part);
  });

  test.each([
    ["/// Wide.\nlet n = 2 * 4 model M { input [n<|>] Dense(n) }", ["let n = 2 * 4  // 8", "Wide."]],
    ["/// Steps.\ndim time model M { input [time<|>, 4] Dense(3) }", ["dim time", "known only at run time", "Steps."]],
    [
      "/// Two.\nblock B(u, rate=0.1) { Dense(u<|>) } model M { input [4] B(1) }",
      ["(parameter) u", "Of the block `B`."],
    ],
    ["/// Two.\nblock B(u, rate=0.1) { Dense(u) } model M { input [4] B<|>(1) }", ["block B(u, rate=0.1)", "Two."]],
    [
      "/// A net.\nmodel N { input [4] Dense(3) } model M { input [4] N<|> }",
      ["model N  // [4] -> [3]", "1 layer, 15 parameters, 60.00 B", "A net."],
    ],
    ["model M { input [4]\n/// Its doc.\nhid<|>den: Dense(3) }", ["hidden: Dense", "Its doc."]],
    ['import { Hid<|>den } from "./lib.layers"', ["block Hidden(units=8)", "Hidden layers."]],
    ['import { wid<|>th } from "./lib.layers"', ["let width = 2 * 4"]],
    ['import { Hidden } from "./li<|>b.layers"', ["block Hidden\nlet width"]],
    ['import { Go<|>ne } from "./gone.layers"', ["can't be found"]],
  ])("a name: %s", async (marked, parts) => {
    const text = await shown(marked);
    for (const part of parts) expect(text).toContain(part);
  });

  test.each([
    ["mod<|>el M { input [4] Dense(3) }", "model Name { ... }"],
    ["model M { inp<|>ut [4] Dense(3) }", "input [64]"],
    ["model M { input [4] rep<|>eat 2 { Dense(3) } }", "repeat count { ... }"],
    ["model M { input [2, <|>3] Dense(3) }", "`[2, 3]`: 6 elements a sample"],
    ['model M { input [4] Dense(2) labels ["a", <|>"b"] }', "2 labels; the last axis of the output has 2"],
  ])("a clause: %s", async (marked, part) => {
    expect(await shown(marked)).toContain(part);
  });

  test.each([
    "model M {<|> input [4] Dense(3) }",
    "// com<|>ment\nmodel M { input [4] Dense(3) }",
    "<|>",
    "model M { input [4] Wro<|>ng(3) }",
  ])("nothing at %s", async (marked) => {
    expect(await shown(marked)).toMatch(/^nothing$|^$/);
  });

  test("names of a file show as they are", async () => {
    const text = await shown('model M { input [4] "<b>`x`\u202e": De<|>nse(3) }');
    expect(text).toContain('"<b>`x`');
    expect(text).not.toContain("\u202e");
    expect(await shown("/// <script>alert(1)</script> ![x](http://x)\nlet n<|> = 1")).not.toMatch(/<script|!\[x\]/);
  });
});

describe("inlay hints", () => {
  /** The text with its hints in `‹›`. */
  const hinted = async (text: string, options?: InlayHintOptions): Promise<string> => {
    const { analysis } = await open(text);
    const hints = inlayHints(analysis, undefined, options);
    const file = analysis.source.path;
    return applyEdits(
      text,
      hints.map(({ offset, label }) => ({ span: { file, start: offset, end: offset }, text: `‹${label}›` })),
    );
  };

  test.each([
    ["model M { input [4] Dense(3, relu) }", "model M { input [4] Dense(‹units=›3, ‹activation=›relu)‹-> [3]› }"],
    ["model M { input [4] Dense(units=3) -> [3] }", "model M { input [4] Dense(units=3) -> [3] }"],
    ["let units = 3 model M { input [4] Dense(units) }", "let units = 3 model M { input [4] Dense(units)‹-> [3]› }"],
    [
      "model M { input [4] repeat 2 { Dense(units=4) } }",
      "model M { input [4] repeat 2 { Dense(units=4)‹-> [4]› }‹-> [4]› }",
    ],
    [
      "block B(u) { Dense(units=u) } model M { input [4] B(u=3) }",
      "block B(u) { Dense(units=u)‹-> [3]› } model M { input [4] B(u=3)‹-> [3]› }",
    ],
    [
      "block B(u) { Dense(units=u) } model M { input [4] B(u=3) B(u=2) }",
      "block B(u) { Dense(units=u) } model M { input [4] B(u=3)‹-> [3]› B(u=2)‹-> [2]› }",
    ],
    ["dim t model M { input [t, 4] Flatten() }", "dim t model M { input [t, 4] Flatten()‹-> [4*t]› }"],
    [
      "model E { input [4] Dense(units=2) } model M { input [4] E }",
      "model E { input [4] Dense(units=2)‹-> [2]› } model M { input [4] E‹-> [2]› }",
    ],
    [
      "model M { input [4] Dense(3, relu, true, zeros, ones, l1, l2, l1, non_neg, non_neg, 11) }",
      /‹bias_constraint=›non_neg, 11\)/,
    ],
    ["model M { input [4] Wrong(3) Dense(units=2) }", "model M { input [4] Wrong(3) Dense(units=2) }"],
  ])("%s", async (text, expected) => {
    const result = await hinted(text);
    if (typeof expected === "string") expect(result).toBe(expected);
    else expect(result).toMatch(expected);
  });

  test("as they are asked for", async () => {
    const text = "let n = 3 model M { input [4] Dense(n, relu) Dense(2) }";
    expect(await hinted(text, { shapes: false, parameterNames: "none" })).toBe(text);
    expect(await hinted(text, { shapes: false, parameterNames: "literals" })).toBe(
      "let n = 3 model M { input [4] Dense(n, relu) Dense(‹units=›2) }",
    );
  });

  test("are what a text can have written into it", async () => {
    const text = "model M { input [4] Dense(3, relu) }";
    const { analysis } = await open(text);
    const [units, activation, shape] = inlayHints(analysis);
    expect(applyEdits(text, units?.edits ?? [])).toBe("model M { input [4] Dense(units=3, activation=relu) }");
    expect(applyEdits(text, activation?.edits ?? [])).toBe("model M { input [4] Dense(3, activation=relu) }");
    expect(applyEdits(text, shape?.edits ?? [])).toBe("model M { input [4] Dense(3, relu) -> [3] }");
  });

  test("in a range only, and a shape that an error hides only as likely", async () => {
    const { analysis, text } = await open(
      "model M { input [4] Dense(units=3) Dense(units=0) -> [7] Dropout(rate=0.1) }",
    );
    expect(inlayHints(analysis).map(({ label, edits }) => `${label} ${edits.length}`)).toEqual([
      "-> [3] 1",
      "-> [7]? 0",
    ]);
    const start = text.indexOf("Dropout");
    expect(inlayHints(analysis, { start, end: text.length }).map(({ label }) => label)).toEqual(["-> [7]?"]);
  });
});

describe("the outline", () => {
  const lines = (symbols: readonly DocumentSymbol[], indent = ""): readonly string[] =>
    symbols.flatMap(({ kind, name, detail, children }) => [
      `${indent}${kind} ${name}${detail === "" ? "" : ` | ${detail}`}`,
      ...lines(children, `${indent}  `),
    ]);

  test("has declarations and layers, by the names that they have", async () => {
    const { analysis } = await open(
      'let n = 3\ndim t\nblock B(u, r=0.1) { Dense(u) }\nmodel M { weights "./w.keras" input [4] hidden: Dense(n) repeat 2 { Dense(3) } B(2) labels ["a", "b"] }',
    );
    expect(lines(documentSymbols(analysis))).toEqual([
      "let n | 3",
      "dim t",
      "block B | (u, r=0.1)",
      "  layer dense_2 | Dense -> [2]",
      "model M | [4] -> [2]",
      "  weights weights | ./w.keras",
      "  input input | [4]",
      "  layer hidden | Dense -> [3]",
      "  repeat repeat | 2",
      "    layer dense | Dense -> [3]",
      "  layer B | -> [2]",
      "  labels labels | 2",
    ]);
  });

  test("of a broken file has what the error leaves", async () => {
    const { analysis } = await open("model M { input [4] Dense( } model N { input [4] Dense(3");
    expect(documentSymbols(analysis).map(({ name }) => name)).toEqual(["M", "N"]);
  });

  test("of all files: what a query names", async () => {
    const { analysis } = await open("let width = 3 block Hidden() { Dense(3) } model Net { input [4] Dense(3) }");
    const named = (query: string): readonly string[] =>
      workspaceSymbols([analysis.file], query).map(({ name }) => name);
    expect(named("")).toEqual(["width", "Hidden", "Net"]);
    expect(named("hid")).toEqual(["Hidden"]);
    expect(named("dn")).toEqual(["Hidden"]);
    expect(named("x")).toEqual([]);
  });
});

test("code lenses: what a model weighs and costs, and what can be done with it", async () => {
  const { analysis } = await open(
    "model M { input [4] Dense(3, relu) } dim t model N { input [t, 4] Dense(2) } model Wrong { input [4] Dense(0) }",
  );
  expect(codeLenses(analysis).map(({ model, title, command }) => [model, title, command?.name])).toEqual([
    ["M", "15 parameters, 60.00 B", undefined],
    ["M", "12 multiply-adds", undefined],
    ["M", undefined, undefined],
    ["M", "show generated code", "layerc.showGenerated"],
    ["M", "verify", "layerc.verify"],
    ["N", "10 parameters, 40.00 B", undefined],
    ["N", "8*t multiply-adds", undefined],
    ["N", undefined, undefined],
    ["N", "show generated code", "layerc.showGenerated"],
    ["N", "verify", "layerc.verify"],
    ["Wrong", "0 parameters, 0.00 B", undefined],
  ]);
  expect(codeLenses(analysis)[3]?.command?.arguments).toEqual([{ path: "main.layers", model: "M" }]);
});

test("the time of a model, on each target, in two digits", async () => {
  const { analysis } = await open(
    "model M { input [784] Dense(128, relu) Dense(10, softmax) } dim t model N { input [t, 4] Dense(2) } model Big { input [4000] Dense(4000) Dense(4000) } model Wrong { input [4] Dense(0) }",
  );
  const words = /^about (\d+|\d\.\d) (ns|µs|ms) in TypeScript, (\d+|\d\.\d) (ns|µs|ms) in WebAssembly/;
  const [, ...units] = words.exec((await modelTime(analysis, "M")) ?? "") ?? [];
  expect([units[1], units[3]]).toEqual(["µs", "µs"]);
  // What the benchmark has recorded for this one: 45.8 and 4.4.
  expect(Number(units[0])).toBeGreaterThan(30);
  expect(Number(units[0])).toBeLessThan(70);
  expect(Number(units[2])).toBeGreaterThan(3);
  expect(Number(units[2])).toBeLessThan(7);
  expect(await modelTime(analysis, "N")).toMatch(/^about .* ns in TypeScript, .* ns in WebAssembly for t=16$/);
  expect(await modelTime(analysis, "Big")).toMatch(/^about 1\d ms in TypeScript, \d\.\d ms in WebAssembly$/);
  expect(await modelTime(analysis, "Wrong")).toBeUndefined();
  expect(await modelTime(analysis, "None")).toBeUndefined();
});

test("links: the paths of imports and weights", async () => {
  const { analysis, text } = await open(
    'import { A } from "./a.layers"\nmodel M { weights "./w.keras" prefix "a." input [4] Dense(3) }',
  );
  expect(
    documentLinks(analysis).map(({ kind, path: to, span }) => `${kind} ${to} ${text.slice(span.start, span.end)}`),
  ).toEqual(["import ./a.layers ./a.layers", "weights ./w.keras ./w.keras"]);
});

test("folding: bodies, calls over several lines, comments, the imports", async () => {
  const { analysis, text } = await open(`// One
// two
import { A } from "./a.layers"
import { B } from "./b.layers"

/* a
   b */
model M {
  input [4] // no
  Dense(
    3
  )
  repeat 2 {
    Dense(3)
  }
}
`);
  expect(foldingRanges(analysis).map(({ kind, span }) => `${kind} ${text.slice(span.start, span.start + 8)}`)).toEqual([
    "comment // One\n/",
    "imports import {",
    "comment /* a\n   ",
    "region model M ",
    "region Dense(\n ",
    "region repeat 2",
  ]);
});

test("selections grow from a word to the file", async () => {
  const { analysis, text, offset } = await open("model M { input [4] hidden: Dense(3, re<|>lu) -> [3] }");
  expect(selectionRanges(analysis, offset).map(({ start, end }) => text.slice(start, end))).toEqual([
    "relu",
    "3, relu",
    "Dense(3, relu)",
    "hidden: Dense(3, relu) -> [3]",
    "input [4] hidden: Dense(3, relu) -> [3]",
    text,
  ]);
  const path = await open('import { A } from "./a.<|>layers"');
  expect(
    selectionRanges(path.analysis, path.offset)
      .map(({ start, end }) => path.text.slice(start, end))
      .slice(0, 4),
  ).toEqual(["layers", "./a.layers", '"./a.layers"', path.text]);
});

describe("semantic tokens", () => {
  const kinds = async (text: string, range?: { start: number; end: number }): Promise<readonly string[]> => {
    const { analysis } = await open(text, { "lib.layers": lib });
    return semanticTokens(analysis, range).map(({ start, end, type, modifiers }) =>
      [text.slice(start, end), type, ...modifiers].join(" "),
    );
  };

  test("tell what words mean", async () => {
    expect(
      await kinds(
        'import { Hidden } from "./lib.layers"\ndim t let n = floor(2.5) /// Doc\nblock B(u=n) { a: Dense(u, activation=relu) }\nmodel M { input [t, 4] Hidden(units=n) repeat 2 { B() } E x: input labels ["a"] weights "w" prefix "p" }\nmodel E { input [t, 2] Dense(3, kernel_initializer=he_normal(seed=1)) }',
      ),
    ).toEqual(
      [
        'import keyword|Hidden macro|from keyword|"./lib.layers" string',
        "dim keyword|t typeParameter declaration|let keyword|n variable declaration readonly|= operator|floor function defaultLibrary|2.5 number|/// Doc comment documentation",
        "block keyword|B macro declaration|u parameter declaration|= operator|n variable readonly|a label declaration|Dense class defaultLibrary|u parameter|activation property|= operator|relu enumMember defaultLibrary",
        'model keyword|M struct declaration|input keyword|t typeParameter|4 number|Hidden macro|units property|= operator|n variable readonly|repeat keyword|2 number|B macro|E struct|x label declaration|labels keyword|"a" string|weights keyword|"w" string|prefix keyword|"p" string',
        "model keyword|E struct declaration|input keyword|t typeParameter|2 number|Dense class defaultLibrary|3 number|kernel_initializer property|= operator|he_normal function defaultLibrary|seed property|= operator|1 number",
      ].flatMap((line) => line.split("|")),
    );
  });

  test("go over no line's end, and can be asked for a range", async () => {
    expect(await kinds("/* a\n   b */ let n = 3")).toEqual([
      "/* a comment",
      "   b */ comment",
      "let keyword",
      "n variable declaration readonly",
      "= operator",
      "3 number",
    ]);
    const text = "model M { input [4] Dense(3) Dense(4) Dense(5) Dense(6) Dense(7) Dense(8) }";
    expect(await kinds(text, { start: text.indexOf("Dense(7"), end: text.indexOf("(8") })).toEqual([
      "Dense class defaultLibrary",
      "7 number",
      "Dense class defaultLibrary",
    ]);
  });
});

/** Characters of one, two and four bytes of UTF-16, in all places where any character may stand. */
const astral = `/* 😀𝔘 é */ let 𝓍 = 1 /// 😀
let width = 3 // 😀
import { Hidden } from "./😀.layers"
/// 😀 doc
model M { /* 😀 */ input [4] "😀": Hidden(width) "l😀": Den<|>se(width, relu) labels ["😀", "b", "c"] weights "./😀.keras" }`;

const astralFiles = { "😀.layers": "block Hidden(units) { Dense(units) }" };

test("places are counted in UTF-16 code units, as in JavaScript, behind any characters", async () => {
  const { analysis, text, offset, surroundings } = await open(astral, astralFiles);
  const cut = ({ start, end }: { readonly start: number; readonly end: number }): string => text.slice(start, end);

  const found = await hover(analysis, offset, surroundings);
  expect(found && cut(found.span)).toBe("Dense");
  const width = text.indexOf("width, relu");
  expect(documentHighlights(analysis, width).map(({ span }) => cut(span))).toEqual(["width", "width", "width"]);
  expect(findDeclaration(analysis, width)?.span).toMatchObject({ start: text.indexOf("let width") });
  const renamed = rename(analysis, width, "w");
  expect(renamed.ok && renamed.value.map(({ span }) => cut(span))).toEqual(["width", "width", "width"]);
  expect(documentLinks(analysis).map(({ span }) => cut(span))).toEqual(["./😀.layers", "./😀.keras"]);
  expect(documentSymbols(analysis).map(({ selection }) => cut(selection))).toContain("width");
  const hints = inlayHints(analysis).map(({ offset: at, label }) => `${text.slice(at - 6, at)}|${label}`);
  expect(hints).toEqual(["idden(|units=", "width)|-> [3]", "Dense(|units=", "idth, |activation=", " relu)|-> [3]"]);
  expect(selectionRanges(analysis, offset).map(cut)).toEqual(
    expect.arrayContaining(["Dense", "Dense(width, relu)", '"l😀": Dense(width, relu)', text]),
  );
  const tokens = semanticTokens(analysis).map((token) => `${cut(token)} ${token.type}`);
  expect(tokens).toEqual(
    expect.arrayContaining([
      "// 😀 comment",
      '"😀" string',
      '"l😀" label',
      "Dense class",
      "relu enumMember",
      "M struct",
    ]),
  );
  const {
    analysis: broken,
    offset: at,
    text: brokenText,
  } = await open(astral.replace("Den<|>se(width, relu)", "Den<|>"), astralFiles);
  const [item] = (await complete(broken, at)).filter(({ label }) => label === "Dense");
  expect(item && brokenText.slice(item.edit.span.start, item.edit.span.end)).toBe("Den");
});
