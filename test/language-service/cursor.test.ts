import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cursorAt, type Cursor } from "../../src/language-service/cursor/cursor.ts";
import { parseSource } from "../../src/syntax/parse-source.ts";
import { rightTexts } from "./written-texts.ts";

function at(marked: string): Cursor {
  const offset = marked.indexOf("<|>");
  return cursorAt(marked.replace("<|>", ""), offset);
}

describe("the place of a cursor", () => {
  test.each([
    ["<|>", "file"],
    ["let n = 3 <|>", "file"],
    ["let n = 3\n<|>", "file"],
    ["mo<|>", "file"],
    ["model <|>", "nowhere"],
    ["model M<|> {}", "nowhere"],
    ["let n <|>", "nowhere"],
    ["let n = <|>", "value"],
    ["let n = 2 * <|>", "value"],
    ["let n = [1, <|>", "value"],
    ["let n = floor(<|>", "argument"],
    ["block B(<|>) {}", "nowhere"],
    ["block B(a=<|>) {}", "value"],
    ["model M { <|>", "body"],
    ["model M { Den<|>", "body"],
    ["model M { Dense(3) <|>", "body"],
    ["model M { Dense(3) -> [3] <|>", "body"],
    ["model M { x: <|>", "body"],
    ["model M { repeat <|>", "value"],
    ["model M { repeat 2 * <|>", "value"],
    ["model M { repeat 2 <|>", "nowhere"],
    ["model M { repeat 2 { <|>", "body"],
    ["model M { repeat 2 { Dense(3) } <|>", "body"],
    ["model M { input <|>", "nowhere"],
    ["model M { input [<|>", "axis"],
    ["model M { input: <|>", "body"],
    ["model M { labels [<|>", "nowhere"],
    ['model M { labels ["a<|>', "nowhere"],
    ["model M { weights <|>", "nowhere"],
    ['model M { weights "<|>', "path"],
    ['model M { weights "./a<|>" }', "path"],
    ['model M { weights "./a" <|>', "body"],
    ["model M { Dense(<|>", "argument"],
    ["model M { Dense(3, <|>", "argument"],
    ["model M { Dense(3 <|>", "nowhere"],
    ["model M { Dense(3<|>", "nowhere"],
    ["model M { Dense(3,\n  <|>", "argument"],
    ["model M { Dense(3\n  <|>", "body"],
    ["model M { Dense(\n Dense(3)\n}\n<|>", "file"],
    ["model M { Dense(3\nblock B() { <|>", "body"],
    ["model M { Dense(3) -> <|>", "assertion"],
    ["model M { Dense(3) -> [<|>", "axis"],
    ["import { <|>", "names"],
    ["import { A, <|> }", "names"],
    ["import { A <|>", "nowhere"],
    ["import { A } <|>", "from"],
    ["import { A } from <|>", "nowhere"],
    ['import { A } from "<|>', "path"],
    ["// <|>", "nowhere"],
    ["/* <|> */", "nowhere"],
    ["/* */<|>", "file"],
    ["/* <|>", "nowhere"],
    ["}}} ]) model M { <|>", "body"],
  ])("%s", (marked, kind) => {
    expect(at(marked).place.kind).toBe(kind);
  });

  test("in a call: its arguments before and behind, of calls within one another the innermost last", () => {
    const { calls } = at("model M { Dense(3, activation=relu, kernel_initializer=he_normal(<|>), use_bias=false) }");
    expect(calls).toMatchObject([
      { callee: "Dense", positional: 1, index: 2, name: "kernel_initializer", given: ["activation", "use_bias"] },
      { callee: "he_normal", positional: 0, index: 0, given: [] },
    ]);
    expect(at("model M { Dense(<|> use_bias=false) }").calls).toMatchObject([{ given: ["use_bias"] }]);
    expect(at("model M { Reshape([1, <|>]) }").calls).toMatchObject([{ isInList: true, isBegun: false }]);
    expect(at("model M { Dense(2 * <|>) }").calls).toMatchObject([{ isBegun: true }]);
  });

  test("in a block: the names of its parameters", () => {
    expect(at("block B(units, rate=0.1) { repeat 2 { Dense(<|>").parameters).toEqual(["units", "rate"]);
  });

  test("is the same when only the end of a long body is read", () => {
    const layers = Array.from({ length: 9 }, (_, index) => `  l${index}: Dense(${index + 1}) // [(\n`).join("");
    fc.assert(
      fc.property(fc.constantFrom(...rightTexts), fc.nat({ max: 999 }), (text, part) => {
        const long = text.replace(/model \w+ \{|repeat 2 \{|block \w+\([^)]*\) \{/g, (head) => `${head}\n${layers}`);
        const { value } = parseSource({ path: "m.layers", text: long });
        const offset = Math.round((part * long.length) / 999);
        const whole = cursorAt(long, offset);
        const { place, calls, word, behind, parameters } = cursorAt(long, offset, value);
        expect([place.kind, calls, word, behind, parameters]).toEqual([
          whole.place.kind,
          whole.calls,
          whole.word,
          whole.behind,
          whole.parameters,
        ]);
      }),
      { numRuns: 60 },
    );
  });
});
