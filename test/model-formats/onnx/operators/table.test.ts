import { describe, expect, test } from "vitest";
import { codeIn, importersReadme, rowsIn } from "../../../importers/readme-tables.ts";
import { graphModels } from "../../tfjs-graph/graph-models.ts";
import { importOnnx } from "../import-text.ts";
import { operatorModels } from "./index.ts";
import { refusals } from "./refusals.ts";

/** The rows of the table under a heading. */
function rowsUnder(heading: string): readonly (readonly string[])[] {
  return rowsIn(importersReadme.split(`\n### ${heading}\n`)[1]?.split(/\n##+ /)[0] ?? "");
}

describe.each([
  ["ONNX: what is read", operatorModels.map(({ name }) => name)],
  ["Graph-models of TensorFlow.js", graphModels.map(({ name }) => name)],
])("the table '%s'", (heading, names) => {
  const rows = rowsUnder(heading);
  const beginnings = rows.flatMap((row) => codeIn(row.at(-1)));

  test("names a test in each row", () => {
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter((row) => codeIn(row.at(-1)).length === 0)).toEqual([]);
    expect(beginnings.filter((beginning) => !names.some((name) => name.startsWith(beginning)))).toEqual([]);
  });

  test("has a row for each test", () => {
    expect(names.filter((name) => !beginnings.some((beginning) => name.startsWith(beginning)))).toEqual([]);
  });
});

describe("the table of what is refused", () => {
  const rows = rowsUnder("ONNX: what is refused");

  test("has a model for each row", () => {
    expect(rows.map(([what]) => what).toSorted()).toEqual(Object.keys(refusals).toSorted());
  });

  test.each(rows.map((row) => [row[0] ?? "", codeIn(row[1])] as const))("%s", async (what, words) => {
    const { messages, source } = await importOnnx(refusals[what] ?? new Uint8Array());
    expect(source).toBeUndefined();
    expect(words).toHaveLength(1);
    expect(messages.join("\n")).toContain(words[0]);
  });
});
