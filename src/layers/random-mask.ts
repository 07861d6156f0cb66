import type { Tensor } from "../ir/graph.ts";
import { constant, div, local, select, x } from "../ir/scalar.ts";
import type { Shape } from "../ir/shape.ts";
import type { StepBuilder } from "../ir/step-graph.ts";
import { staticSize } from "../ir/size.ts";

/** Keras' shape of a mask, the batch axis first: a size, or `none` for that of the input. */
export type NoiseShape = readonly (number | null)[] | null;

/** Random numbers of [0, 1) in the shape of a mask, which has 1 along the axes whose places share their fate. */
export function maskNumbers(graph: StepBuilder, input: Shape, noise: NoiseShape): Tensor {
  if (noise === null) return graph.random("uniform", input);
  const [batch = null, ...sizes] = noise;
  const shape = input.map((size, axis) => {
    const given = sizes[axis] ?? null;
    return given === null ? size : staticSize(given);
  });
  return batch === 1 ? graph.sharedRandom("uniform", shape) : graph.random("uniform", shape);
}

/** `x / (1 - rate)` where a random number says that the place is kept, else 0. */
export function dropped(graph: StepBuilder, input: Tensor, rate: number, noise: NoiseShape): Tensor {
  const kept = constant(1 - rate);
  const random = maskNumbers(graph, input.shape, noise);
  return graph.map({ x: input, random }, select(local("random"), "lt", kept, div(x, kept), constant(0)));
}
