import type { Model } from "../check/model.ts";
import type { Shape } from "../ir/shape.ts";
import { formatSize, isStatic } from "../ir/size.ts";
import { countOptimizer } from "./count-optimizer.ts";
import { countParameters, type ParameterCount } from "./count-parameters.ts";
import { summaryRows } from "./summary-rows.ts";

/** A shape without the batch axis; a run-time axis is a string: `["time", 128]`. */
export type JsonShape = readonly (number | string)[];

/** A model's layers and sizes for tools. */
export interface JsonSummary {
  readonly file: string;
  readonly name: string;
  readonly inputShape: JsonShape;
  readonly outputShape: JsonShape;
  readonly layers: readonly JsonLayer[];
  /** Of the model; `optimizer` is what the optimizer of a `compile` clause keeps beside them. */
  readonly parameters: ParameterCount & { readonly optimizer?: number };
}

export interface JsonLayer {
  /** Its path: `encoder/dense`. */
  readonly name: string;
  /** Keras' class; of a nested model `Sequential`. */
  readonly type: string;
  readonly inputShape: JsonShape;
  readonly outputShape: JsonShape;
  readonly parameters: number;
}

/** The summary of a model as `layerc summary --format json` has it; with `expandNested`, nested models' layers follow them. */
export function summaryJson(model: Model, expandNested = false): JsonSummary {
  const optimizer = countOptimizer(model);
  return {
    file: model.file,
    name: model.name,
    inputShape: shapeJson(model.inputShape),
    outputShape: shapeJson(model.outputShape),
    layers: summaryRows(model, expandNested).map((row) => ({
      name: row.path.join("/"),
      type: row.type,
      inputShape: shapeJson(row.inputShape),
      outputShape: shapeJson(row.outputShape),
      parameters: row.parameters,
    })),
    parameters: { ...countParameters(model), ...(optimizer === undefined ? {} : { optimizer }) },
  };
}

function shapeJson(shape: Shape): JsonShape {
  return shape.map((size) => (isStatic(size) ? size.factor : formatSize(size)));
}
