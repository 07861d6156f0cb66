import { sealed } from "../files/sealed-safetensors.ts";
import { writeSafetensors } from "../files/write-safetensors.ts";
import { weightKey } from "../ir/weight-arrays.ts";
import type { LoweredModel } from "../targets/lowered-model.ts";
import { sidecarMetadata } from "../weights/sidecar-mark.ts";
import type { GeneratedFile } from "./generated-file.ts";

/** The safetensors file beside the module, for a model whose weights were asked to lie there. */
export function writeSidecar({ model, binding, arrays, weights }: LoweredModel): readonly GeneratedFile[] {
  if (binding.kind !== "file" || arrays === undefined) return [];
  const content = writeSafetensors(
    weights.map(({ path, shape, precision }) => ({
      name: path.join("."),
      shape,
      ...(precision === undefined ? {} : { precision }),
      data: arrays.get(weightKey(path)) as Float32Array,
    })),
    sidecarMetadata(model.name),
  );
  return [{ name: binding.fileName, content: sealed(content) }];
}
