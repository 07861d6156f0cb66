import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printModelFile } from "../../src/format/print-model-file.ts";
import type {
  Argument,
  BodyItem,
  Declaration,
  Expression,
  ImportDeclaration,
  ListExpression,
  ModelFile,
  Name,
  StringLiteral,
} from "../../src/syntax/ast.ts";
import { parseSource } from "../../src/syntax/index.ts";

const span = { file: "m.layers", start: 0, end: 0 };
const source = { path: "m.layers", text: "" };

function parse(text: string): ModelFile {
  const { value, diagnostics } = parseSource({ path: "m.layers", text });
  expect(diagnostics.map(({ code, message }) => `${code}: ${message}\n${text}`)).toEqual([]);
  return value;
}

/** A tree without its places. */
function meaning(file: ModelFile): unknown {
  return JSON.parse(
    JSON.stringify(file, (key, value: unknown) =>
      ["span", "nameSpan", "source", "comments"].includes(key) ? undefined : value,
    ),
  );
}

describe("the style", () => {
  test("is that of the examples", () => {
    const text = `import { Hidden, width } from "./blocks.layers"

let latent = 10*10
dim time

/// A block.
block Narrowing(units, rate=0.1) {
  Dense(units, activation=gelu)
  Dropout(rate)
}

/// Hand-written digits.
model Digits {
  weights "./digits.keras"
  input [time, 64]

  Rescaling(1/16)
  hidden: Dense(64, activation=relu,
                kernel_initializer=he_normal(seed=7),
                kernel_regularizer=l2(0.0001))
  repeat 2 * width { Hidden(64) }
  "dense-1": Dense(2**3 - 1, use_bias=false) -> [time, 7]
  Encoder

  labels ["0", "1", "2", "3", "4", "5", "6"]
}
`;
    expect(printModelFile(parse(text))).toBe(text);
  });

  test("breaks long lists and calls", () => {
    const labels = Array.from({ length: 30 }, (_, at) => `"label ${at}"`).join(", ");
    const text = `model M { input [3] labels [${labels}] Dense(30, kernel_initializer=glorot_uniform, bias_initializer=zeros, kernel_constraint=none, bias_constraint=none) }`;
    const printed = printModelFile(parse(text));
    expect(printed.split("\n").every((line) => line.length <= 100)).toBe(true);
    expect(printed).toContain(
      "\n  Dense(30,\n        kernel_initializer=glorot_uniform,\n        bias_initializer=zeros,\n",
    );
    expect(printed).toMatch(/\n {10}"label \d+"/);
  });

  test("comments go before what they are about, and can't break out of their line", () => {
    const file = parse("model M { input [3] Dense(2) }");
    const model = file.declarations[0] as Declaration;
    const layer = (model.kind === "model" ? model.body[1] : undefined) as BodyItem;
    const comments = new Map<Declaration | BodyItem, readonly string[]>([
      [model, ["first", "second"]],
      [layer, ["one\ntwo\u2028} three"]],
    ]);
    expect(printModelFile(file, { comments })).toBe(
      "// first\n// second\nmodel M {\n  input [3]\n  // one\n  // two\n  // } three\n  Dense(2)\n}\n",
    );
  });

  test("a layer as an argument never begins a line, where it would be taken for a statement", () => {
    const seeds = Array.from({ length: 9 }, (_, at) => `a${at}=${"9".repeat(9)}`).join(", ");
    const file = parse(`model M { input [3] Wrap(1, Dense(3, ${seeds}), Dense(4)) }`);
    expect(meaning(parse(printModelFile(file)))).toEqual(meaning(file));
  });

  test.each([
    ["-2**2", "-2**2"],
    ["(-2)**2", "(-2)**2"],
    ["2**-1", "2**-1"],
    ["(2**3)**2", "(2**3)**2"],
    ["2**3**2", "2**3**2"],
    ["a-(b-c)", "a - (b - c)"],
    ["(a-b)-c", "a - b - c"],
    ["a*(b+c)", "a * (b + c)"],
    ["-(a+b)", "-(a + b)"],
    ["(a)", "a"],
    ["10 * 10 * 256", "10*10*256"],
    ["a*10", "a * 10"],
    ["- - 1", "--1"],
    ["1 - -1", "1 - -1"],
  ])("%s is written %s", (written, printed) => {
    expect(printModelFile(parse(`let x = ${written}`))).toBe(`let x = ${printed}\n`);
  });
});

test("every example means the same when it is printed, and its print stays", () => {
  const folder = new URL("../../examples/", import.meta.url);
  const examples = readdirSync(folder).filter((name) => name.endsWith(".layers"));
  expect(examples.length).toBeGreaterThan(3);
  for (const name of examples) {
    const file = parse(readFileSync(new URL(name, folder), "utf8"));
    const printed = printModelFile(file);
    expect(meaning(parse(printed))).toEqual(meaning(file));
    expect(printModelFile(parse(printed))).toBe(printed);
  }
});

const word = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,11}$/);
/** Words that are keywords somewhere stand for values nowhere. */
const freeWord = word.filter(
  (text) => !/^(import|from|let|dim|block|model|repeat|input|weights|labels|true|false|none)$/.test(text),
);
const name = (text: string): Name => ({ kind: "name", text, span });
const plainText = fc.string({ unit: "grapheme", maxLength: 12 }).filter((text) => !/\p{Cs}/u.test(text));
const string = plainText.map((value): StringLiteral => ({ kind: "string", value, span }));
const number = fc
  .oneof(fc.nat(), fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }))
  .map((value): Expression => ({ kind: "number", value, text: String(value).replace("e+", "e"), span }));

