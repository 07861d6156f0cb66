import { describe, expect, it } from "vitest";
import { applyFix } from "../../src/diagnostics/apply-fix.ts";
import type { Fix } from "../../src/diagnostics/diagnostic.ts";
import { syntaxDiagnostics } from "../../src/syntax/index.ts";
import { parseSource } from "../../src/syntax/parse-source.ts";

const diagnose = (text: string) => parseSource({ path: "a.layers", text }).diagnostics;

/** Each wrong text has exactly one diagnostic; `«»` marks its place. Some have a fix, which leaves no error. */
const cases: readonly (readonly [code: string, marked: string, fixed?: string | undefined])[] = [
  ["missing-comma", "let x = [1«» 2]", "let x = [1, 2]"],
  ["missing-comma", "model M { Dense(64«» activation=relu) }", "model M { Dense(64, activation=relu) }"],
  ["missing-comma", "model M { Dense(64«»\n activation=relu) }", "model M { Dense(64,\n activation=relu) }"],
  ["missing-bracket", "model M {\n Dense(64«»\n Dense(3)\n}", "model M {\n Dense(64)\n Dense(3)\n}"],
  ["missing-bracket", "model M {\n Dense(64,«»\n out: Dense(3)\n}", "model M {\n Dense(64,)\n out: Dense(3)\n}"],
  ["missing-bracket", 'model M {\n input [64«»\n Encoder\n labels ["a"]\n}'],
  [
    "missing-bracket",
    "model M {\n Dense(64)«»\n\nmodel N { Dense(1) }",
    "model M {\n Dense(64)\n}\n\nmodel N { Dense(1) }",
  ],
  ["missing-bracket", "model M { Dense([3«»", "model M { Dense([3]) }"],
  ["missing-bracket", "let x = (1 + 2«»\nlet y = 3", "let x = (1 + 2)\nlet y = 3"],
  ["mismatched-bracket", "model M { Dense(64«]» }", "model M { Dense(64) }"],
  ["unmatched-bracket", "model M { Dense(64)«)» }", "model M { Dense(64) }"],
  ["unmatched-bracket", "dim a\n«}»", "dim a\n"],
  ["missing-body-brace", "model M«»\n Dense(1)\n}", "model M {\n Dense(1)\n}"],
  ["missing-body-brace", "model M «(» Dense(1) )", "model M { Dense(1) }"],
  ["missing-body-brace", "model M«:»\n  input [3]\n  Dense(1)\n", "model M {\n  input [3]\n  Dense(1)\n}\n"],
  ["misspelt-keyword", "«Model» A { input [3] Dense(1) }\ndim b", "model A { input [3] Dense(1) }\ndim b"],
  [
    "misspelt-keyword",
    "dim a\nmodel M { Dense(1) }\n«modle» N { Dense(1) }",
    "dim a\nmodel M { Dense(1) }\nmodel N { Dense(1) }",
  ],
  ["misspelt-keyword", "«class» N { Dense(1) }", "model N { Dense(1) }"],
  ["misspelt-keyword", "«blcok» B(n) { Dense(n) }", "block B(n) { Dense(n) }"],
  ["misspelt-keyword", '«imprt» { B } from "./b.layers"', 'import { B } from "./b.layers"'],
  ["misspelt-keyword", "let n = 3\n«dimm» a\ndim b", "let n = 3\ndim a\ndim b"],
  ["misspelt-keyword", "model M { «repaet» 3 { Dense(1) } }", "model M { repeat 3 { Dense(1) } }"],
  ["misspelt-keyword", "model M { «Repeat» n { Dense(1) } }", "model M { repeat n { Dense(1) } }"],
  ["misspelt-keyword", "model M { «inptu» [3] Dense(1) }", "model M { input [3] Dense(1) }"],
  ["misspelt-keyword", "model M { Dense(1) «complie»(loss=mse) }", "model M { Dense(1) compile(loss=mse) }"],
  ["misspelt-keyword", 'model M { Dense(1) «lables» ["a"] }', 'model M { Dense(1) labels ["a"] }'],
  ["misspelt-keyword", 'model M { «wieghts» "a.keras" Dense(1) }', 'model M { weights "a.keras" Dense(1) }'],
  ["misspelt-keyword", 'model M { «weigths» "a.keras" input [3] Dense(1) }'],
  ["misspelt-keyword", "«const» y = 3\nlet x = 1", "let y = 3\nlet x = 1"],
  ["foreign-script", "«x = Sequential([Dense(3)])»"],
  ["foreign-statement", "model M {\n «repeat» { Dense(3) }\n Dense(1)\n}"],
  ["unexpected-token", "model M { Dense(1) }\n«other» N M"],
  [
    "missing-body-brace",
    "model M {\n repeat 3«» out: Dense(3) -> [3]\n Dense(1)\n}",
    "model M {\n repeat 3 { out: Dense(3) -> [3] }\n Dense(1)\n}",
  ],
  ["missing-body-brace", "model M {\n repeat n * 2«» Encoder\n}", "model M {\n repeat n * 2 { Encoder }\n}"],
  [
    "missing-body-brace",
    "model M {\n repeat floor(n)«»\n Dense(3)\n Dense(1)\n }\n}",
    "model M {\n repeat floor(n) {\n Dense(3)\n Dense(1)\n }\n}",
  ],
  ["missing-body-brace", "model M {\n repeat 2«»\n Dense(3)\n Dense(1)\n}"],
  ["arguments-without-parentheses", "model M { Dense «3» Dense(1) }", "model M { Dense(3) Dense(1) }"],
  [
    "arguments-without-parentheses",
    "model M {\n out: Dense «8» * 2, activation=relu -> [16]\n}",
    "model M {\n out: Dense(8 * 2, activation=relu) -> [16]\n}",
  ],
  ["shape-in-parentheses", "model M { input «(»4,) Dense(1) }", "model M { input [4] Dense(1) }"],
  ["shape-in-parentheses", "model M { input«(»28, 28) Dense(1) }", "model M { input [28, 28] Dense(1) }"],
  ["shape-in-parentheses", "model M { input «(»[4]) Dense(1) }", "model M { input [4] Dense(1) }"],
  ["shape-in-parentheses", "model M { «Input»(shape=(4,)) Dense(1) }", "model M { input [4] Dense(1) }"],
  ["shape-in-parentheses", "model M { «Input»([4]) Dense(1) }", "model M { input [4] Dense(1) }"],
  ["shape-in-parentheses", 'model M { «Input»((4, 2), name="x") Dense(1) }'],
  ["shape-in-parentheses", "model M { Dense(1) -> «(»4,) }", "model M { Dense(1) -> [4] }"],
  ["none-in-shape", "model M { input [«None», 4] Dense(1) }", "model M { input [4] Dense(1) }"],
  ["none-in-shape", "model M { input [4, «None»] Dense(1) }"],
  ["none-in-shape", "model M { Dense(1) -> [«None», 1] }", "model M { Dense(1) -> [1] }"],
  ["unquoted-path", "model M {\n weights «iris.keras»\n}", 'model M {\n weights "iris.keras"\n}'],
  ["unquoted-path", "import { B } from «../b-2/c.layers»\ndim a", 'import { B } from "../b-2/c.layers"\ndim a'],
  ["python-import", "dim a\n«from x import y»\ndim b"],
  ["python-import", "«from keras.layers import Dense, Input»\ndim b"],
  ["python-import", "«import numpy as np»\ndim b"],
  ["import-form", 'import «Hidden» from "./x.layers"\ndim a', 'import { Hidden } from "./x.layers"\ndim a'],
  ["unterminated-string", 'model M {\n Dense(3, activation=«"relu)»\n Dense(4)\n}'],
  ["unquoted-path", "model M {\n weights «./x.keras»\n}", 'model M {\n weights "./x.keras"\n}'],
  ["stray-comma", "model M { Dense(1)«,» Dense(2) }", "model M { Dense(1) Dense(2) }"],
  ["semicolon", "model M { Dense(1)«;» Dense(2) }", "model M { Dense(1) Dense(2) }"],
  ["semicolon", "let x = [1«;» 2]", "let x = [1, 2]"],
  ["label-equals", "model M { out «=» Dense(1) }", "model M { out: Dense(1) }"],
  ["stray-comma", "let a = 1«,» b = 2", "let a = 1 let b = 2"],
  ["stray-comma", "dim time«,» lanes", "dim time dim lanes"],
  ["argument-colon", "model M { Dense(units«:» 3) }", "model M { Dense(units=3) }"],
  ["python-constant", "let x = «True»", "let x = true"],
  ["python-constant", "model M { Dense(1, activation=«None») }", "model M { Dense(1, activation=none) }"],
  ["wrong-quotes", "model M { Dense(1, activation=«'relu'») }", "model M { Dense(1, activation=relu) }"],
  ["wrong-quotes", "model M { Activation(«‘relu’») }", "model M { Activation(relu) }"],
  ["wrong-quotes", "model M { labels [«'a\"b'»] }", 'model M { labels ["a\\"b"] }'],
  ["wrong-quotes", "model M { weights «\u201Ca\u201D» }", 'model M { weights "a" }'],
  ["hash-comment", "dim a «# text»", "dim a // text"],
  ["foreign-operator", "model M { Dense(1) «=>» [1] }", "model M { Dense(1) -> [1] }"],
  ["foreign-operator", "let x = 2 «^» 3", "let x = 2 ** 3"],
  ["foreign-operator", "let x = 2 «\u00D7» 3", "let x = 2 * 3"],
  ["invalid-name", "dim «größe»"],
  ["unexpected-character", "dim «@»a"],
  ["unexpected-character", "let x = [1, «@»]"],
  ["unexpected-character", "let x = [1 «\u0000» 2]"],
  ["unexpected-character", "let x = «\uD800»"],
  ["unexpected-character", "dim a «\u{1F600}\u{1F600}» dim b"],
  ["malformed-number", "let x = «0x10»"],
  ["malformed-number", "let x = «1__0»"],
  ["malformed-number", "let x = [«10px», 2]"],
  ["number-too-large", "let x = «1e999»"],
  ["unterminated-string", 'let x = «"abc»\nlet y = 1'],
  ["unterminated-string", "model M {\n weights «'abc»\n}"],
  ["invalid-escape", String.raw`let x = "a«\x»b"`],
  ["invalid-escape", String.raw`let x = "«\u»12"`],
  ["invalid-string-character", 'let x = "a«\u0000»b"'],
  ["invalid-string-character", String.raw`let x = «"\ud800"»`],
  ["unterminated-comment", "dim a «/*» dim b"],
  ["integer-division-comment", "let x = 7 «// 2»"],
  ["integer-division-comment", "model M { Dense(7 «// 2»\n) }"],
  ["foreign-value", "model M {\n Dense(«units» // 2)\n Dense(1)\n}"],
  ["misplaced-statement", "«Dense(1)» Dense(2)\ninput [3]"],
  ["misplaced-declaration", "model M { «let» x = 3 Dense(x) }"],
  ["unexpected-token", "let x = «*» 3"],
  ["unexpected-token", "let x =«»\nlet y = 1"],
  ["unexpected-token", "model M { Dense(1, activation=«)» }"],
  ["unexpected-token", "model M { Dense(«=» 3) }"],
  ["tuple", "model M { Reshape(«(1, 2)») }", "model M { Reshape([1, 2]) }"],
  ["foreign-clause", "model M { input «64» }", "model M { input [64] }"],
  ["unexpected-token", "let x = [1 «=» 2]"],
  ["foreign-value", "let x = [1,«,» 2]"],
  ["foreign-declaration", "block «B» { Dense(1) }"],
  ["unexpected-token", "import { a } from «b»"],
  ["layer-sign", "model M {\n Dense(1) «->»\n Dense(1)\n}", "model M {\n Dense(1)\n Dense(1)\n}"],
  ["unexpected-token", "model «{» Dense(1) }"],
  ["unexpected-token", "dim«»"],
];

