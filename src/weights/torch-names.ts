import type { WeightSpec } from "../layers/definition.ts";
import type { WeightArray } from "../files/weight-array.ts";
import type { WeightEntry, WeightLayer } from "./weight-file.ts";

/** Names of arrays that only PyTorch gives. `bias` is a name of both, `weight` one of its own. */
const torchOnly: ReadonlySet<string> = new Set(["weight", "running_mean", "running_var", "num_batches_tracked"]);

/** What PyTorch calls Keras' arrays: Linear, BatchNorm, LayerNorm, Embedding, PReLU. */
const torchNames: ReadonlyMap<string, string> = new Map([
  ["kernel", "weight"],
  ["bias", "bias"],
  ["gamma", "weight"],
  ["scale", "weight"],
  ["beta", "bias"],
  ["moving_mean", "running_mean"],
  ["moving_variance", "running_var"],
  ["embeddings", "weight"],
  ["alpha", "weight"],
]);

/**
 * Whether a layer's arrays are named as PyTorch names them. The names alone decide, never the shapes, so that a square
 * matrix is read like any other: `weight` is `[outputs, inputs]`, `kernel` is `[inputs, outputs]`.
 */
export function isTorchLayer(entry: WeightLayer): boolean {
  return entry.arrays.some((array) => array.name !== undefined && torchOnly.has(array.name));
}

/**
 * The layers of a PyTorch container in the order of the model, if their names tell it: the numbers of an nn.Sequential, or
 * one word counted (`fc1`, `fc2`). Files of PyTorch are sorted by name, where `fc10` stands before `fc2`.
 */
export function orderTorchLayers(entries: readonly WeightEntry[]): readonly WeightEntry[] | undefined {
  if (!entries.some((entry) => containsTorch(entry))) return undefined;
  const numbered = entries.map((entry) => {
    const [, word = "", number = ""] = /^(.*?)(\d{1,9})$/.exec(entry.name) ?? [];
    return { entry, word, number: number === "" ? -1 : Number(number) };
  });
  const word = numbered[0]?.word;
  if (numbered.some((item) => item.number < 0 || item.word !== word)) return entries.length === 1 ? entries : undefined;
  return numbered.toSorted((a, b) => a.number - b.number).map((item) => item.entry);
}

function containsTorch(entry: WeightEntry): boolean {
  return entry.kind === "layer" ? isTorchLayer(entry) : entry.entries.some(containsTorch);
}

/**
 * The arrays of a PyTorch layer by Keras' names, a Linear's matrix turned from `[outputs, inputs]`. What inference does not
 * need is left out; arrays that have no counterpart keep their names.
 */
export function fromTorch(specs: readonly WeightSpec[], arrays: readonly WeightArray[]): readonly WeightArray[] {
  const names = new Map(specs.map(({ name }) => [torchNames.get(name), name] as const));
  return arrays
    .filter((array) => array.name !== "num_batches_tracked")
    .map((array) => {
      const name = names.get(array.name) ?? array.name;
      return name === "kernel" ? { ...transposed(array), name } : name === undefined ? array : { ...array, name };
    });
}

function transposed(array: WeightArray): WeightArray {
  const [rows, columns] = array.shape;
  if (rows === undefined || columns === undefined || array.shape.length !== 2) return array;
  const data = new Float32Array(array.data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      data[column * rows + row] = array.data[row * columns + column] as number;
    }
  }
  return { ...array, shape: [columns, rows], data };
}
