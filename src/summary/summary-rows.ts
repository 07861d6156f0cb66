import type { Model, ModelLayer } from "../check/model.ts";
import { formatSize } from "../ir/size.ts";
import type { Shape } from "../ir/shape.ts";
import { countLayerParameters } from "./count-parameters.ts";

/** One layer of a summary. */
export interface SummaryRow {
  /** Names from the summarized model inward: `["encoder", "dense"]`. */
  readonly path: readonly string[];
  /** Keras' class: `Dense`, for a nested model `Sequential`. */
  readonly type: string;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  readonly parameters: number;
}

/** The rows of a model in order; with `expandNested`, a nested model's layers follow it. */
export function summaryRows(model: Model, expandNested: boolean, path: readonly string[] = []): readonly SummaryRow[] {
  return model.layers.flatMap((layer) => {
    const row: SummaryRow = {
      path: [...path, layer.name],
      type: layerType(layer),
      inputShape: layer.inputShape,
      outputShape: layer.outputShape,
      parameters: countLayerParameters(layer).total,
    };
    return layer.kind === "nested" && expandNested ? [row, ...summaryRows(layer.model, true, row.path)] : [row];
  });
}

function layerType(layer: ModelLayer): string {
  return layer.kind === "nested" ? "Sequential" : layer.definition.className;
}

/** A shape as Keras shows it, with its batch axis: `(None, 16)`; run-time dims keep their names. */
export function formatKerasShape(shape: Shape): string {
  const axes = ["None", ...shape.map(formatSize)];
  return axes.length === 1 ? `(${axes[0]},)` : `(${axes.join(", ")})`;
}
