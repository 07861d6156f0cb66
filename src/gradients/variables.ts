import type { Model, ModelLayer } from "../check/model.ts";
import type { WeightTensor } from "../ir/graph.ts";
import { staticSize } from "../ir/size.ts";
import type { StepTensor } from "../ir/step-graph.ts";
import { weightKey } from "../ir/weight-arrays.ts";
import type { KerasObject } from "../layers/definition.ts";
import { weightSettings } from "../layers/weight-settings.ts";
import type { GrowingStep } from "./growing-step.ts";
import { initialValues, type InitialValues } from "./initial-values.ts";

/** An array of a model that a step reads, and changes if it is trainable or a statistic. */
export interface Variable {
  readonly weight: WeightTensor;
  readonly tensor: StepTensor;
  /** Whether the optimizer changes it. */
  readonly trainable: boolean;
  readonly initial: InitialValues;
  readonly regularizer?: KerasObject;
  readonly constraint?: KerasObject;
}

/** Every array of a model, in its order, as a value of a step. */
export function variablesOf(model: Model, step: GrowingStep): readonly Variable[] {
  const collect = (layers: readonly ModelLayer[], path: readonly string[], isTrained: boolean): readonly Variable[] =>
    layers.flatMap((layer): readonly Variable[] => {
      const layerPath = [...path, layer.name];
      const trained = isTrained && layer.trainable;
      if (layer.kind === "nested") return collect(layer.model.layers, layerPath, trained);
      return layer.weights.map((spec): Variable => {
        const { initializer, ...settings } = weightSettings(layer.definition, layer.config, spec.name);
        return {
          weight: { path: [...layerPath, ...spec.name.split("/")], shape: spec.shape },
          tensor: step.tensor(spec.shape.map(staticSize), false),
          trainable: trained && spec.trainable,
          initial: initializer === undefined ? preset(spec.name) : initialValues(initializer, spec.shape),
          ...settings,
        };
      });
    });
  const variables = collect(model.layers, [], true);
  for (const { weight, tensor } of variables) step.variables.set(weightKey(weight.path), tensor);
  return variables;
}

/** What an array without an initializer begins with: statistics of inputs that are left as they are. */
function preset(name: string): InitialValues {
  return { kind: "constant", value: /variance$|stddev$/.test(name) ? 1 : 0 };
}
