import { sealed } from "../files/sealed-safetensors.ts";
import { writeSafetensors, type NamedArray } from "../files/write-safetensors.ts";
import { scaleName, weightKey } from "../ir/weight-arrays.ts";
import { quantizeKernel } from "../ir/int8.ts";
import type { LoweredModel } from "../targets/lowered-model.ts";
import { sidecarMetadata } from "../weights/sidecar-mark.ts";
import type { GeneratedFile } from "./generated-file.ts";

/** The safetensors file beside the module, for a model whose weights were asked to lie there. */
export function writeSidecar({ model, binding, arrays, weights }: LoweredModel): readonly GeneratedFile[] {
  if (binding.kind !== "file" || arrays === undefined) return [];
  const content = writeSafetensors(
    weights.flatMap((weight): readonly NamedArray[] => {
      const { path, shape, precision } = weight;
      const name = path.join(".");
      const data = arrays.get(weightKey(path)) as Float32Array;
      if (precision === "int8") return int8Arrays(name, shape as readonly [number, number], data);
      return [{ name, shape, ...(precision === undefined ? {} : { precision }), data }];
    }),
    sidecarMetadata(model.name),
  );
  return [{ name: binding.fileName, content: sealed(content) }];
}

/** The integers of a kernel `[inputs, units]`, and the scales of its units. */
function int8Arrays(name: string, shape: readonly [number, number], kernel: Float32Array): readonly NamedArray[] {
  const [inputs, units] = shape;
  const { integers, scales } = quantizeKernel(kernel, inputs, units);
  return [
    { name, shape, precision: "int8", data: integers.subarray(0, inputs * units) },
    { name: scaleName(name), shape: [units], data: scales },
  ];
}
