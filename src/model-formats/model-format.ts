import type { Host } from "../load/host.ts";
import type { WeightContainer, WeightFormat } from "../weights/weight-file.ts";

/** What a file that is to be imported holds: its layers with what it says of them in `keras`, and their arrays. */
export interface ReadModel {
  readonly format: WeightFormat;
  readonly root: WeightContainer;
  /** The names of the classes whose values the output has, in order. */
  readonly labels?: readonly string[];
  /** What the file has that is no part of the model, a sentence without its full stop each. */
  readonly leftOut?: readonly string[];
  /** What a file beside it adds to the model, a sentence without its full stop. */
  readonly carriedOver?: string;
  /** The file beside it that its arrays were taken from, without anybody having named it. */
  readonly weightsBeside?: string;
  /** It is a description alone: arrays for it are nowhere. */
  readonly withoutArrays?: true;
}

/** What is to be taken of a model file. */
export interface ImportChoice {
  /** The layer or tensor that gives the output. */
  readonly output?: string;
  /** The file of the arrays, for a file that only describes a model. */
  readonly weights?: string;
}

/**
 * A format that `layerc import` reads: one of these per file, listed in `index.ts`. Help is written from them, so that their
 * files import what reads a model only when they are asked to.
 */
export interface ModelFormat {
  /** Its files, for help and messages: `[".keras", ".h5"]`. */
  readonly files: readonly string[];
  /** Whose format it is, for help: `Keras`. */
  readonly tool: string;
  /** The endings that its files may have. */
  readonly endings: readonly string[];
  /** The name that all its files have, if they have: then the folder names the model. */
  readonly fileName?: string;
  /** Whether a file is of this format, by its path in lower case and its first bytes. */
  readonly detect: (path: string, bytes: Uint8Array) => boolean | Promise<boolean>;
  /**
   * Reads the file, with a library that is loaded only now; up to the layer or tensor that is chosen. Leaves with `fail` where
   * something is wrong with it.
   */
  readonly read: (bytes: Uint8Array, path: string, host: Host, choice: ImportChoice) => Promise<ReadModel>;
}
