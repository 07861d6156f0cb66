import type { Model } from "../check/model.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import { leafLayers } from "../lower/leaf-layers.ts";
import type { CodeOrigin } from "../targets/code-origin.ts";
import type { Section } from "../targets/emitted-module.ts";

/**
 * Where each line of a module comes from: the statement of the layer that a function computes, else the name of the model in
 * its declaration; `undefined` for what serves all models.
 */
export function lineOrigins(sections: readonly Section[], models: readonly Model[]): readonly (Span | undefined)[] {
  const places = new Map(models.map((model) => [model.name, { model, layers: layerSpans(model) }]));
  const spanOf = ({ model, kernel }: CodeOrigin): Span | undefined => {
    const place = places.get(model);
    return place?.layers.get(kernel?.origins[0]?.path.join("/") ?? "") ?? place?.model.nameSpan;
  };
  const origins = sections.flatMap(({ text, origin }) => {
    const span = origin === undefined ? undefined : spanOf(origin);
    return Array.from({ length: text.split("\n").length - 1 }, () => span);
  });
  // What stands behind the last line break.
  return [...origins, undefined];
}

/** The statement of each layer, nested models' included, by its path joined with `/`. */
function layerSpans(model: Model): ReadonlyMap<string, Span> {
  return new Map(leafLayers(model.layers).map(({ path, layer }) => [path.join("/"), layer.span]));
}
