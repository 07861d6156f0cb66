import type { Shape } from "../../ir/shape.ts";

/** A tensor of a graph without its batch axis. */
export interface ShapedTensor {
  readonly name: string;
  readonly shape: Shape;
}

/** The input of the graph, where run-time sizes are taken from. */
export type GraphInput = ShapedTensor;
