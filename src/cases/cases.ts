/** Samples to run a model on, and what it should make of them. */
export interface Cases {
  /** `[samples, ...input shape]`, each value rounded to float32 as a model's elements are. */
  readonly inputs: CaseArray;
  /** `[samples, ...output shape]` */
  readonly outputs: CaseArray;
  readonly layers: LayerCases;
}

/** An array of a cases file. */
export interface CaseArray {
  /** Where it stands in the file, for messages: `inputs`, `layers.hidden`. */
  readonly name: string;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: Float64Array;
}

/** What single layers should give: by their paths in the model (`encoder/dense`), or as Keras lists its layers. */
export type LayerCases =
  | { readonly kind: "by-path"; readonly outputs: ReadonlyMap<string, CaseArray> }
  | { readonly kind: "in-order"; readonly layers: readonly ListedLayer[] };

/** A layer in the order of a Keras model. */
export interface ListedLayer {
  readonly name: string;
  /** `[samples, ...shape]`; absent where the file leaves it out. Fewer samples than inputs are the first ones. */
  readonly outputs?: CaseArray;
  /** The layers of a nested model. */
  readonly layers: readonly ListedLayer[];
}

/** The content of a cases file: for its only model, or for several by name. */
export type CasesFile =
  | { readonly kind: "one"; readonly cases: Cases }
  | { readonly kind: "by-model"; readonly models: ReadonlyMap<string, Cases> };
