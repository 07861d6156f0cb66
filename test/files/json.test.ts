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

  test("an endless string of quotes takes no time that grows with its square", () => {
    expect(() => parseJson(`[NaN, ${'"\\'.repeat(500_000)}`, "it")).toThrow();
  });
});
