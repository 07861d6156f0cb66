import { ownValue } from "../../files/json.ts";
import { fail } from "../../files/read-failure.ts";
import type { WeightArray } from "../../files/weight-array.ts";
import type { KerasConfig } from "../../keras/keras-config.ts";
import { hasInt4Kernel } from "../../keras/quantisation.ts";

/**
 * The arrays of a Dense whose kernel Keras has quantised to 4 bits, with a float kernel [inputs, units] in place of the packed
 * one (`Dense._int4_call` of Keras 3.15): two units a byte, the lower half first, each from -8 to 7. With blocks of inputs it
 * is `(value - kernel_zero[group]) * kernel_scale[group]`, the group of an input being `g_idx`; with a scale for each unit
 * alone `value / kernel_scale`. Other arrays are as they were.
 */
export function unpackInt4(arrays: readonly WeightArray[], layer: KerasConfig): readonly WeightArray[] {
  const units = ownValue(layer.config, "units");
  if (!hasInt4Kernel(layer) || typeof units !== "number" || arrays.length === 0) return arrays;
  const order = ["kernel", ...(ownValue(layer.config, "use_bias") === false ? [] : ["bias"]), ...scaleNames];
  const named = arrays.map((array, at) => ({ array, name: array.name ?? order[at] }));
  const find = (name: string): WeightArray | undefined => named.find((item) => item.name === name)?.array;
  const packed = find("kernel");
  const scale = find("kernel_scale");
  if (packed === undefined || scale === undefined) return fail("damaged", `${what(layer)} lacks a kernel or its scale`);
  const inputs = packed.shape[0] ?? 0;
  const width = Math.ceil(units / 2);
  if (packed.shape.join() !== `${inputs},${width}`)
    return fail("damaged", `${what(layer)} has a kernel of [${packed.shape.join(", ")}] for ${units} units`);
  const valueOf = dequantiser({ inputs, units, scale, zero: find("kernel_zero"), groups: find("g_idx") }, layer);
  const data = new Float32Array(inputs * units);
  for (let input = 0; input < inputs; input++) {
    for (let unit = 0; unit < units; unit++) {
      const byte = packed.data[input * width + (unit >> 1)] as number;
      const half = (byte >> (4 * (unit & 1))) & 15;
      data[input * units + unit] = valueOf(half < 8 ? half : half - 16, input, unit);
    }
  }
  const { isInteger8: _, ...rest } = packed;
  const kernel: WeightArray = { ...rest, shape: [inputs, units], data };
  return named
    .filter(({ name }) => name === undefined || !scaleNames.includes(name))
    .map(({ array }) => (array === packed ? kernel : array));
}

const scaleNames: readonly string[] = ["kernel_scale", "kernel_zero", "g_idx"];

interface Scales {
  readonly inputs: number;
  readonly units: number;
  readonly scale: WeightArray;
  readonly zero: WeightArray | undefined;
  readonly groups: WeightArray | undefined;
}

function dequantiser(
  { inputs, units, scale, zero, groups }: Scales,
  layer: KerasConfig,
): (value: number, input: number, unit: number) => number {
  if (zero === undefined && groups === undefined && scale.shape.join() === String(units)) {
    return (value, _, unit) => value / (scale.data[unit] as number);
  }
  const count = scale.shape[0] ?? 0;
  const fits =
    scale.shape.join() === `${count},${units}` &&
    zero?.shape.join() === scale.shape.join() &&
    groups?.shape.join() === String(inputs) &&
    groups.data.every((group) => Number.isInteger(group) && group >= 0 && group < count);
  if (!fits) return fail("damaged", `${what(layer)} has scales of other shapes than its kernel`);
  return (value, input, unit) => {
    const at = (groups.data[input] as number) * units + unit;
    return (value - (zero.data[at] as number)) * (scale.data[at] as number);
  };
}

function what({ name }: KerasConfig): string {
  return `the layer '${name}', quantised to 4 bits,`;
}