describe("a layer is an argument where it begins a line", () => {
  it.each([
    "model M {\n TimeDistributed(\n  Dense(3)\n )\n}",
    "model M {\n Wrap(1,\n Dense(3))\n}",
    'model M {\n Wrap(\n  Wrap(\n   Dense(3),\n  ),\n  name="x",\n )\n}',
    "model M {\n Dense(\n 3, kernel_initializer=\n GlorotUniform(seed=1))\n}",
    "model M { Dense(1, activation=[\n Relu(1),\n Relu(2)\n]) }",
  ])("%j", (text) => {
    expect(diagnose(text)).toEqual([]);
  });
});

describe("words that only resemble keywords", () => {
  it.each([
    "block Input(n) { Dense(n) }\nmodel M { Input(3) }",
    'import { Input } from "./b.layers"\nmodel M { Input(3) }',
    'model M { Weight "a": Dense(3) }',
    "model M { Input: Dense(3) input: Dense(3) }",
    "model M { Flatten() Models M }",
  ])("%j", (text) => {
    expect(diagnose(text)).toEqual([]);
  });
});

describe("syntax errors", () => {
  it.each(cases.map(([code, marked, fixed]) => ({ code, marked, fixed })))(
    "$code: $marked",
    ({ code, marked, fixed }) => {
      const start = marked.indexOf("«");
      const end = marked.indexOf("»") - 1;
      const text = marked.replace("«", "").replace("»", "");
      const diagnostics = diagnose(text);
      expect(diagnostics.map((each) => [each.code, each.span?.start, each.span?.end])).toEqual([[code, start, end]]);
      if (fixed !== undefined) {
        expect(applyFix(text, "a.layers", diagnostics[0]?.fix as Fix)).toBe(fixed);
        expect(diagnose(fixed)).toEqual([]);
      }
    },
  );

  it("show where an unclosed bracket is opened", () => {
    const [diagnostic] = diagnose("model M {\n Dense(3)\n");
    expect(diagnostic?.related).toEqual([
      { span: { file: "a.layers", start: 8, end: 9 }, message: "'{' is opened here" },
    ]);
  });

  it("are all told in one run, one for each cause", () => {
    const broken = [
      "Dense(5, activation=)",
      "Dense(6 use_bias=true)",
      "hidden = Dense(3)",
      "Dense('x')",
      "Dense(1e999)",
      "Dense(* 2)",
      "Reshape((1, 2))",
      "@ Dense(1)",
      "Dense(64",
      "input 64",
      "Dense(1);",
    ];
    const text = `model M {\n${broken.join("\nFlatten()\n")}\n}\nlet x = \nmodel N { Dense(] }\n`;
    const { value, diagnostics } = parseSource({ path: "a.layers", text });
    const lines = diagnostics.map((each) => text.slice(0, each.span?.start).split("\n").length);
    expect(lines).toEqual([...broken.map((_, index) => 2 * index + 2), 2 * broken.length + 2, 2 * broken.length + 3]);
    const [model] = value.declarations;
    const flattens =
      model?.kind === "model"
        ? model.body.filter((item) => item.kind === "layer" && item.callee.text === "Flatten")
        : [];
    expect(flattens).toHaveLength(broken.length - 1);
    expect(value.declarations.map((each) => each.name.text)).toEqual(["M", "x", "N"]);
  });

  it("leave missing expressions, not half ones", () => {
    const { value } = parseSource({ path: "a.layers", text: "let x = [1, (=), 4 = 5]" });
    expect(value.declarations).toMatchObject([
      { value: { kind: "list", items: [{ kind: "number" }, { kind: "missing" }, { kind: "missing" }] } },
    ]);
  });

  it("count a declaration inside a body as declared", () => {
    const { value } = parseSource({ path: "a.layers", text: "model M { let x = 3 Dense(x) }" });
    expect(value.declarations.map((each) => each.name.text)).toEqual(["x", "M"]);
  });

  it("are cut off after a hundred", () => {
    const diagnostics = diagnose("let x = *\n".repeat(1000));
    expect(diagnostics).toHaveLength(101);
    expect(diagnostics.at(-1)?.code).toBe("too-many-syntax-errors");
  });

  it("have distinct codes", () => {
    const codes = syntaxDiagnostics.map((definition) => definition.code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.every((code) => /^[a-z]+(-[a-z]+)*$/.test(code))).toBe(true);
  });
});
