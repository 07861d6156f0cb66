import type { Span } from "../diagnostics/diagnostic.ts";
import type { Shape } from "../ir/shape.ts";
import type { Model } from "./model.ts";

/** What is known of a model after its check, also where it has errors. */
export interface CheckedModel {
  /** Absent where the model, or one nested in it, has an error. */
  readonly model?: Model;
  readonly inputShape?: Shape;
  readonly outputShape?: Shape;
  /** After expansion, nested models included. */
  readonly layerCount: number;
  /** Nested models included. */
  readonly parameterCount: number;
  /** Levels of blocks, repeats and models within one another. */
  readonly depth: number;
  /** Its own `weights` clause, or the first one nested in it. */
  readonly weightsClause?: Span;
}
