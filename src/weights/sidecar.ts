import type { Model } from "../check/model.ts";

/** The name of the safetensors file beside a module that holds a model's weights: `digits.weights.safetensors`. */
export function sidecarName(model: Pick<Model, "exportName">): string {
  return `${model.exportName}.weights.safetensors`;
}

/** What such a file says about its origin, under `__metadata__`. */
export function sidecarMetadata(model: string): Readonly<Record<string, string>> {
  return { format: "layerc", model };
}

/**
 * The model whose weights a safetensors file was written for beside its module; undefined for any other bytes. A file
 * that another program wrote anew does not begin as `writeSafetensors` begins it, and counts as that program's.
 */
export function sidecarModel(file: Uint8Array): string | undefined {
  const start = new TextDecoder().decode(file.subarray(8, 8 + reach));
  return /^\{"__metadata__":\{"format":"layerc","model":"(\w+)"\}[,}]/.exec(start)?.[1];
}

/** The start of a file up to which its origin is looked for, bytes. */
const reach = 1024;
