import type { WeightArray } from "../files/weight-array.ts";
import type { KerasConfig } from "../keras/keras-config.ts";

/**
 * The formats that can be read; `imported` are those that only an import reads, whichever it is. `keras-h5` is a whole-model
 * `.h5` (Keras 2 or 3) or Keras 2's `save_weights`.
 */
export type WeightFormat =
  "safetensors" | "npz" | "torch" | "keras-archive" | "keras-weights" | "keras-h5" | "imported";

/** A file of trained arrays, whatever its format: a tree of containers and layers. */
export interface WeightFile {
  readonly format: WeightFormat;
  /** As the host resolved it. */
  readonly path: string;
  readonly root: WeightContainer;
}

/** A model inside the file: the whole one, or a Sequential nested in it. */
export interface WeightContainer {
  readonly kind: "container";
  readonly name: string;
  /** The snake-case class and the number within it, where the file orders layers only within their class. */
  readonly classNumber?: ClassNumber;
  /** Whether `entries` are in the order of the model. */
  readonly ordered: boolean;
  /** Whether the file's configuration says that the layers don't form a chain. */
  readonly branched: boolean;
  readonly entries: readonly WeightEntry[];
  /** The file's description of the model, where it has one. Untrusted. */
  readonly keras?: KerasConfig;
  /** Arrays beside the layers that belong to none: a number of steps, the deviation of an agent's actions. */
  readonly strays?: readonly string[];
  /** The path inside the file, for messages. */
  readonly source: string;
}

export type WeightEntry = WeightContainer | WeightLayer;

/** One layer of the file, with or without arrays. */
export interface WeightLayer {
  readonly kind: "layer";
  readonly name: string;
  readonly classNumber?: ClassNumber;
  /** The file's description of the layer, where it has one. Untrusted. */
  readonly keras?: KerasConfig;
  readonly arrays: readonly WeightArray[];
  readonly source: string;
}

/** `dense_2` is `{ base: "dense", number: 2 }`; `dense` has number 0. */
export interface ClassNumber {
  readonly base: string;
  readonly number: number;
}

/** Whether an entry, or anything inside it, has arrays. */
export function hasArrays(entry: WeightEntry): boolean {
  return entry.kind === "layer" ? entry.arrays.length > 0 : entry.entries.some(hasArrays);
}

/** Splits Keras' automatic name into class and number. */
export function parseClassNumber(name: string): ClassNumber {
  const match = /^(.+?)_(0|[1-9][0-9]{0,8})$/.exec(name);
  return match === null ? { base: name, number: 0 } : { base: match[1] as string, number: Number(match[2]) };
}
