import type { Model, ModelLayer } from "../../check/model.ts";
import type { Operation } from "../../ir/graph.ts";
import { defaultPrecision } from "../../ir/storage-types.ts";
import type { WeightArrays } from "../../ir/weight-arrays.ts";
import { optimizeGraph } from "../../passes/graph/index.ts";
import { graphOf } from "./layer-graph.ts";

/** What the compiler makes of a layer together with its neighbours. Names are those of layers. */
export interface Folding {
  /** Present where no code is left of the layer. */
  readonly fate?:
    | { readonly kind: "no-effect" }
    /** Its numbers go into the weights of another layer, or its function into the loop of one. */
    | { readonly kind: "folded" | "inside"; readonly into: string };
  /** The layers that go into the weights of this one. */
  readonly takes: readonly string[];
}

/**
 * What becomes of the layer `name` of a model, with the arrays that are bound to it if any are. Only the layers around it are
 * looked at, from the product before it to the one behind: nothing is folded across two.
 */
export function foldingOf(model: Model, name: string, arrays: WeightArrays | undefined): Folding | undefined {
  const { layers } = model;
  const at = layers.findIndex((layer) => layer.name === name);
  if (layers[at]?.kind !== "layer") return undefined;
  const from = layers.findLastIndex((layer, index) => index < at && isProduct(layer));
  const behind = layers.findIndex((layer, index) => index > at && isProduct(layer));
  const part = layers.slice(Math.max(0, from), behind < 0 ? layers.length : behind + 1);
  const graph = graphOf(part, part[0]?.inputShape ?? model.inputShape);
  const { operations } = optimizeGraph(graph, { arrays, precision: defaultPrecision });
  const fate = fateOf(name, operations);
  const takes = operations
    .filter((operation) => ownerOf(operation) === name)
    .flatMap(({ folded = [] }) => folded.map(({ path }) => path[0] as string));
  return { ...(fate === undefined ? {} : { fate }), takes: [...new Set(takes)] };
}

function fateOf(name: string, operations: readonly Operation[]): Folding["fate"] {
  const own = operations.filter(({ origins }) => origins.some(({ path }) => path[0] === name));
  const [first] = own;
  if (first === undefined) {
    const host = operations.find(({ folded = [] }) => folded.some(({ path }) => path[0] === name));
    const into = host === undefined ? undefined : ownerOf(host);
    return into === undefined ? { kind: "no-effect" } : { kind: "folded", into };
  }
  const into = ownerOf(first);
  return into === name || into === undefined || own.length > 1 ? undefined : { kind: "inside", into };
}

/** The layer whose function has an operation. */
function ownerOf({ origins }: Operation): string | undefined {
  return origins[0]?.path[0];
}

function isProduct(layer: ModelLayer): boolean {
  return layer.kind === "nested" || ["Dense", "EinsumDense", "TimeDistributed"].includes(layer.definition.className);
}
