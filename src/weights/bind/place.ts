import type { Span, RelatedPlace } from "../../diagnostics/diagnostic.ts";
import type { ModelLayer } from "../../check/model.ts";
import type { WeightFormat } from "../weight-file.ts";

/** Where a binding happens, for its diagnostics. */
export interface BindPlace {
  /** The `weights` clause. */
  readonly span: Span;
  /** The path of the file as written in the clause. */
  readonly path: string;
  readonly format: WeightFormat;
}

/** Points at the statement of a layer. */
export function layerPlace(layer: ModelLayer): readonly RelatedPlace[] {
  return [{ span: layer.span, message: `'${layer.name}' is declared here` }];
}
