import { failureOf } from "../../files/read-failure.ts";
import { readRanges } from "./safetensors.ts";

/** Whether a safetensors file has every array of another one: under the same name, with the same type, shape and bytes. */
export function holdsArrays(file: Uint8Array, other: Uint8Array): boolean {
  try {
    const found = arraysOf(file);
    return [...arraysOf(other)].every(([key, array]) => {
      const same = found.get(key);
      return same?.kind === array.kind && equalBytes(same.bytes, array.bytes);
    });
  } catch (error) {
    // What is no such file holds nothing.
    if (failureOf(error) === undefined) throw error;
    return false;
  }
}

function arraysOf(file: Uint8Array): ReadonlyMap<string, { readonly kind: string; readonly bytes: Uint8Array }> {
  const { ranges, data } = readRanges(file);
  return new Map(
    ranges.map(({ key, type, shape, start, end }) => [
      key,
      { kind: `${type.class} ${type.bytes} [${shape.join(", ")}]`, bytes: data.subarray(start, end) },
    ]),
  );
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
