import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ModelFile } from "../../src/syntax/ast.ts";
import { MAX_DIALECT_LENGTH, MAX_SOURCE_LENGTH } from "../../src/syntax/limits.ts";
import { parseSource } from "../../src/syntax/parse-source.ts";
import { anyText } from "../support/any-text.ts";
import { samples } from "./samples.ts";

const parse = (text: string) => parseSource({ path: "a.layers", text });
const codesOf = (text: string) => parse(text).diagnostics.map((diagnostic) => diagnostic.code);

/** Every place lies inside of the file, in the tree and in what is reported. */
function expectSane(text: string): void {
  const { value, diagnostics } = parse(text);
  const check = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    const { span, source } = node as { span?: { start: number; end: number }; source?: unknown };
    // Not by `expect`, which would take most of the time here.
    if (span && !(0 <= span.start && span.start <= span.end && span.end <= text.length)) {
      expect.fail(`${span.start} to ${span.end} is no place in ${text.length} characters`);
    }
    for (const key in node) {
      const child = (node as Record<string, unknown>)[key];
      if (child !== source && key !== "span") check(child);
    }
  };
  check(value satisfies ModelFile);
  for (const diagnostic of diagnostics) {
    check(diagnostic);
    for (const { span } of diagnostic.related) check({ span });
    for (const { span } of diagnostic.fix?.edits ?? []) check({ span });
    if (diagnostic.span === undefined) expect.fail(`'${diagnostic.message}' has no place`);
    if (/undefined|NaN|\[object/.test(diagnostic.message)) expect.fail(diagnostic.message);
  }
  if (diagnostics.length === 0 && text.trim() === "") expect(value.declarations).toEqual([]);
}

const pieces = [
  ..."()[]{},:=+-*/%;#@'\"\\\n",
  ..." \t\u0000\uD800\uFEFF\u2028",
  "**",
  "->",
  "=>",
  "//",
  "///",
  "/*",
  "*/",
  "1e999",
  "0x1",
  "1",
  "abc",
  "Dense",
  '"s"',
  "let",
  "dim",
  "block",
  "model",
  "import",
  "from",
  "repeat",
  "input",
  "weights",
  "labels",
  "true",
  "None",
  "Dense(",
  "model M {",
  "let x =",
  "repeat 2 {",
  "a:",
  "\nDense(1)\n",
  "__proto__",
  "constructor",
  "größe",
];

describe("any text", () => {
  it("is parsed without throwing: random characters", () => {
    fc.assert(fc.property(anyText(200), expectSane), { numRuns: 300 });
  });

  it("is parsed without throwing: random tokens", () => {
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(" "));
    fc.assert(fc.property(text, expectSane), { numRuns: 700 });
  });

  it("is parsed without throwing: glued tokens", () => {
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join(""));
    fc.assert(fc.property(text, expectSane), { numRuns: 1000 });
  });

  it("is parsed without throwing: valid files with a part cut out, put in or doubled", () => {
    const mutated = fc
      .tuple(fc.constantFrom(...samples), fc.nat(), fc.nat({ max: 12 }), fc.constantFrom("", ...pieces), fc.boolean())
      .map(([text, at, length, piece, keeps]) => {
        const start = at % (text.length + 1);
        const removed = text.slice(start, start + length);
        return (
          text.slice(0, start) + (keeps ? removed : "") + piece + (keeps ? removed : "") + text.slice(start + length)
        );
      });
    fc.assert(fc.property(mutated, expectSane), { numRuns: 700 });
  });

  it("reports every valid file that is cut short in the middle of a token or bracket", () => {
    for (const text of samples) {
      for (let end = 1; end < text.trimEnd().length; end += 3) expectSane(text.slice(0, end));
      expect(codesOf(text.slice(0, text.lastIndexOf("}")))).toContain("missing-bracket");
    }
  });
});

describe("absurd input", () => {
  const many = 30_000;

  it.each(["(", "[", "{", "f(", "[(", "repeat 2 {", "model M { repeat 1 {"])("nests %j at most 50 deep", (open) => {
    const codes = codesOf(`let x = ${open.repeat(many)}`);
    expect(codes).toContain("nesting-too-deep");
    expect(codes.length).toBeLessThan(10);
  });

  it("says once that brackets nest too deep", () => {
    expect(codesOf(`let x = ${"[".repeat(many)}1${"]".repeat(many)}`)).toEqual(["nesting-too-deep"]);
    expect(codesOf(`let x = ${"(".repeat(many)}1${")".repeat(many)}`)).toEqual(["nesting-too-deep"]);
    expect(codesOf(`let x = ${"f(".repeat(many)}1${")".repeat(many)}`)).toEqual(["nesting-too-deep"]);
  });

  it("takes 50 brackets", () => {
    expect(codesOf(`let x = ${"[".repeat(50)}1${"]".repeat(50)}`)).toEqual([]);
    expect(codesOf(`model M { ${"repeat 1 { ".repeat(49)} Dense(1) ${"}".repeat(49)} }`)).toEqual(["nesting-too-deep"]);
  });

  it.each([
    ["1 + ", "1"],
    ["-", "1"],
    ["+ - ", "1"],
    ["2 ** ", "1"],
    ["2 ** -", "1"],
    ["2 * ", "1"],
    ["1 % 3 - ", "1"],
  ])("takes no more than 250 levels of %j", (part, end) => {
    expect(codesOf(`let x = ${part.repeat(many)}${end}`)).toEqual(["expression-too-deep"]);
    expect(codesOf(`let x = ${part.repeat(100)}${end}`)).toEqual([]);
  });

  it("adds up brackets and operators", () => {
    const inner = `${"-".repeat(10)}(`;
    expect(codesOf(`let x = ${inner.repeat(40)}1${")".repeat(40)}`)).toEqual(["expression-too-deep"]);
  });

  it("refuses a file of more than 4 Mi characters", () => {
    expect(codesOf(" ".repeat(MAX_SOURCE_LENGTH + 1))).toEqual(["file-too-large"]);
  });

  it.each([
    '"',
    '"\\',
    '"\\a',
    "/*",
    "/* ",
    "#",
    "'",
    "''",
    ")",
    "{",
    "\u0000",
    "é",
    "9",
    "-",
    "a ",
    "a:",
    "= ",
    "///\n",
    "// 1\n",
    "1 // 1\n",
    "let a=",
  ])("gets through two hundred thousand characters of %j", (part) => {
    // As many as are read, and as many as are searched for habits of other languages too.
    for (const length of [200_000, MAX_DIALECT_LENGTH]) {
      const { diagnostics } = parse(part.repeat(length / part.length));
      expect(diagnostics.length).toBeLessThanOrEqual(101);
    }
  });

  it("takes a list of a long list of items and a model of many layers", () => {
    expect(codesOf(`let x = [${"1, ".repeat(many)}]`)).toEqual([]);
    expect(codesOf(`model M { ${"Dense(1, activation=relu)\n".repeat(5_000)} }`)).toEqual([]);
  });

  it.each(["constructor", "__proto__", "toString", "hasOwnProperty", "class"])(
    "has no trouble with the name %s",
    (name) => {
      const { value, diagnostics } = parse(
        `let ${name} = ${name}(${name}=1) model ${name} { ${name}: ${name}(${name}) }`,
      );
      expect(diagnostics).toEqual([]);
      expect(value.declarations.map((each) => each.name.text)).toEqual([name, name]);
    },
  );
});
