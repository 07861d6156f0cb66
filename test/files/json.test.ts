import { describe, expect, test } from "vitest";
import { parseJson } from "../../src/files/json.ts";

describe("numbers that Python writes and JSON lacks", () => {
  test.each([
    ["[NaN, Infinity, -Infinity, 1]", [NaN, Infinity, -Infinity, 1]],
    ['{"NaN": NaN, "a": "NaN", "b": "-Infinity"}', { NaN: NaN, a: "NaN", b: "-Infinity" }],
    ['{"a": "x\\" NaN", "b": [Infinity]}', { a: 'x" NaN', b: [Infinity] }],
    ['["NaN_", NaN, "NaN"]', ["NaN_", NaN, "NaN"]],
    ['"NaN and Infinity"', "NaN and Infinity"],
  ])("%s", (text, value) => {
    expect(parseJson(text, "it")).toEqual(value);
  });

  test("a key __proto__ beside them stays a key", () => {
    const value = parseJson('{"__proto__": {"x": NaN}}', "it");
    expect(Object.keys(value as object)).toEqual(["__proto__"]);
    expect(({} as Record<string, unknown>)["x"]).toBeUndefined();
  });

  test.each([
    "nan",
    "+Infinity",
    "NaNa",
    "[NaN",
    '["NaN',
    '["NaN\\',
    "Infinity1",
    "1Infinity",
    "--Infinity",
    "[NaN NaN]",
  ])("%s is still no JSON", (text) => {
    expect(() => parseJson(text, "it")).toThrow();
  });

  test("keys that repeat are found beside them", () => {
    expect(() => parseJson('{"a": NaN, "a": 1}', "it")).toThrow();
  });

  test.each(["[", '{"a":', "[1,", '{"a":[', ' "x", [ '])("thousands of %s are no JSON, also with NaN", (open) => {
    for (const text of [open.repeat(6000), `${open.repeat(6000)}NaN`, open.repeat(1_000_000)]) {
      expect(() => parseJson(text, "it")).toThrow(/^it (?:is not valid JSON|nests lists and objects deeper than 500)$/);
    }
  });

  test("brackets in strings don't nest, and 500 in each other do no harm", () => {
    const flat = JSON.stringify(["[".repeat(6000), '\\"[['.repeat(6000)]);
    expect(parseJson(flat, "it")).toEqual(JSON.parse(flat));
    expect(parseJson(`${"[".repeat(500)}NaN${"]".repeat(500)}`, "it")).toHaveLength(1);
    expect(() => parseJson(`${"[".repeat(501)}${"]".repeat(501)}`, "it")).toThrow("deeper than 500");
  });

  test("an endless string of quotes takes no time that grows with its square", () => {
    expect(() => parseJson(`[NaN, ${'"\\'.repeat(500_000)}`, "it")).toThrow();
  });
});
