import { readSafetensorsIndex } from "../files/safetensors-index.ts";

/** Whether a safetensors file has every array of another one: under the same name, with the same type, shape and bytes. */
export function holdsArrays(file: Uint8Array, other: Uint8Array): boolean {
  const found = readSafetensorsIndex(file);
  const wanted = readSafetensorsIndex(other);
  if (found === undefined || wanted === undefined) return false;
  return [...wanted].every(([name, array]) => {
    const same = found.get(name);
    return same !== undefined && same.kind === array.kind && equalBytes(same.bytes, array.bytes);
  });
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
