import { describe, expect, it } from "vitest";
import type { Expression } from "../../src/syntax/ast.ts";
import { parseSource } from "../../src/syntax/parse-source.ts";
import { samples } from "./samples.ts";

const parse = (text: string) => parseSource({ path: "a.layers", text });
const codes = (text: string) => parse(text).diagnostics.map((diagnostic) => diagnostic.code);

function valueOf(expression: string): Expression {
  const { value, diagnostics } = parse(`let x = ${expression}`);
  expect(diagnostics).toEqual([]);
  const [declaration] = value.declarations;
  if (declaration?.kind !== "let") throw new Error("expected a let");
  return declaration.value;
}

/** An expression with all of its brackets, `(-(2**2))`. */
function show(expression: Expression): string {
  switch (expression.kind) {
    case "number":
      return String(expression.value);
    case "string":
      return JSON.stringify(expression.value);
    case "boolean":
      return String(expression.value);
    case "none":
      return "none";
    case "name-expression":
      return expression.name;
    case "list":
      return `[${expression.items.map(show).join(", ")}]`;
    case "call": {
      const args = expression.arguments.map(({ name, value }) => (name ? `${name.text}=` : "") + show(value));
      return `${expression.callee.text}(${args.join(", ")})`;
    }
    case "unary":
      return `(${expression.operator}${show(expression.operand)})`;
    case "binary":
      return `(${show(expression.left)}${expression.operator}${show(expression.right)})`;
    case "missing":
      return "?";
  }
}

function bodyOf(text: string) {
  const { value, diagnostics } = parse(`model M {\n${text}\n}`);
  expect(diagnostics).toEqual([]);
  const [declaration] = value.declarations;
  if (declaration?.kind !== "model") throw new Error("expected a model");
  return declaration.body;
}

describe("expressions", () => {
  it.each([
    ["-2**2", "(-(2**2))"],
    ["2**-1", "(2**(-1))"],
    ["2**3**2", "(2**(3**2))"],
    ["-2**-3**2", "(-(2**(-(3**2))))"],
    ["1-2-3", "((1-2)-3)"],
    ["1+2*3%4/5", "(1+(((2*3)%4)/5))"],
    ["(1+2)*3", "((1+2)*3)"],
    ["--+1", "(-(-(+1)))"],
    ["1_000.5e-1_0", "1.0005e-7"],
    [".5 + 5.", "(0.5+5)"],
    ["[1, [], [true, none,],]", "[1, [], [true, none]]"],
    ["f(1, a=g(), none=2, b=none,)", "f(1, a=g(), none=2, b=none)"],
    ["model + let", "(model+let)"],
    ["007", "7"],
  ])("%s is %s", (source, expected) => {
    expect(show(valueOf(source))).toBe(expected);
  });

  it("cooks the escapes of JSON", () => {
    expect(valueOf(String.raw`"\"\\\/\b\f\n\r\t\u0041 é"`)).toMatchObject({ value: '"\\/\b\f\n\r\tA é' });
  });

  it("gives parentheses to the place of what they enclose", () => {
    expect(valueOf("(1)").span).toEqual({ file: "a.layers", start: 8, end: 11 });
  });
});

describe("files", () => {
  it.each(samples)("parses sample %#", (text) => {
    expect(parse(text).diagnostics).toEqual([]);
  });

  it("marks exactly what is written", () => {
    const text = samples[2] as string;
    const { value } = parse(text);
    const [time, input, block, model] = value.declarations;
    const written = (span: { start: number; end: number } | undefined) => text.slice(span?.start, span?.end);
    expect(written(value.imports[0]?.span)).toBe('import { Hidden, input, } from "./blocks.layers"');
    expect(written(value.imports[0]?.path.span)).toBe('"./blocks.layers"');
    expect(written(time?.span)).toBe("dim time");
    expect(written(input?.name.span)).toBe("input");
    expect(block?.kind === "block" && block.parameters.map((each) => written(each.span))).toEqual([
      "units",
      "rate=0.1",
    ]);
    expect(model?.kind === "model" && model.body.map((item) => written(item.span))).toEqual([
      "input [time, 128]",
      "repeat 3 * input { Residualless(64) Hidden } -> [time, 64]",
      "Encoder",
      "none: Dense(3)",
    ]);
  });

  it("accepts a byte order mark, any line ends and U+2028", () => {
    expect(codes("\uFEFFdim a\r\ndim b\rdim c\u2028dim d\u00A0")).toEqual([]);
    expect(parse("// a\u2028dim b\ndim c").value.declarations).toHaveLength(1);
  });

  it("gives an empty file no declarations", () => {
    expect(parse("").value.declarations).toEqual([]);
  });
});

