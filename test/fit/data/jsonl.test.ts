import { describe, expect, test } from "vitest";
import { dataFile, readText, wantedData } from "./read-text.ts";

function lines(...samples: readonly unknown[]): string {
  return samples.map((sample) => `${typeof sample === "string" ? sample : JSON.stringify(sample)}\n`).join("");
}

function read(text: string, wanted = wantedData(), choice = {}) {
  return readText(dataFile(text, 11, "iris.jsonl"), wanted, choice);
}

describe("samples of a JSONL file", () => {
  test("are lists x and a label or class y, with their weights", async () => {
    const text = lines(
      { x: [1, 2, 3, 4], y: "virginica", sample_weight: 2 },
      { sample_weight: 1, y: 1, x: [5, 6, 7, 8] },
    );
    expect((await read(text)).samples).toEqual([
      { inputs: [1, 2, 3, 4], targets: [2], weight: 2 },
      { inputs: [5, 6, 7, 8], targets: [1], weight: 1 },
    ]);
  });

  test("have the shapes of the model, and a number where that is one", async () => {
    const wanted = wantedData({ loss: "mean_squared_error", inputShape: [2, 2], outputShape: [1], labels: [] });
    const text = lines(
      {
        x: [
          [1, 2],
          [3, 4],
        ],
        y: 5,
      },
      {
        x: [
          [1, 2],
          [3, 4],
        ],
        y: [6],
      },
    );
    expect((await read(text, wanted)).samples).toEqual([
      { inputs: [1, 2, 3, 4], targets: [5], weight: 1 },
      { inputs: [1, 2, 3, 4], targets: [6], weight: 1 },
    ]);
    const oneHot = wantedData({ loss: "categorical_crossentropy" });
    expect((await read(lines({ x: [1, 2, 3, 4], y: 2 }), oneHot)).samples?.[0]?.targets).toEqual([0, 0, 1]);
    expect((await read(lines({ x: [1, 2, 3, 4], y: [0, 1, 0] }), oneHot)).samples?.[0]?.targets).toEqual([0, 1, 0]);
  });

  test("a class at each position", async () => {
    const wanted = wantedData({ outputShape: [2, 3], labels: [] });
    expect((await read(lines({ x: [1, 2, 3, 4], y: [0, 2] }), wanted)).samples?.[0]?.targets).toEqual([0, 2]);
    const oneHot = wantedData({ loss: "categorical_crossentropy", outputShape: [2, 3], labels: [] });
    expect((await read(lines({ x: [1, 2, 3, 4], y: 2 }), oneHot)).printed).toContain("'y' is no list, expected 2");
  });

  test("may have a field for each column, chosen as those of CSV", async () => {
    const sample = { a: 1, b: 2, label: "setosa", c: true, d: 4 };
    expect((await read(lines(sample, "", { ...sample, label: 1 }))).samples).toEqual([
      { inputs: [1, 2, 1, 4], targets: [0], weight: 1 },
      { inputs: [1, 2, 1, 4], targets: [1], weight: 1 },
    ]);
    const choice = { inputs: ["d", "c", "b", "a"], targets: ["label"] };
    expect((await read(lines(sample, { ...sample, note: "more" }), undefined, choice)).samples?.[1]?.inputs).toEqual([
      4, 1, 2, 1,
    ]);
  });

  test("columns stand as in the first line, though their names be numbers", async () => {
    const sample = '{"a": 1, "b": 2, "__proto__": 3, "d": 0, "5": 2}';
    expect((await read(lines(sample, sample))).samples?.[1]).toEqual({ inputs: [1, 2, 3, 0], targets: [2], weight: 1 });
    const twice = '{"a": 1, "b": 2, "a": 3, "d": 0, "label": 2}';
    expect((await read(lines(twice))).printed).toContain("error[data-column-twice]: Two columns are called 'a'");
  });

  test("true and false are labels of these names, and no numbers of classes", async () => {
    const text = lines({ x: [1, 2, 3, 4], y: true }, { x: [1, 2, 3, 4], y: false });
    const truths = wantedData({ outputShape: [2], labels: ["false", "true"] });
    expect((await read(text, truths)).samples?.map((s) => s.targets)).toEqual([[1], [0]]);
    const oneHot = wantedData({ loss: "categorical_crossentropy", outputShape: [2], labels: ["false", "true"] });
    expect((await read(text, oneHot)).samples?.map((s) => s.targets)).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect((await read(text, wantedData({ outputShape: [2], labels: ["yes", "no"] }))).codes).toEqual([
      "data-class-unknown",
      "data-class-unknown",
    ]);
    expect((await read(text, wantedData({ outputShape: [2], labels: [] }))).printed).toContain(
      'name the classes in the model: labels ["false", "true"]',
    );
  });

  test("a number that is a label is that, though the loss ignores the class of this number", async () => {
    const { inputShape, inputs, plan } = wantedData({ labels: ["1", "2", "3"] });
    const text = lines({ x: [1, 2, 3, 4], y: 1 }, { x: [1, 2, 3, 4], y: "1" }, { x: [1, 2, 3, 4], y: -1 });
    const ignoring = (ignored: number) => read(text, { inputShape, inputs, plan: { ...plan, ignored } });
    expect((await ignoring(1)).codes).toEqual(["data-class-unknown"]);
    expect((await ignoring(-1)).samples?.map((s) => s.targets)).toEqual([[0], [0], [-1]]);
  });

  test("mistakes have the place of the value", async () => {
    const text = lines(
      { x: [1, 2, 3, 4], y: 0 },
      { x: [1, 2, 3], y: 0 },
      { x: [1, 2, null, 4], y: "setsa" },
      '{ "x": [1, 2, 3, 4], "y": 0 },',
      [],
    );
    const { printed } = await read(text);
    expect(`\n${printed}`).toBe(`
error[data-shape]: 'x' has 3 items, expected 4, for the shape [4]
  ┌─ iris.jsonl:2:6
2 │ {"x":[1,2,3],"y":0}
  │      ^^^^^^^

error[data-cell-missing]: 'x' at [2] has no value, expected a number
  ┌─ iris.jsonl:3:11
3 │ {"x":[1,2,null,4],"y":"setsa"}
  │           ^^^^
  = help: leave such rows out, or write a number that stands for it, such as the mean of the column

error[data-class-unknown]: 'y' has the text 'setsa', expected a label of Iris
  ┌─ iris.jsonl:3:23
3 │ {"x":[1,2,null,4],"y":"setsa"}
  │                       ^^^^^^^
  = help: did you mean 'setosa'?

error[data-line-wrong]: This is not JSON
  ┌─ iris.jsonl:4:30
4 │ { "x": [1, 2, 3, 4], "y": 0 },
  │                              ^

error[data-line-wrong]: The line is no object
  ┌─ iris.jsonl:5:1
5 │ []
  │ ^^
`);
  });

  test("fields that a line lacks, or has alone", async () => {
    const { printed } = await read(lines({ a: 1, b: 2, c: 3, d: 4, label: 0 }, { a: 1, b: 2, c: 3, e: 4, label: 0 }));
    expect(printed).toContain("The field 'e' is none of the first line's\n  ┌─ iris.jsonl:2:24");
    expect(printed).toContain("Column 'd' has no value, expected a number");
  });

  test("a file of nothing but empty lines, or whose first line is no JSON", async () => {
    // The first character decides that it is JSONL.
    expect((await read('{"x": [1, 2')).printed).toContain("This is not JSON");
    expect((await read(lines({ x: [1, 2, 3, 4], z: 0 }))).codes).toEqual(["data-column-count"]);
  });
});
