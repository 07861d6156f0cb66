import type { Model } from "../../src/check/model.ts";
import { chosen } from "../../src/check/read-compile.ts";
import type { JsonObject } from "../../src/files/json.ts";
import { readTraining } from "../../src/keras/read-training.ts";
import { losses } from "../../src/training/losses/index.ts";
import { metrics } from "../../src/training/metrics/index.ts";
import { optimizers } from "../../src/training/optimizers/index.ts";
import type { RecordedLayer } from "./keras-model.ts";

/** The parts of a serialized Keras layer that shapes and parameter counts follow from. */
export interface KerasConfig {
  readonly class_name: string;
  readonly config: {
    readonly name: string;
    readonly trainable?: boolean;
    readonly units?: number;
    readonly layers?: readonly KerasConfig[];
  };
  readonly compile_config?: JsonObject;
  readonly build_config?: { readonly input_shape: readonly (number | null)[] };
}

/** What a recorded config was compiled with, as the checker has it. */
export function compiledWith({ compile_config: json }: KerasConfig): Pick<Model, "compile"> {
  const training = json === undefined ? undefined : readTraining(json).training;
  if (training === undefined) return {};
  const span = { file: "recorded.layers", start: 0, end: 0 };
  const compile = {
    optimizer: chosen(training.optimizer, optimizers),
    loss: chosen(training.loss, losses),
    metrics: training.metrics.map(({ metric }) => chosen(metric, metrics)),
    span,
  };
  return { compile };
}

/** Works out shapes and weights of a recorded config, for the classes the recorded summaries use. */
export function recordFromConfig(layer: KerasConfig, input: readonly (number | null)[] = []): RecordedLayer {
  const inputShape = layer.build_config?.input_shape ?? input;
  const last = inputShape.at(-1) as number;
  const { name, trainable = true } = layer.config;
  const base = { name, class_name: layer.class_name, trainable };
  const weight = (path: string, shape: readonly number[], trainable = true) => ({ path, shape, trainable });
  switch (layer.class_name) {
    case "Sequential": {
      const layers: RecordedLayer[] = [];
      let shape = inputShape;
      for (const inner of (layer.config.layers ?? []).slice(1)) {
        const record = recordFromConfig(inner, shape);
        layers.push(record);
        shape = record.output_shape;
      }
      return { ...base, output_shape: shape, weights: [], layers };
    }
    case "Dense": {
      const units = layer.config.units as number;
      const weights = [weight("kernel", [last, units]), weight("bias", [units])];
      return { ...base, output_shape: [...inputShape.slice(0, -1), units], weights };
    }
    case "BatchNormalization":
      return {
        ...base,
        output_shape: inputShape,
        weights: [
          weight("gamma", [last]),
          weight("beta", [last]),
          weight("moving_mean", [last], false),
          weight("moving_variance", [last], false),
        ],
      };
    case "Flatten": {
      const size = (inputShape.slice(1) as number[]).reduce((product, axis) => product * axis, 1);
      return { ...base, output_shape: [null, size], weights: [] };
    }
    case "Dropout":
      return { ...base, output_shape: inputShape, weights: [] };
    default:
      throw new Error(`The recorded summaries have no ${layer.class_name} so far.`);
  }
}
