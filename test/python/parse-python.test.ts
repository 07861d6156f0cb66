import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Expression, Statement } from "../../src/python/ast.ts";
import { StatementParser } from "../../src/python/grammar/statement-parser.ts";
import { parsePython } from "../../src/python/parse-python.ts";

const parse = (text: string): readonly Statement[] => {
  const { value, diagnostics } = parsePython({ path: "a.py", text });
  expect(diagnostics).toEqual([]);
  return value.statements;
};

/** A tree in short: `(+ 1 (* 2 a))`. */
function show(node: Expression): string {
  switch (node.kind) {
    case "number":
      return node.text;
    case "string":
      return JSON.stringify(node.value);
    case "constant":
      return String(node.value);
    case "name":
      return node.name;
    case "attribute":
      return `${show(node.object)}.${node.name}`;
    case "call":
      return `${show(node.callee)}(${node.arguments
        .map(({ name, star = "", value }) => `${name === undefined ? star : `${name}=`}${show(value)}`)
        .join(", ")})`;
    case "subscript":
      return `${show(node.object)}[${show(node.index)}]`;
    case "list":
      return `[${node.items.map(show).join(", ")}]`;
    case "tuple":
      return `(${node.items.map(show).join(", ")},)`;
    case "dict":
      return `{${node.entries.map(([key, value]) => `${show(key)}: ${show(value)}`).join(", ")}}`;
    case "unary":
      return `(${node.operator} ${show(node.operand)})`;
    case "binary":
      return `(${node.operator} ${show(node.left)} ${show(node.right)})`;
    case "opaque":
      return `<${node.what}${node.parts.map((part) => ` ${show(part)}`).join("")}>`;
  }
}

function expressionOf(text: string): string {
  const [statement, ...others] = parse(text);
  expect(others).toEqual([]);
  return statement?.kind === "expression" ? show(statement.value) : (statement?.kind ?? "nothing");
}

/** Statements in short, those of a body in braces. */
function outline(statements: readonly Statement[]): string {
  return statements
    .map((statement) => {
      if (statement.kind !== "block") return statement.kind === "other" ? statement.word : statement.kind;
      return `${statement.word}{${outline(statement.body)}}`;
    })
    .join(" ");
}

test("the grammar has no ambiguity that Chevrotain knows of", () => {
  expect(() => new StatementParser(false)).not.toThrow();
});

describe("expressions", () => {
  test.each([
    ["1 + 2 * a", "(+ 1 (* 2 a))"],
    ["-2 ** -3 ** 2", "(- (** 2 (- (** 3 2))))"],
    ["10*10*256", "(* (* 10 10) 256)"],
    ["a // b % c / d @ e", "(@ (/ (% (// a b) c) d) e)"],
    ["(1)", "1"],
    ["(1,)", "(1,)"],
    ["()", "(,)"],
    ["1, 2", "(1, 2,)"],
    ["[1, 2,]", "[1, 2]"],
    ["[]", "[]"],
    ["{'a': 1, \"b\": (2)}", '{"a": 1, "b": 2}'],
    ["a.b(c, d=1, *e, **f)[0].g", "a.b(c, d=1, *e, **f)[0].g"],
    ["f(\n  a,  # one\n  b,\n)", "f(a, b)"],
    ["f(x)(y)", "f(x)(y)"],
    ["'a' \"b\" '''c\nd'''", JSON.stringify("abc\nd")],
    ["r'\\n' '\\n\\x41\\u0042\\q\\''", JSON.stringify("\\n\nAB\\q'")],
    ["f'plain'", '"plain"'],
    ["f'{x}'", "<an f-string>"],
    ["b'x'", "<a string of bytes>"],
    ["0x10 + 1_000 + .5 + 1. + 1e-3", "(+ (+ (+ (+ 0x10 1_000) .5) 1.) 1e-3)"],
    ["2j", "<an imaginary number>"],
    ["True, False, None, ...", "(true, false, null, <an ellipsis>,)"],
    ["a if b else c if d else e", "<a conditional expression a b c d e>"],
    [
      "not a and b or c in d",
      "<a condition <a condition <a condition a>> b <a condition c d>>".replace(
        "<a condition <a condition <a condition a>>",
        "<a condition <a condition a>",
      ),
    ],
    ["a == b", "(== a b)"],
    ["a == b == c", "<a condition a b c>"],
    ["a is not b", "<a condition a b>"],
    ["lambda x, y=1, *z: x + y", "<a lambda 1 (+ x y)>"],
    ["[f(x) for x in xs if x > 1 for y in x]", "<a comprehension f(x) xs <a condition x 1> x>"],
    ["sum(x for x in xs)", "sum(<a comprehension x xs>)"],
    ["{x for x in xs}", "<a comprehension x xs>"],
    ["{x: y for x in xs}", "<a comprehension x y xs>"],
    ["{1, 2}", "<a set 1 2>"],
    ["x[1:, ::2, 3]", "x[(<a slice 1>, <a slice 2>, 3,)]"],
    ["[*a, b]", "[<an unpacked value a>, b]"],
    ["a << 2 | ~b", "<an operation on bits a 2 (~ b)>".replace("a 2 (~ b)", "a 2 (~ b)")],
    ["(n := 3)", "<an assignment in an expression n 3>"],
    ["await f(x)", "<an await f(x)>"],
    ["a \\\n  + b", "(+ a b)"],
  ])("%j", (text, tree) => expect(expressionOf(text)).toBe(tree));
});

