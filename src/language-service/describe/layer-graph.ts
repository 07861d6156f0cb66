import type { Model, ModelLayer } from "../../check/model.ts";
import type { Graph } from "../../ir/graph.ts";
import { shapeDims, type Shape } from "../../ir/shape.ts";
import type { Size } from "../../ir/size.ts";
import { lowerToGraph } from "../../lower/model-to-graph.ts";
import { multiplyAdds } from "../../ops/index.ts";
import { addSizes } from "./sizes.ts";

/** The operations of layers that follow one another, by themselves. */
export function graphOf(layers: readonly ModelLayer[], inputShape: Shape): Graph {
  const nowhere = { file: "", start: 0, end: 0 };
  const model: Model = {
    kind: "model",
    name: "Part",
    exportName: "part",
    file: "",
    nameSpan: nowhere,
    inputShape,
    inputSpan: nowhere,
    outputShape: layers.at(-1)?.outputShape ?? inputShape,
    dims: shapeDims(inputShape),
    layers,
  };
  return lowerToGraph(model);
}

/** Multiply-adds of a graph for one sample, a term for each product of run-time dims. */
export function graphWork({ operations }: Graph): readonly Size[] {
  return addSizes(operations.map((operation) => (operation.kind === "reshape" ? none : multiplyAdds(operation))));
}

const none: Size = { factor: 0, dims: [] };
