import type { BuildContext, BuildResult } from "./definition.ts";

/** The shape rule of layers without weights that keep the shape. */
export function unchangedShape({ input }: Pick<BuildContext, "input">): BuildResult {
  return { kind: "built", outputShape: input, weights: [] };
}
