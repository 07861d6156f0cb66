import type { ActivationDefinition } from "./definition.ts";
import { elu } from "./elu.ts";
import { gelu } from "./gelu.ts";
import { leakyRelu } from "./leaky-relu.ts";
import { linear } from "./linear.ts";
import { relu } from "./relu.ts";
import { sigmoid } from "./sigmoid.ts";
import { silu } from "./silu.ts";
import { softmax } from "./softmax.ts";
import { tanh } from "./tanh.ts";

/** Every activation, in the order of the reference. Adding one: its file and its line here. */
export const activations: readonly ActivationDefinition[] = [
  elu,
  gelu,
  leakyRelu,
  linear,
  relu,
  sigmoid,
  silu,
  softmax,
  tanh,
];

const byName = new Map(
  activations.flatMap((activation) =>
    [activation.name, ...(activation.aliases ?? [])].map((name) => [name, activation] as const),
  ),
);

/** The activation of that Keras name or alias. */
export function findActivation(name: string): ActivationDefinition | undefined {
  return byName.get(name);
}
