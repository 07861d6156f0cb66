import { activation } from "./activation.ts";
import { activityRegularization } from "./activity-regularization.ts";
import { alphaDropout } from "./alpha-dropout.ts";
import { batchNormalization } from "./batch-normalization.ts";
import type { LayerDefinition } from "./definition.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import { einsumDense } from "./einsum-dense.ts";
import { elu } from "./elu.ts";
import { embedding } from "./embedding.ts";
import { flatten } from "./flatten.ts";
import { gaussianDropout } from "./gaussian-dropout.ts";
import { gaussianNoise } from "./gaussian-noise.ts";
import { globalAveragePooling1D } from "./global-average-pooling-1d.ts";
import { globalMaxPooling1D } from "./global-max-pooling-1d.ts";
import { groupNormalization } from "./group-normalization.ts";
import { identity } from "./identity.ts";
import { layerNormalization } from "./layer-normalization.ts";
import { leakyRelu } from "./leaky-relu.ts";
import { normalization } from "./normalization.ts";
import { permute } from "./permute.ts";
import { prelu } from "./prelu.ts";
import { relu } from "./relu.ts";
import { repeatVector } from "./repeat-vector.ts";
import { rescaling } from "./rescaling.ts";
import { reshape } from "./reshape.ts";
import { rmsNormalization } from "./rms-normalization.ts";
import { softmax } from "./softmax.ts";
import { spatialDropout1d } from "./spatial-dropout1d.ts";
import { timeDistributed } from "./time-distributed.ts";
import { unitNormalization } from "./unit-normalization.ts";

/** Every layer, in the order of the reference. Adding one: its file and its line here. */
export const layers: readonly LayerDefinition[] = [
  dense,
  einsumDense,
  activation,
  dropout,
  alphaDropout,
  spatialDropout1d,
  gaussianNoise,
  gaussianDropout,
  activityRegularization,
  identity,
  flatten,
  reshape,
  permute,
  repeatVector,
  rescaling,
  normalization,
  batchNormalization,
  layerNormalization,
  rmsNormalization,
  groupNormalization,
  unitNormalization,
  relu,
  leakyRelu,
  elu,
  softmax,
  prelu,
  embedding,
  globalAveragePooling1D,
  globalMaxPooling1D,
  timeDistributed(() => layers),
];

const byClassName = new Map(layers.map((layer) => [layer.className, layer]));

/** The layer of that Keras class name. */
export function findLayer(className: string): LayerDefinition | undefined {
  return byClassName.get(className);
}