describe("statements", () => {
  test.each([
    ["a = b = 1; c: int = 2; d += 3", "assign assign augmented"],
    [
      "import a.b as c, d\nfrom e import (f as g,\n h)\nfrom . import i\nfrom j import *",
      "import import import import",
    ],
    [
      "if a:\n  b\nelif c: d; e\nelse:\n  f\ng",
      "if{expression} elif{expression expression} else{expression} expression",
    ],
    ["for i, (a, b) in x:\n    while c:\n        d\n    e\nf", "for{while{expression} expression} expression"],
    ["with open(a) as f, g:\n  pass", "with{pass}"],
    ["with (open(a) as f, g):\n  pass", "with{pass}"],
    ["@d\nasync def f(a, b: int = 1, /, *c, d=2, **e) -> int:\n  return a", "@ def{return}"],
    ["class A(B, metaclass=C):\n  x = 1", "class{assign}"],
    ["try:\n  a\nexcept (B, C) as d:\n  pass\nfinally:\n  e", "try{expression} except{pass} finally{expression}"],
    ["match x:\n  case 1:\n    a", "match{case{expression}}"],
    ["match = 1\nmatch(x)", "assign expression"],
    ["print 'hello'", "unread"],
    ["x = 1 ? 2\ny = 2", "unread assign"],
    ["    a\n  b\n      c", "expression expression expression"],
    ["%matplotlib inline\n!pip install x\na", "expression"],
    ["x = (1\n% 2)", "assign"],
    ["\tif a:\r\n\t\tb\r\n\tc", "if{expression} expression"],
    ["raise A from b; assert c, d; del e; global f", "raise assert del global"],
    ["# only a comment\n\n", ""],
    ["def f():\n  # nothing\n\ndef g(): pass", "def{} def{pass}"],
  ])("%j", (text, kinds) => expect(outline(parse(text))).toBe(kinds));

  test("names of imports, their paths and aliases", () => {
    const [statement] = parse("from a.b import c as d, e");
    expect(statement?.kind === "import" && statement.names.map(({ name, path }) => [name, path])).toEqual([
      ["d", "a.b.c"],
      ["e", "a.b.e"],
    ]);
  });

  test("spans are those of the text, with characters outside of the BMP", () => {
    const text = "# 🎓 é\nmodel = f('🎉', x)  # end";
    const [statement] = parse(text);
    expect(text.slice(statement?.span.start, statement?.span.end)).toBe("model = f('🎉', x)");
  });

  test("the head of a block is its span, and its end that of its last statement", () => {
    const text = "for x in y:\n  a\n  if b:\n    c()\nd";
    const [statement] = parse(text);
    expect(text.slice(statement?.span.start, statement?.span.end)).toBe("for x in y");
    expect(statement?.kind === "block" && text.slice(0, statement.end)).toBe("for x in y:\n  a\n  if b:\n    c()");
  });
});

describe("what is no Python", () => {
  const reason = (text: string): string => {
    const { value, diagnostics } = parsePython({ path: "a.py", text });
    expect(value.statements).toEqual([]);
    return diagnostics.map(({ message }) => message).join();
  };
  test.each([
    ["f(1", "'(' is never closed"],
    ["f[1)", "')' closes '['"],
    ["f)", "')' closes nothing"],
    ["'abc", "the string has no end on its line"],
    ["'''abc\n", "the string has no end"],
    [`${"(".repeat(51)}${")".repeat(51)}`, "brackets nest deeper than 50"],
    [Array.from({ length: 51 }, (_, at) => `${" ".repeat(at)}if a:\n`).join(""), "blocks nest deeper than 50"],
    [" ".repeat(262_145), "at most 262144 characters"],
  ])("%.40j", (text, words) => expect(reason(text)).toContain(words));

  test("expressions of many levels are one that has no value, and none takes the stack", () => {
    const count = 4_000;
    const deep = [
      `${"-".repeat(count)}1`,
      `${"1+".repeat(count)}1`,
      `${"2**".repeat(count)}2`,
      `a${".b".repeat(count)}`,
      `a${"(b)".repeat(count)}`,
      `${"not ".repeat(count)}a`,
    ];
    for (const text of deep) expect(expressionOf(text).slice(0, 60)).toMatch(/levels|condition/);
    expect(outline(parse(`${"lambda: ".repeat(count)}1`))).toBe("unread");
    expect(outline(parse(`${"a if b else ".repeat(count)}c`))).toBe("expression");
    expect(outline(parse(`x = ${"[lambda a=(".repeat(25)}1${"): 0]".repeat(25)}`))).toBe("assign");
    expect(outline(parse("a;".repeat(count))).length).toBeGreaterThan(count);
  });

  test("no text makes it throw, and every statement lies in it", () => {
    const word = fc.constantFrom(
      ..."if for def class with : = ( ) [ ] { } ' \" \\ \n \t # , . * ** lambda x 1 0x f'{ import from as in not else return ; @ -> := ...".split(
        " ",
      ),
      "\n    ",
      " ",
    );
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 60 }).map((words) => words.join("")),
        (text) => {
          const inText = (statement: Statement): void => {
            const { start, end } = statement.span;
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeLessThanOrEqual(text.length);
            expect(start).toBeLessThan(end);
            if (statement.kind === "block") statement.body.forEach(inText);
          };
          parsePython({ path: "a.py", text }).value.statements.forEach(inText);
        },
      ),
      { numRuns: 300 },
    );
  });
});
