import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ModelLayer } from "./model.ts";
import { sameArrayName } from "./rules/layer-names.ts";

/**
 * Says which layers of a model have arrays that files call alike: names are joined with '.' there, and those of layers may have
 * one themselves. The models nested in it have been checked before.
 */
export function arrayNameProblems(layers: readonly ModelLayer[]): readonly Diagnostic[] {
  if (!hasDots(layers)) return [];
  const first = new Map<string, ModelLayer>();
  return layers.flatMap((layer) => {
    const names = arrayNames([layer]);
    const name = names.find((one) => first.has(one));
    for (const one of names) if (!first.has(one)) first.set(one, layer);
    if (name === undefined) return [];
    return [sameArrayName(layer.span, { name, first: (first.get(name) as ModelLayer).span })];
  });
}

/** Names without dots are told apart whatever they are joined to. */
function hasDots(layers: readonly ModelLayer[]): boolean {
  return layers.some((layer) => layer.name.includes(".") || (layer.kind === "nested" && hasDots(layer.model.layers)));
}

function arrayNames(layers: readonly ModelLayer[], before = ""): readonly string[] {
  return layers.flatMap((layer) => {
    const start = `${before}${layer.name}.`;
    if (layer.kind === "nested") return arrayNames(layer.model.layers, start);
    return layer.weights.map(({ name }) => start + name.replaceAll("/", "."));
  });
}
