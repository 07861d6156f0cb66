import type { Model } from "../check/model.ts";
import type { WeightArrays } from "../ir/weight-arrays.ts";
import type { ReadResult } from "./read-weight-file.ts";
import type { WeightFile } from "./weight-file.ts";

/**
 * What is known of weight files and models from checks before, for those who check the same files again and again. It keeps
 * neither: bytes that nobody holds any more are forgotten, and so is what was read of them.
 */
export interface WeightsMemory {
  readonly files: WeakMap<Uint8Array, KnownFile>;
  /** Parts of files, by prefix. */
  readonly parts: WeakMap<WeightFile, Map<string, WeightFile>>;
  readonly models: WeakMap<Model, KnownBinding>;
}

/** What was read of some bytes. */
export interface KnownFile {
  readonly path: string;
  readonly result: ReadResult;
  /** The files beside it that were asked for, by path; undefined is one that is not there. */
  readonly parts: ReadonlyMap<string, Uint8Array | undefined>;
}

/** Arrays that fit their model. */
interface KnownBinding {
  /** The file of each model within. */
  readonly files: readonly (WeightFile | undefined)[];
  readonly arrays: WeightArrays;
}

export function createWeightsMemory(): WeightsMemory {
  return { files: new WeakMap(), parts: new WeakMap(), models: new WeakMap() };
}
