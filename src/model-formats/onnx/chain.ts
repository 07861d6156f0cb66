import type { JsonValue } from "../../files/json.ts";
import type { Constants } from "./constants.ts";
import type { GraphIndex } from "./graph-index.ts";
import type { StoredNode } from "./read-graph.ts";
import type { ConstantArray } from "./tensor.ts";

/** A layer as Keras describes it, with its arrays in Keras' order. */
export interface FoundLayer {
  readonly className: string;
  /** Keras' configuration, without the name. */
  readonly config: Readonly<Record<string, JsonValue>>;
  readonly arrays: readonly FoundArray[];
  /** Names in the file that its own may be read from, the likeliest first: of arrays, and last of the node. */
  readonly hints: readonly string[];
  /** The name of the node, for messages. */
  readonly source: string;
}

export interface FoundArray extends ConstantArray {
  /** `kernel` */
  readonly name: string;
}

/** The sizes of a tensor without the batch axis; `null` is known only at run time. */
export type Sizes = readonly (number | null)[];

/** A place in the chain: a tensor, and what is known of it. */
export interface Place {
  readonly tensor: string;
  readonly sizes: Sizes;
  /** Whether the tensor has a batch axis in front of these. */
  readonly batched: boolean;
  /** Whether its elements are integers, with which nothing is computed here. */
  readonly whole: boolean;
}

/** What a step along the chain has to go by. */
export interface StepContext {
  readonly index: GraphIndex;
  readonly constants: Constants;
  readonly opset: number;
  /** The tensor the step starts from. */
  readonly place: Place;
  /** Whether there is but one sample: the batch axis, if there is one, has the size 1. */
  readonly single: boolean;
  /** The layers so far. */
  readonly layers: readonly FoundLayer[];
  /** A place that the chain has passed, by its tensor. */
  placeOf(tensor: string): Place | undefined;
}

/** A step: the layers that replace the last `replaces` ones, and where it ends. */
export interface ChainStep {
  readonly layers: readonly FoundLayer[];
  readonly replaces?: number;
  /** With what differs from the place that it starts from. */
  readonly end: Pick<Place, "tensor" | "sizes"> & Partial<Place>;
}

/** Tries to read a node that reads the place, alone; undefined where another reading may fit. */
export type ReadNode = (node: StoredNode, context: StepContext) => ChainStep | undefined;

/** A step of one layer to the first output of a node. */
export function singleLayer(node: StoredNode, layer: Omit<FoundLayer, "source">, sizes: Sizes): ChainStep {
  return { layers: [{ ...layer, source: node.name }], end: { tensor: node.outputs[0] ?? "", sizes } };
}

/** A step over a node that computes nothing. */
export function passOver(node: StoredNode, sizes: Sizes): ChainStep {
  return { layers: [], end: { tensor: node.outputs[0] ?? "", sizes } };
}

/** A layer without arrays. */
export function plainLayer(
  className: string,
  config: FoundLayer["config"],
  node: StoredNode,
): Omit<FoundLayer, "source"> {
  return { className, config, arrays: [], hints: [node.name] };
}
