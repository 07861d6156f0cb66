import { expect, test } from "vitest";
import { didYouMean, suggest } from "../../src/diagnostics/suggest.ts";

const layers = ["Dense", "Dropout", "Flatten", "Reshape"];

test.each([
  ["Dence", "Dense"],
  ["dense", "Dense"],
  ["Densee", "Dense"],
  ["Flaten", "Flatten"],
  ["Dnese", "Dense"],
  ["DROP_OUT", "Dropout"],
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

test("the fix, where only one candidate is near", () => {
  const span = { file: "m.layers", start: 3, end: 8 };
  const fix = { title: "Write 'Dense'", edits: [{ span, text: "Dense" }] };
  expect(didYouMean("Dence", layers, span)).toEqual({ help: "did you mean 'Dense'?", fix });
  expect(didYouMean("Fats", ["Fast", "Fate"], span)).toEqual({ help: "did you mean 'Fast'?" });
});

test("words of other languages are asked for their meaning before the distance of letters", () => {
  const meanings = new Map([["lrelu", "leaky_relu"]]);
  expect(didYouMean("LReLU", ["relu", "leaky_relu"], undefined, meanings).help).toBe("did you mean 'leaky_relu'?");
  expect(didYouMean("relu6", ["relu"], undefined, meanings).help).toBe("did you mean 'relu'?");
});
