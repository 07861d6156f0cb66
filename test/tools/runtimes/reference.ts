import type { LayerInstance, Model } from "../../../src/check/model.ts";
import { weightKey, type WeightArrays } from "../../../src/ir/weight-arrays.ts";
import { weightPath } from "../../../src/lower/model-info.ts";
import { activationCases } from "../../random/activation-table.ts";
import { map, reshape, type Nd } from "../../random/nd.ts";

/**
 * What a model computes for one sample, in float64 from the definitions of its layers. It knows the layers of the
 * examples and has nothing in common with the compiler's back end. Throws for any other layer.
 */
export function reference(model: Model, weights: WeightArrays, input: Nd, path: readonly string[] = []): Nd {
  let value = input;
  for (const layer of model.layers) {
    const layerPath = [...path, layer.name];
    value =
      layer.kind === "nested"
        ? reference(layer.model, weights, value, layerPath)
        : runLayer(layer, value, (name) => weights.get(weightKey(weightPath(layerPath, name))));
  }
  return value;
}

function runLayer(layer: LayerInstance, input: Nd, weight: (name: string) => Float32Array | undefined): Nd {
  const { config } = layer;
  switch (layer.definition.className) {
    case "Dense":
      return activate(config["activation"], contract(input, config["units"] as number, weight));
    case "Dropout":
      return input;
    case "Flatten":
      return reshape(input, [input.data.length]);
    case "Reshape":
      return reshape(input, config["target_shape"] as readonly number[]);
    case "Rescaling":
      return map(input, (x) => x * (config["scale"] as number) + (config["offset"] as number));
    case "Softmax":
      if (config["axis"] !== -1) throw new Error("the reference has softmax along the last axis only");
      return activationOf("softmax").reference(input);
    default:
      throw new Error(`the reference has no ${layer.definition.className}`);
  }
}

/** `input · kernel + bias` over the last axis. */
function contract(input: Nd, units: number, weight: (name: string) => Float32Array | undefined): Nd {
  const kernel = weight("kernel") as Float32Array;
  const bias = weight("bias");
  const inputs = kernel.length / units;
  const rows = input.data.length / inputs;
  const data = new Float64Array(rows * units);
  for (let row = 0; row < rows; row++) {
    for (let unit = 0; unit < units; unit++) {
      let sum = bias?.[unit] ?? 0;
      for (let k = 0; k < inputs; k++) {
        sum += (input.data[row * inputs + k] as number) * (kernel[k * units + unit] as number);
      }
      data[row * units + unit] = sum;
    }
  }
  return { shape: [...input.shape.slice(0, -1), units], data };
}

function activate(config: unknown, input: Nd): Nd {
  const { definition, args } = config as {
    readonly definition: { readonly name: string; readonly parameters: readonly { name: string; default?: unknown }[] };
    readonly args: Readonly<Record<string, unknown>>;
  };
  if (definition.parameters.some((parameter) => args[parameter.name] !== parameter.default)) {
    throw new Error(`the reference has no arguments of ${definition.name}`);
  }
  return activationOf(definition.name).reference(input);
}

function activationOf(name: string): { readonly reference: (input: Nd) => Nd } {
  const found = activationCases.find((activation) => activation.text === name);
  if (found === undefined) throw new Error(`the reference has no activation ${name}`);
  return found;
}
