import fc from "fast-check";
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

const span = { file: "m.layers", start: 0, end: 0 };
const source = { path: "m.layers", text: "" };

const word = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,11}$/);
/** Words that are keywords somewhere stand for values nowhere. */
const freeWord = word.filter(
  (text) => !/^(import|from|let|dim|block|model|repeat|input|weights|labels|compile|true|false|none)$/.test(text),
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
/** Other items of shapes and labels are told as habits of other languages, which the parser mends. */
const listOf = (item: fc.Arbitrary<Expression>) =>
  fc.array(item, { maxLength: 5 }).map((items): ListExpression => ({ kind: "list", items, span }));
const clause = fc.oneof(
  listOf(count).map((shape): BodyItem => ({ kind: "input", shape, span })),
  string.map((path): BodyItem => ({ kind: "weights", path, span })),
  listOf(string).map((labels): BodyItem => ({ kind: "labels", labels, span })),
  fc
    .array(fc.tuple(fc.option(freeWord), expression), { maxLength: 3 })
    .map((args): BodyItem => ({ kind: "compile", callee: name("compile"), arguments: toArguments(args), span })),
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

/** Trees of model files that were made, not parsed; they need not make sense to the checker. */
export const modelFile: fc.Arbitrary<ModelFile> = fc
  .tuple(fc.array(imported, { maxLength: 2 }), fc.array(declaration, { maxLength: 4 }))
  .map(([imports, declarations]) => ({ kind: "model-file", source, imports, declarations, span }));
