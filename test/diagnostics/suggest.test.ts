import { expect, test } from "vitest";
import { didYouMean, suggest } from "../../src/diagnostics/suggest.ts";

const layers = ["Dense", "Dropout", "Flatten", "Reshape"];

test.each([
  ["Dence", "Dense"],
  ["dense", "Dense"],
  ["Densee", "Dense"],
  ["Flaten", "Flatten"],
  ["Conv2D", undefined],
  ["", undefined],
  ["D".repeat(1e6), undefined],
])("%.20s means %s", (word, expected) => {
  expect(suggest(word, layers)).toBe(expected);
});

test("the help line", () => {
  expect(didYouMean("Dence", layers)).toEqual({ help: "did you mean 'Dense'?" });
  expect(didYouMean("Conv2D", layers)).toEqual({});
});
