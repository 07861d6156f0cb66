import { softmax } from "../../random/activation-table.ts";
import { alongAxes, at, make, map, permute, reduceAxis, reshape, size, type Nd } from "../../random/nd.ts";
import { mean } from "../../random/normalization-cases.ts";
import { activationFormula, relu } from "./activation-formula.ts";
import { einsumFormula } from "./einsum-formula.ts";
import { noFormula, type FormulaLayer, type FormulaValue } from "./formula-layer.ts";
import { axesOf, normalizationFormula } from "./normalization-formula.ts";

/** Layers that do nothing outside of training. */
const idle =
  /^(?:Identity|Dropout|AlphaDropout|GaussianNoise|GaussianDropout|SpatialDropout[123]D|ActivityRegularization|InputLayer)$/;

/** What a layer makes of a sample, in float64 from Keras' documentation. Throws `NoFormula` for what it does not know. */
export function layerFormula(layer: FormulaLayer, input: Nd): Nd {
  const { className, config, weights } = layer;
  if (idle.test(className)) return input;
  const weight = (name: string): Nd => weights.get(name) ?? noFormula(`no weight ${name}`);
  const number = (name: string, preset: number): number => (config[name] ?? preset) as number;
  const rank = input.shape.length;
  const isFirst = config["data_format"] === "channels_first";
  switch (className) {
    case "Dense":
      return activationFormula(contract(input, weight("kernel"), weights.get("bias")), config["activation"]);
    case "EinsumDense": {
      const sum = einsumFormula(String(config["equation"]), input, weight("kernel"), weights.get("bias"));
      return activationFormula(sum, config["activation"]);
    }
    case "Activation":
      return activationFormula(input, config["activation"]);
    case "ReLU": {
      const maximum = (config["max_value"] ?? null) as number | null;
      return map(input, (x) => relu(x, number("negative_slope", 0), maximum, number("threshold", 0)));
    }
    case "LeakyReLU":
      return map(input, (x) => (x >= 0 ? x : number("negative_slope", 0.3) * x));
    case "ELU":
      return map(input, (x) => (x > 0 ? x : number("alpha", 1) * Math.expm1(x)));
    case "PReLU": {
      const alpha = weight("alpha");
      return make(input.shape, (index) => {
        const value = at(input, index);
        const place = index.map((position, axis) => (alpha.shape[axis] === 1 ? 0 : position));
        return value > 0 ? value : at(alpha, place) * value;
      });
    }
    case "Softmax":
      return alongAxes(input, axesOf(config["axis"], rank), softmax);
    case "Flatten": {
      const moved = isFirst && rank > 1 ? permute(input, [...input.shape.keys()].slice(1).concat(0)) : input;
      return reshape(moved, [size(input.shape)]);
    }
    case "Reshape":
      return reshape(input, targetShape(config["target_shape"], size(input.shape)));
    case "Permute":
      return permute(
        input,
        (config["dims"] as readonly number[]).map((axis) => axis - 1),
      );
    case "RepeatVector":
      return make([config["n"] as number, ...input.shape], (index) => at(input, index.slice(1)));
    case "Rescaling": {
      const [scale, offset] = [spread(config["scale"] ?? 1), spread(config["offset"] ?? 0)];
      return make(input.shape, (index) => at(input, index) * scale(index) + offset(index));
    }
    case "GlobalAveragePooling1D":
    case "GlobalMaxPooling1D": {
      const f = className === "GlobalMaxPooling1D" ? (all: readonly number[]) => Math.max(...all) : mean;
      const axis = isFirst ? 1 : 0;
      const pooled = reduceAxis(input, axis, f);
      return config["keepdims"] === true ? reshape(pooled, pooled.shape.toSpliced(axis, 0, 1)) : pooled;
    }
    case "Embedding": {
      const table = weight("embeddings");
      const [rows, width] = table.shape as readonly [number, number];
      const bad = input.data.find((row) => !(Number.isInteger(row) && row >= 0 && row < rows));
      if (bad !== undefined) throw new RangeError(`the index ${bad}`);
      return make([...input.shape, width], (index) =>
        at(table, [at(input, index.slice(0, -1)), index.at(-1) as number]),
      );
    }
    case "TimeDistributed":
      return eachStep(layer, input);
    default:
      return normalizationFormula(layer, input) ?? noFormula(`the layer ${className}`);
  }
}

/** `input · kernel + bias` over the last axis. */
function contract(input: Nd, kernel: Nd, bias: Nd | undefined): Nd {
  const [inputs, units] = kernel.shape as [number, number];
  return make([...input.shape.slice(0, -1), units], (index) => {
    const unit = index.at(-1) as number;
    let sum = bias === undefined ? 0 : (bias.data[unit] as number);
    for (let k = 0; k < inputs; k++)
      sum += at(input, index.with(index.length - 1, k)) * (kernel.data[k * units + unit] as number);
    return sum;
  });
}

/** A number for every place, from lists that numpy would spread over it. */
function spread(value: FormulaValue): (index: readonly number[]) => number {
  const depth = (part: FormulaValue): number => (Array.isArray(part) ? 1 + depth(part[0] as FormulaValue) : 0);
  const axes = depth(value);
  return (index) => {
    let part = value;
    for (const position of index.slice(index.length - axes)) {
      const list = part as readonly FormulaValue[];
      part = list[list.length === 1 ? 0 : position] as FormulaValue;
    }
    return part as number;
  };
}

/** Keras' target, in which -1 is what is left. */
function targetShape(written: FormulaValue | undefined, elements: number): readonly number[] {
  if (!Array.isArray(written)) return noFormula("an operation");
  const target = written as readonly number[];
  const known = target.reduce((product, axis) => (axis === -1 ? product : product * axis), 1);
  return target.map((axis) => (axis === -1 ? elements / known : axis));
}

function eachStep({ config, weights }: FormulaLayer, input: Nd): Nd {
  const [steps = 0, ...shape] = input.shape;
  const inner = config["layer"] as { readonly class_name: string; readonly config: FormulaLayer["config"] };
  const layer = { className: inner.class_name, config: inner.config, weights };
  const count = size(shape);
  const outputs = Array.from({ length: steps }, (_, step) =>
    layerFormula(layer, { shape, data: input.data.slice(step * count, (step + 1) * count) }),
  );
  return {
    shape: [steps, ...(outputs[0]?.shape ?? [])],
    data: Float64Array.from(outputs.flatMap(({ data }) => [...data])),
  };
}
