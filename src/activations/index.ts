import { celu } from "./celu.ts";
import type { ActivationDefinition } from "./definition.ts";
import { elu } from "./elu.ts";
import { exponential } from "./exponential.ts";
import { gelu } from "./gelu.ts";
import { glu } from "./glu.ts";
import { hardShrink } from "./hard-shrink.ts";
import { hardSigmoid } from "./hard-sigmoid.ts";
import { hardSilu } from "./hard-silu.ts";
import { hardTanh } from "./hard-tanh.ts";
import { leakyRelu } from "./leaky-relu.ts";
import { linear } from "./linear.ts";
import { logSigmoid } from "./log-sigmoid.ts";
import { logSoftmax } from "./log-softmax.ts";
import { mish } from "./mish.ts";
import { relu } from "./relu.ts";
import { relu6 } from "./relu6.ts";
import { selu } from "./selu.ts";
import { sigmoid } from "./sigmoid.ts";
import { silu } from "./silu.ts";
import { softShrink } from "./soft-shrink.ts";
import { softmax } from "./softmax.ts";
import { softplus } from "./softplus.ts";
import { softsign } from "./softsign.ts";
import { sparsePlus } from "./sparse-plus.ts";
import { sparseSigmoid } from "./sparse-sigmoid.ts";
import { sparsemax } from "./sparsemax.ts";
import { squareplus } from "./squareplus.ts";
import { tanhShrink } from "./tanh-shrink.ts";
import { tanh } from "./tanh.ts";
import { threshold } from "./threshold.ts";

/** Every activation, in the order of the reference. Adding one: its file and its line here. */
export const activations: readonly ActivationDefinition[] = [
  linear,
  relu,
  relu6,
  leakyRelu,
  elu,
  celu,
  selu,
  gelu,
  silu,
  hardSilu,
  mish,
  softplus,
  squareplus,
  sparsePlus,
  sigmoid,
  hardSigmoid,
  sparseSigmoid,
  logSigmoid,
  tanh,
  hardTanh,
  softsign,
  exponential,
  hardShrink,
  softShrink,
  tanhShrink,
  threshold,
  softmax,
  logSoftmax,
  sparsemax,
  glu,
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