const { expression, argument } = fc.letrec<{ expression: Expression; argument: Argument }>((tie) => ({
  argument: fc.record({ kind: fc.constant("argument" as const), value: tie("expression"), span: fc.constant(span) }),
  expression: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    number,
    string,
    fc.boolean().map((value): Expression => ({ kind: "boolean", value, span })),
    fc.constant<Expression>({ kind: "none", span }),
    freeWord.map((text): Expression => ({ kind: "name-expression", name: text, span })),
    fc.array(tie("expression"), { maxLength: 6 }).map((items): Expression => ({ kind: "list", items, span })),
    fc
      .tuple(freeWord, fc.array(fc.tuple(fc.option(freeWord), tie("expression")), { maxLength: 4 }))
      .map(([callee, args]): Expression => ({
        kind: "call",
        callee: name(callee),
        arguments: toArguments(args),
        span,
      })),
    fc
      .tuple(fc.constantFrom("-" as const, "+" as const), tie("expression"))
      .map(([operator, operand]): Expression => ({ kind: "unary", operator, operand, span })),
    fc
      .tuple(fc.constantFrom("+", "-", "*", "/", "%", "**"), tie("expression"), tie("expression"))
      .map(([operator, left, right]) => ({ kind: "binary", operator, left, right, span }) as Expression),
  ),
}));

function toArguments(args: readonly (readonly [string | null, Expression])[]): readonly Argument[] {
  return args.map(([text, value]) => ({
    kind: "argument",
    ...(text === null ? {} : { name: name(text) }),
    value,
    span,
  }));
}

const list = fc.array(expression, { maxLength: 5 }).map((items): ListExpression => ({ kind: "list", items, span }));
const assertion = fc.option(list, { nil: undefined });
const doc = fc.option(fc.constantFrom("A line.", "Two\nlines.", "", "  indented"), { nil: undefined });

function documented<Item extends object>(item: Item, text: string | undefined): Item {
  return text === undefined ? item : { ...item, doc: text };
}

const layer = fc
  .tuple(
    fc.option(fc.oneof(freeWord, plainText)),
    freeWord,
    fc.option(fc.array(argument, { maxLength: 3 })),
    assertion,
    doc,
  )
  .map(([label, callee, args, shape, text]) =>
    documented<BodyItem>(
      {
        kind: "layer",
        ...(label === null ? {} : { label: name(label) }),
        callee: name(callee),
        ...(args === null ? {} : { arguments: args }),
        ...(shape === undefined ? {} : { assertion: { kind: "assertion", shape, span } }),
        span,
      },
      text,
    ),
  );
const factor = fc.oneof(
  number,
  freeWord.map((text): Expression => ({ kind: "name-expression", name: text, span })),
);
const count = fc.oneof(
  factor,
  fc.tuple(factor, factor).map(([left, right]): Expression => ({ kind: "binary", operator: "*", left, right, span })),
);
const repeat = fc
  .tuple(count, fc.array(layer, { minLength: 1, maxLength: 3 }), assertion)
  .map(([times, items, shape]): BodyItem => {
    return {
      kind: "repeat",
      count: times,
      body: items,
      ...(shape === undefined ? {} : { assertion: { kind: "assertion", shape, span } }),
      span,
    };
  });
const clause = fc.oneof(
  list.map((shape): BodyItem => ({ kind: "input", shape, span })),
  string.map((path): BodyItem => ({ kind: "weights", path, span })),
  list.map((labels): BodyItem => ({ kind: "labels", labels, span })),
);
const body = fc.array(fc.oneof(layer, layer, repeat, clause), { maxLength: 5 });

const declaration = fc.oneof(
  fc
    .tuple(freeWord, expression, doc)
    .map(([text, value, about]) => documented<Declaration>({ kind: "let", name: name(text), value, span }, about)),
  freeWord.map((text): Declaration => ({ kind: "dim", name: name(text), span })),
  fc
    .tuple(freeWord, fc.array(fc.tuple(freeWord, fc.option(expression)), { maxLength: 3 }), body)
    .map(([text, parameters, items]): Declaration => ({
      kind: "block",
      name: name(text),
      parameters: parameters.map(([parameter, preset]) => ({
        kind: "parameter",
        name: name(parameter),
        ...(preset === null ? {} : { default: preset }),
        span,
      })),
      body: items,
      span,
    })),
  fc
    .tuple(freeWord, body, doc)
    .map(([text, items, about]) =>
      documented<Declaration>({ kind: "model", name: name(text), body: items, span }, about),
    ),
);
const imported = fc
  .tuple(fc.array(freeWord, { minLength: 1, maxLength: 3 }), string)
  .map(([names, path]): ImportDeclaration => ({ kind: "import", names: names.map(name), path, span }));

test("any tree means the same after printing and parsing, and its print stays", () => {
  fc.assert(
    fc.property(
      fc.array(imported, { maxLength: 2 }),
      fc.array(declaration, { maxLength: 4 }),
      (imports, declarations) => {
        const file: ModelFile = { kind: "model-file", source, imports, declarations, span };
        const printed = printModelFile(file);
        const again = parse(printed);
        expect(meaning(again)).toEqual(meaning(file));
        expect(printModelFile(again)).toBe(printed);
      },
    ),
    { numRuns: 1000 },
  );
});
