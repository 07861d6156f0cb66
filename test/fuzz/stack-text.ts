import fc from "fast-check";
import { buildStack, stackPick } from "../random/stack.ts";
import type { Random } from "./random.ts";

/** A model file whose layers fit each other, of any of the layers and activations: every one builds. */
export function stackText(random: Random): string {
  const [pick] = fc.sample(stackPick, { seed: random.int(2 ** 31), numRuns: 1 });
  return buildStack(pick as NonNullable<typeof pick>).text;
}
