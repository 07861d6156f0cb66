import type { Span, RelatedPlace } from "../../diagnostics/diagnostic.ts";
import type { ModelLayer } from "../../check/model.ts";
import { shorten } from "../../files/shorten.ts";
import type { WeightFormat } from "../weight-file.ts";

/** Where a binding happens, for its diagnostics. */
export interface BindPlace {
  /** The `weights` clause. */
  readonly span: Span;
  /** The path of the file as written in the clause. */
  readonly path: string;
  readonly format: WeightFormat;
}

/** Where something is said of a layer and the file that it is bound to: at the layer, with the clause beside it. */
export function atLayer(
  layer: ModelLayer,
  place: BindPlace,
): { readonly span: Span; readonly related: readonly RelatedPlace[] } {
  return { span: layer.span, related: [{ span: place.span, message: `'${shorten(place.path)}' is bound here` }] };
}
