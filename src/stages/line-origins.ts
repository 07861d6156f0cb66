import type { Model } from "../check/model.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import type { Kernel } from "../ir/loops.ts";
import type { ModelUnit } from "../targets/model-unit.ts";
import { leafLayers } from "./model-unit.ts";

/**
 * Where each line of a formatted module comes from: the statement of the layer that a function computes, else the name of
 * the model in its declaration; `undefined` for what serves all models. `models`, `units` and their sections in `text` are
 * in the same order.
 */
export function lineOrigins(
  text: string,
  models: readonly Model[],
  units: readonly ModelUnit[],
  kernelNames: ReadonlyMap<Kernel, string>,
): readonly (Span | undefined)[] {
  const layers = new Map<string, Span>();
  units.forEach(({ program }, at) => {
    const spans = layerSpans(models[at] as Model);
    for (const kernel of program.kernels) {
      const span = spans.get(kernel.origins[0]?.path.join("/") ?? "");
      if (span !== undefined) layers.set(kernelNames.get(kernel) as string, span);
    }
  });

  let model = 0;
  let current: Span | undefined;
  let inLastDeclaration = false;
  return text.split("\n").map((line) => {
    const name = topLevelName.exec(line)?.[1];
    if (name !== undefined) {
      if (inLastDeclaration) model += 1;
      current = layers.get(name) ?? models[model]?.nameSpan;
      // A model's section ends with what the module says about it.
      inLastDeclaration = name === `${units[model]?.exportName ?? ""}Info`;
    }
    return current;
  });
}

/** A function or constant of a module. */
const topLevelName = /^(?:export )?(?:const|let|function) ([\w$]+)/;

/** The statement of each layer, nested models' included, by its path joined with `/`. */
function layerSpans(model: Model): ReadonlyMap<string, Span> {
  return new Map(leafLayers(model.layers).map(({ path, layer }) => [path.join("/"), layer.span]));
}