describe("compile", () => {
  it("is a clause before its arguments, with a doc comment", () => {
    const [clause, layer] = bodyOf("/// Slowly.\n compile(sgd(1e-4), loss=mse) Dense(3)");
    expect(clause).toMatchObject({
      kind: "compile",
      doc: "Slowly.",
      callee: { text: "compile" },
      arguments: [{ value: { kind: "call" } }, { name: { text: "loss" }, value: { name: "mse" } }],
    });
    expect(layer).toMatchObject({ kind: "layer" });
  });

  it.each([
    "block compile(n) { Dense(n) }",
    "model compile { input [4] Dense(4) }",
    'import { a, compile } from "./b.layers"',
  ])("is a name where a file has %s", (declaration) => {
    const { value, diagnostics } = parse(`model M { input [4] compile(3) } ${declaration}`);
    expect(diagnostics).toEqual([]);
    const model = value.declarations.find(({ name }) => name.text === "M");
    expect(model?.kind === "model" && model.body[1]?.kind).toBe("layer");
  });

  it.each([
    ["a let", "let compile = 3"],
    ["the parameter of a block", "block B(a, compile, b) { Dense(compile) }"],
  ])("is a clause beside %s of that name", (_, declaration) => {
    const { value, diagnostics } = parse(`${declaration} model M { input [4] compile(loss=mse) }`);
    expect(diagnostics).toEqual([]);
    const model = value.declarations.find(({ name }) => name.text === "M");
    expect(model?.kind === "model" && model.body[1]?.kind).toBe("compile");
  });

  it("ends what is left open before it", () => {
    const { value, diagnostics } = parse("model M {\n  input [4]\n  Dense(3\n  compile(loss=mse)\n}");
    expect(diagnostics.map(({ code }) => code)).toEqual(["missing-bracket"]);
    const [model] = value.declarations;
    expect(model?.kind === "model" && model.body.map(({ kind }) => kind)).toEqual(["input", "layer", "compile"]);
  });
});

describe("words", () => {
  it("are labels before a colon, whatever they are elsewhere", () => {
    const words = [
      "let",
      "dim",
      "block",
      "model",
      "import",
      "repeat",
      "input",
      "weights",
      "labels",
      "compile",
      "true",
      "none",
      "from",
    ];
    const body = bodyOf(words.map((word) => `${word}: Dense(1)`).join(" "));
    expect(body.map((item) => item.kind === "layer" && item.label?.text)).toEqual(words);
  });

  it("are names after a declaring keyword", () => {
    const words = ["let", "dim", "block", "model", "import", "repeat", "input", "weights", "labels", "none", "from"];
    const { value, diagnostics } = parse(
      words.map((word) => `let ${word} = 1 dim ${word} model ${word} {}`).join("\n"),
    );
    expect(diagnostics).toEqual([]);
    expect(value.declarations.map((each) => each.name.text)).toEqual(words.flatMap((word) => [word, word, word]));
  });

  it("name a layer after a label", () => {
    expect(bodyOf("x: input y: weights(1)")).toMatchObject([
      { kind: "layer", label: { text: "x" }, callee: { text: "input" } },
      { kind: "layer", label: { text: "y" }, callee: { text: "weights" } },
    ]);
  });

  it("keep a label on a repeat", () => {
    expect(bodyOf("x: repeat 3 { Dense(1) } y: repeat n { Dense(1) }")).toMatchObject([
      { kind: "repeat", label: { text: "x" } },
      { kind: "repeat", label: { text: "y" } },
    ]);
  });

  it("tell a model used as a layer from a call", () => {
    const [model, call] = bodyOf("Encoder Encoder()");
    expect(model).not.toHaveProperty("arguments");
    expect(call).toHaveProperty("arguments", []);
  });
});

describe("doc comments", () => {
  it("belong to what follows them", () => {
    const { value, diagnostics } = parse(`/// One.
///   Two.
//// none

/// Three.
model M {
  /// In.
  input [1]
  /// A layer.
  a: Dense(1)
}`);
    expect(diagnostics).toEqual([]);
    expect(value.declarations).toMatchObject([
      { doc: "One.\n  Two.\nThree.", body: [{ doc: "In." }, { doc: "A layer." }] },
    ]);
  });

  it.each(["dim a /// trailing", "dim a\n/// last", "model M {\n Dense(1)\n /// end\n}", "let x = f(\n/// inside\n1)"])(
    "are reported where they document nothing: %j",
    (text) => {
      expect(codes(text)).toEqual(["stray-doc-comment"]);
    },
  );

  it("replace what no output can hold", () => {
    expect(parse("/// a\u0000b\uD800c\ndim d").value.declarations[0]?.doc).toBe("a\uFFFDb\uFFFDc");
  });
});

describe("all comments", () => {
  it("are listed with their places", () => {
    const text = `// One.
/// Two.
model M { /* three
  lines */ input [1 /* four */] // five
  Dense(1) /// stray
  "// none": Dense(1) //// six
  /// no layer follows
}`;
    const { value } = parse(text);
    expect(value.comments?.map(({ kind, span }) => `${kind} ${text.slice(span.start, span.end)}`)).toEqual([
      "line // One.",
      "doc /// Two.",
      "block /* three\n  lines */",
      "block /* four */",
      "line // five",
      "line /// stray",
      "line //// six",
      "line /// no layer follows",
    ]);
    expect(value.comments?.every(({ text: comment, span }) => text.slice(span.start, span.end) === comment)).toBe(true);
  });

  it("are there in a file with errors", () => {
    expect(parse("let x = ( // a\nmodel { /* b */").value.comments?.map(({ text }) => text)).toEqual([
      "// a",
      "/* b */",
    ]);
  });
});

it("a name in parentheses has both places", () => {
  expect(valueOf("( (width) )")).toMatchObject({ span: { start: 8, end: 19 }, nameSpan: { start: 11, end: 16 } });
  expect(valueOf("width")).not.toHaveProperty("nameSpan");
});
