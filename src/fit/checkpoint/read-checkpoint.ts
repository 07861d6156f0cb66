import { isLittleEndian } from "../../files/is-little-endian.ts";
import { isObject, ownString, ownValue, parseJson, type JsonObject, type JsonValue } from "../../files/json.ts";
import { fail } from "../../files/read-failure.ts";
import { readSealed } from "../../files/sealed-safetensors.ts";
import { readRanges } from "../../weights/readers/safetensors.ts";
import type { Results, StateArray } from "../loop/trainer.ts";
import type { BestEpoch } from "../loop/training.ts";
import type { Checkpoint, Settings } from "./checkpoint.ts";
import { checkpointMark, reverseElements } from "./write-checkpoint.ts";

/** Reads what `writeCheckpoint` has written. Fails with a `ReadFailure` for anything else, and for one that has changed since. */
export function readCheckpoint(file: Uint8Array): Checkpoint {
  const mark = readSealed(file);
  if (mark?.fields["format"] !== checkpointMark.format) fail("unsupported", "it is no checkpoint of a training");
  if (mark.fields["version"] !== checkpointMark.version)
    fail("unsupported", "another version of layerc has written it");
  if (!mark.intact) fail("damaged", "its checksum is wrong: it was changed, or is cut off");
  const arrays = readArrays(file);
  const about = readObject(parseJson(bytesOf(arrays, "about"), "its description")) ?? damaged("about");
  const best = readObject(ownValue(about, "best"));
  const read = (name: string): JsonObject => readObject(ownValue(about, name)) ?? damaged(name);
  const atOnce = readObject(ownValue(about, "atOnce"));
  const results = readObject(ownValue(about, "results"));
  const history = ownValue(about, "history");
  if (!Array.isArray(history)) damaged("history");
  return {
    fixed: read("fixed") as Settings,
    free: read("free") as Settings,
    before: decoded(read("before")),
    ...(atOnce && { atOnce: decoded(atOnce) }),
    progress: {
      epoch: readCount(about, "epoch"),
      step: readCount(about, "step"),
      history: (history as readonly JsonValue[]).map((item) => decoded(readObject(item) ?? damaged("history"))),
      ...(results && { results: decoded(results) }),
      ...(best && { best: readBest(best, bytesOf(arrays, "best")) }),
    },
    trainer: {
      model: ownString(about, "model") ?? damaged("model"),
      numbers: decoded(read("numbers")),
      arrays: trainerArrays(arrays),
    },
  };
}

function readArrays(file: Uint8Array): ReadonlyMap<string, StateArray | Uint8Array> {
  const { ranges, data } = readRanges(file);
  return new Map(
    ranges.map(({ key, type, start, end }): readonly [string, StateArray | Uint8Array] => {
      // A copy, which begins where arrays of any type may.
      const bytes = new Uint8Array(data.subarray(start, end));
      if (!isLittleEndian) reverseElements(bytes, type.bytes);
      switch (`${type.class} ${type.bytes}`) {
        case "float 8":
          return [key, new Float64Array(bytes.buffer)];
        case "float 4":
          return [key, new Float32Array(bytes.buffer)];
        case "unsigned 4":
          return [key, new Uint32Array(bytes.buffer)];
        default:
          return [key, bytes];
      }
    }),
  );
}

function trainerArrays(arrays: ReadonlyMap<string, StateArray | Uint8Array>): Readonly<Record<string, StateArray>> {
  const found: Record<string, StateArray> = {};
  for (const [name, array] of arrays) {
    if (name.startsWith("trainer/") && !(array instanceof Uint8Array)) found[name.slice("trainer/".length)] = array;
  }
  return found;
}

function bytesOf(arrays: ReadonlyMap<string, StateArray | Uint8Array>, name: string): Uint8Array {
  const array = arrays.get(name);
  return array instanceof Uint8Array ? array : damaged(name);
}

function readBest(best: JsonObject, weights: Uint8Array): BestEpoch {
  return { epoch: readCount(best, "epoch"), value: decoded(best)["value"] as number, weights };
}

function readObject(value: JsonValue | undefined): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

function readCount(about: JsonObject, name: string): number {
  const value = ownValue(about, name);
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : damaged(name);
}

function decoded(encoded: JsonObject): Results {
  return Object.fromEntries(Object.entries(encoded).map(([name, value]) => [name, Number(value)]));
}

function damaged(name: string): never {
  return fail("damaged", `its '${name}' is not what a checkpoint has`);
}
