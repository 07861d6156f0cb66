import { isObject, ownString, ownValue, type JsonObject, type JsonValue } from "./json.ts";

/** An array as it lies in a safetensors file. */
export interface StoredArray {
  /** Type and shape: `F32 [64,32]`. */
  readonly kind: string;
  readonly bytes: Uint8Array;
}

/** The arrays of a safetensors file by their names, unread; undefined for bytes that are none. */
export function readSafetensorsIndex(file: Uint8Array): ReadonlyMap<string, StoredArray> | undefined {
  const header = headerOf(file);
  if (header === undefined) return undefined;
  const { entries, dataStart } = header;
  const arrays = new Map<string, StoredArray>();
  for (const name of Object.keys(entries)) {
    const entry = ownValue(entries, name);
    if (name === "__metadata__" || !isObject(entry)) continue;
    const offsets = ownValue(entry, "data_offsets") ?? null;
    if (!isRange(offsets)) return undefined;
    const kind = `${ownString(entry, "dtype")} ${JSON.stringify(ownValue(entry, "shape"))}`;
    arrays.set(name, { kind, bytes: file.subarray(dataStart + offsets[0], dataStart + offsets[1]) });
  }
  return arrays;
}

function headerOf(file: Uint8Array): { readonly entries: JsonObject; readonly dataStart: number } | undefined {
  if (file.length < 8) return undefined;
  const length = new DataView(file.buffer, file.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(file.length - 8)) return undefined;
  const dataStart = 8 + Number(length);
  try {
    const entries = JSON.parse(new TextDecoder().decode(file.subarray(8, dataStart))) as JsonValue;
    return isObject(entries) ? { entries, dataStart } : undefined;
  } catch {
    return undefined;
  }
}

function isRange(value: JsonValue): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((item) => typeof item === "number");
}
