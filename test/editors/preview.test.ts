import { describe, expect, test } from "vitest";
import { generatedLines, sourcePlace, type LineLinks } from "../../editors/vscode/src/preview/line-links.ts";
import { shortenLines } from "../../editors/vscode/src/preview/shorten-lines.ts";

const place = (start: number, end: number, uri = "file:///a.layers") => ({
  uri,
  range: { start: { line: start }, end: { line: end } },
});

describe("lines that belong together", () => {
  /** A module of a model on the lines 2 to 9 with a layer on line 4 and one on the lines 5 to 7, and a layer of another file. */
  const links: LineLinks = [
    null,
    place(2, 9),
    place(4, 4),
    place(4, 4),
    null,
    place(5, 7),
    place(4, 4, "file:///b.layers"),
  ];
  const linesOf = (line: number) => generatedLines(links, "file:///a.layers", line);

  test("of a line of the source: those of the layer that it is in, else those of the model", () => {
    expect(linesOf(4)).toEqual([2, 3]);
    expect([5, 6, 7].map(linesOf)).toEqual([[5], [5], [5]]);
    expect(linesOf(2)).toEqual([1]);
    expect(linesOf(1)).toEqual([]);
    expect(generatedLines(links, "file:///b.layers", 4)).toEqual([6]);
  });

  test("of a line of the module: the place in the source, and all that comes from there", () => {
    expect(sourcePlace(links, 3)).toEqual({ place: place(4, 4), lines: [2, 3] });
    expect(sourcePlace(links, 0)).toBe(undefined);
    expect(sourcePlace(links, 99)).toBe(undefined);
  });
});

test("very long lines lack their middle, and lines stay as many", () => {
  const weights = `const w = "${"A".repeat(2000)}";`;
  const lines = shortenLines(`one\n${weights}\ntwo`).split("\n");
  expect(lines).toEqual(["one", expect.stringMatching(/^const w = "A+ \.\.\. 1,869 characters \.\.\. A+";$/), "two"]);
  const short = "x".repeat(1000);
  expect(shortenLines(short)).toBe(short);
});
