import { describe, expect, test } from "vitest";
import { deflatedZip } from "../../support/deflated-zip.ts";
import { npy } from "../../support/npy.ts";
import { dataFile, readText, wantedData } from "./read-text.ts";

function read(members: Readonly<Record<string, Uint8Array>>, wanted = wantedData()) {
  return readText(dataFile(deflatedZip(members), 100, "iris.npz"), wanted);
}

const x = npy("<f8", [2, 4], [1, 2, 3, 4, 5, 6, 7, 8]);

describe("samples of an .npz archive", () => {
  test("are the arrays x and y, with sample_weight where there is one", async () => {
    expect((await read({ "x.npy": x, "y.npy": npy("<i8", [2], [2, 0]) })).samples).toEqual([
      { inputs: [1, 2, 3, 4], targets: [2], weight: 1 },
      { inputs: [5, 6, 7, 8], targets: [0], weight: 1 },
    ]);
    const weights = npy("<f4", [2], [0.5, 2]);
    const column = npy("<i8", [2, 1], [2, 0]);
    expect((await read({ "x.npy": x, "y.npy": column, "sample_weight.npy": weights })).samples).toMatchObject([
      { targets: [2], weight: 0.5 },
      { targets: [0], weight: 2 },
    ]);
  });

  test("classes become numbers of each where the loss takes those", async () => {
    const wanted = wantedData({ loss: "categorical_crossentropy" });
    expect((await read({ "x.npy": x, "y.npy": npy("<i8", [2], [2, 0]) }, wanted)).samples).toMatchObject([
      { targets: [0, 0, 1] },
      { targets: [1, 0, 0] },
    ]);
    const shares = npy("<f4", [2, 3], [0, 0.5, 0.5, 1, 0, 0]);
    expect((await read({ "x.npy": x, "y.npy": shares }, wanted)).samples?.[0]?.targets).toEqual([0, 0.5, 0.5]);
  });

  test("numbers without an axis of their own are those of a model that takes and gives one", async () => {
    const wanted = wantedData({ loss: "mean_squared_error", inputShape: [1], outputShape: [1], labels: [] });
    const line = npy("<f4", [2], [3, 4]);
    expect((await read({ "x.npy": line, "y.npy": line }, wanted)).samples).toMatchObject([
      { inputs: [3], targets: [3] },
      { inputs: [4], targets: [4] },
    ]);
  });

  test.each([
    [
      "another shape of x",
      { "x.npy": npy("<f4", [2, 3], [1, 2, 3, 4, 5, 6]), "y.npy": npy("<i8", [2], [0, 1]) },
      "'x' has the shape [2, 3], for the shape [n, 4]",
    ],
    [
      "another number of samples",
      { "x.npy": x, "y.npy": npy("<i8", [3], [0, 1, 2]) },
      "'y' has the shape [3], for the shape [2]",
    ],
    [
      "a class that there is not",
      { "x.npy": x, "y.npy": npy("<i8", [2], [0, 3]) },
      "'y' at [1] has 3, expected a label of Iris",
    ],
    [
      "a value that is none",
      { "x.npy": npy("<f4", [2, 4], [1, 2, 3, 4, 5, 6, Number.NaN, 8]), "y.npy": npy("<i8", [2], [0, 1]) },
      "'x' at [1, 2] has no value ('NaN'), expected a number",
    ],
    ["arrays of other names", { "x_train.npy": x }, "it has the arrays 'x_train', expected 'x' and 'y'"],
    ["no y", { "x.npy": x }, "it has no array 'y' beside 'x'"],
    ["no samples", { "x.npy": npy("<f4", [0, 4], []), "y.npy": npy("<i8", [0], []) }, "'x' has the shape [0, 4]"],
    ["another archive", { "a.txt": x }, "not one of numpy's arrays (.npz)"],
  ])("%s", async (_, members, message) => {
    const { printed, data } = await read(members);
    expect(printed).toContain(message);
    expect(data).toBeUndefined();
  });
});
