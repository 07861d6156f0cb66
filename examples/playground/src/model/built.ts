import type { JsonSummary, ModelReport } from "layerc";

/** A model file: what the editor holds. */
export interface SourceFile {
  /** `digits.layers` */
  readonly name: string;
  readonly text: string;
}

/** All that the page shows of a source, made from it in one go. */
export interface Built {
  readonly source: SourceFile;
  /** The errors, as `layerc build` prints them; then there is nothing else. */
  readonly errors?: string;
  readonly models: readonly BuiltModel[];
  readonly svg: string;
  readonly summary: string;
  /** Absent for a file that has blocks only. */
  readonly module?: GeneratedModule;
  /** Weight files that are named and were not given: the models are shown without them. */
  readonly missing: readonly string[];
}

export interface BuiltModel {
  /** `Digits` */
  readonly name: string;
  readonly labels?: readonly string[];
  /** The axes of its input that are known only at run time. */
  readonly dims: readonly string[];
  /** Rows of the table that its inputs are looked up in, where it begins with an Embedding. */
  readonly rows?: number;
  readonly summary: JsonSummary;
  readonly report: ModelReport;
  /** `given` from outside where the file names none; `none` for a model that has no arrays. */
  readonly weights: "bound" | "given" | "none";
  readonly training: ModelTraining;
}

/** How a model is trained, and what can be written into its file about that. Places are those of the file's text. */
export interface ModelTraining {
  /** What its `compile` clause says; absent where it has none. */
  readonly compiled?: CompiledTraining;
  /** The clause that is likely for it, where it has none. */
  readonly missingClause?: { readonly line: string; readonly edit: TextEdit };
  /** Its weights clause, or where one would stand. */
  readonly weightsPlace: Omit<TextEdit, "insert"> & { readonly before: string };
}

export interface CompiledTraining {
  /** Keras' name: `binary_crossentropy`. */
  readonly loss: string;
  /** Numbers like the outputs, or the index of a class. */
  readonly targets: "same" | "labels";
  /** What the loss takes the outputs for. */
  readonly outputs: "numbers" | "probabilities" | "logits" | "margins";
  /** The learning rate, where it is a number and no schedule. */
  readonly learningRate?: number;
}

/** A change of a text, as CodeMirror takes it. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** A module with a trainer. */
export interface Trainable {
  /** JavaScript. */
  readonly text: string;
  /** The export that makes a trainer. */
  readonly create: string;
}

export interface GeneratedModule {
  /** `digits.ts` */
  readonly name: string;
  readonly text: string;
  /** For each line of the text the line of the source that it comes from, from 1. */
  readonly lines: readonly (number | null)[];
}

/** What a model can be run as. */
export type Variant = "naive" | "typescript" | "wasm";

/** A module to run, and which model of it. */
export interface Runnable {
  readonly variant: Variant;
  /** JavaScript. */
  readonly text: string;
  /** The export that is the model; absent where it is created from weights. */
  readonly instance?: string;
  readonly create?: string;
  readonly info: string;
  readonly weights?: WeightTree;
  /** Whether the weights are random numbers, for want of trained ones. */
  readonly random: boolean;
}

/** Arrays as generated code takes them: `{ encoder: { dense: { kernel } } }`. */
export interface WeightTree {
  readonly [name: string]: WeightTree | Float32Array;
}
