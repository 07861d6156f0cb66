import type { Origin } from "../targets/generated-mark.ts";
import { readSealed, unsealed } from "../files/sealed-safetensors.ts";

/** What a weight file beside a module says about its origin, under `__metadata__`, before it is sealed. */
export function sidecarMetadata(model: string): Readonly<Record<string, string>> {
  return { format: "layerc", model, ...unsealed };
}

/**
 * The model whose weights a safetensors file was written for beside its module; undefined for any other bytes, also of
 * such a file that has been changed since.
 */
export function sidecarModel(file: Uint8Array): string | undefined {
  const { fields, intact } = readSealed(file) ?? {};
  return intact === true && fields !== undefined ? modelOf(fields) : undefined;
}

/** Whether a file was written beside a module, and is as it was then. */
export function sidecarOrigin(file: Uint8Array): Origin | undefined {
  const { fields, intact } = readSealed(file) ?? {};
  if (fields === undefined || modelOf(fields) === undefined) return undefined;
  return intact === true ? "generated" : "edited";
}

function modelOf({ format, model }: Readonly<Record<string, unknown>>): string | undefined {
  return format === "layerc" && typeof model === "string" ? model : undefined;
}
