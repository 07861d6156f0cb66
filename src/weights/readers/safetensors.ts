import { formatCount } from "../../diagnostics/format-count.ts";
import { counted } from "../../diagnostics/counted.ts";
import { buildArrayTree } from "../array-tree.ts";
import { createArrayBudget, type ArrayBudget } from "../../files/array-budget.ts";
import { toFloat32, type ElementType } from "../../files/float-conversion.ts";
import { isObject, ownString, ownValue, parseJson, type JsonObject, type JsonValue } from "../../files/json.ts";
import { maxEntries, maxJsonBytes } from "../../files/limits.ts";
import { fail } from "../../files/read-failure.ts";
import type { WeightArray } from "../../files/weight-array.ts";
import { scaleName } from "../../ir/weight-arrays.ts";
import type { WeightContainer } from "../weight-file.ts";

const int8: ElementType = { bytes: 1, class: "signed" };

const elementTypes: ReadonlyMap<string, ElementType> = new Map([
  ["F64", { bytes: 8, class: "float" }],
  ["F32", { bytes: 4, class: "float" }],
  ["F16", { bytes: 2, class: "float" }],
  ["BF16", { bytes: 2, class: "bfloat" }],
  ["I64", { bytes: 8, class: "signed" }],
  ["I32", { bytes: 4, class: "signed" }],
  ["I16", { bytes: 2, class: "signed" }],
  ["I8", int8],
  ["U64", { bytes: 8, class: "unsigned" }],
  ["U32", { bytes: 4, class: "unsigned" }],
  ["U16", { bytes: 2, class: "unsigned" }],
  ["U8", { bytes: 1, class: "unsigned" }],
]);

/**
 * Reads a safetensors file (https://github.com/huggingface/safetensors#format): header length as little-endian uint64,
 * JSON header, data. Keys are split into layers at `/` if any has one, else at `.`.
 */
export function readSafetensors(bytes: Uint8Array): WeightContainer {
  const { ranges, data } = readRanges(bytes);
  const budget = createArrayBudget();
  const read = new Map(ranges.map((range) => [range.key, readArray(range, data, budget)]));
  // `dense.kernel_scale` scales the units of `dense.kernel`, where that is bytes.
  const scaleNames = new Set(ranges.filter(({ type }) => type === int8).map(({ key }) => scaleName(key)));
  const items = ranges.flatMap(({ key, type }) => {
    if (scaleNames.has(key)) return [];
    const array = read.get(key) as WeightArray;
    const scales = type === int8 ? read.get(scaleName(key)) : undefined;
    return [{ key, array: scales === undefined ? array : scaled(array, scales) }];
  });
  return buildArrayTree(items, items.some((item) => item.key.includes("/")) ? "/" : ".");
}

/** A kernel `[inputs, units]` of bytes as the numbers that it stands for, as files of int8 modules have them. */
function scaled(kernel: WeightArray, scales: WeightArray): WeightArray {
  const units = kernel.shape.at(-1) ?? 1;
  if (scales.shape.length !== 1 || scales.data.length !== units) {
    const found = `[${scales.shape.join(", ")}]`;
    return fail("damaged", `'${scales.source}' of shape ${found} does not scale the units of '${kernel.source}'`);
  }
  return { ...kernel, data: kernel.data.map((integer, at) => integer * (scales.data[at % units] as number)) };
}

/** Where the arrays of a safetensors file lie in its data, which they cover. */
export function readRanges(bytes: Uint8Array): { readonly ranges: readonly Range[]; readonly data: Uint8Array } {
  if (bytes.length < 8) fail("damaged", `it has only ${counted(bytes.length, "byte")}, too few for a header`);
  const headerBytes = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (headerBytes > BigInt(bytes.length - 8)) {
    fail("damaged", `its header claims ${headerBytes} bytes, the file ends after ${bytes.length}`);
  }
  if (headerBytes > BigInt(maxJsonBytes)) fail("too-large", `its header has more than ${maxJsonBytes} bytes`);
  const dataStart = 8 + Number(headerBytes);
  const header = parseJson(bytes.subarray(8, dataStart), "the header");
  if (!isObject(header)) return fail("damaged", "the header is not a JSON object");

  const keys = Object.keys(header).filter((key) => key !== "__metadata__");
  if (keys.length > maxEntries) fail("too-large", `it has ${keys.length} arrays, more than ${maxEntries}`);
  const data = bytes.subarray(dataStart);
  const ranges = keys.map((key) => readRange(key, ownValue(header, key), data.length));
  checkCoverage(ranges, data.length);
  return { ranges, data };
}

interface Range {
  readonly key: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

function readRange(key: string, entry: JsonValue | undefined, dataBytes: number): Range {
  if (!isObject(entry)) return fail("damaged", `the header's entry for '${key}' is not an object`);
  const typeName = ownString(entry, "dtype");
  if (typeName === undefined) return fail("damaged", `'${key}' has no dtype`);
  const type = elementTypes.get(typeName);
  if (type === undefined) {
    return fail(
      "unsupported",
      `'${key}' has the type ${typeName}; supported are ${[...elementTypes.keys()].join(", ")}`,
    );
  }
  const [start, end, ...more] = integers(entry, "data_offsets", key);
  if (start === undefined || end === undefined || more.length > 0) {
    return fail("damaged", `'${key}' needs two data_offsets`);
  }
  if (start > end || end > dataBytes) {
    fail("damaged", `'${key}' lies at bytes ${start} to ${end}, the file has ${counted(dataBytes, "byte")} of data`);
  }
  return { key, type, shape: integers(entry, "shape", key), start, end };
}

function integers(entry: JsonObject, property: string, key: string): readonly number[] {
  const value = ownValue(entry, property);
  const valid =
    Array.isArray(value) && value.every((item) => typeof item === "number" && Number.isSafeInteger(item) && item >= 0);
  if (!valid) return fail("damaged", `the ${property} of '${key}' is not a list of non-negative integers`);
  return value as readonly number[];
}

/** The format wants every byte of the data to belong to exactly one array. */
function checkCoverage(ranges: readonly Range[], dataBytes: number): void {
  let position = 0;
  for (const range of [...ranges].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (range.start < position) fail("damaged", `'${range.key}' overlaps another array`);
    if (range.start > position)
      fail("damaged", `no array has the ${counted(range.start - position, "byte")} before '${range.key}'`);
    position = range.end;
  }
  if (position < dataBytes) fail("damaged", `no array has the ${counted(dataBytes - position, "byte")} at its end`);
}

function readArray(range: Range, data: Uint8Array, budget: ArrayBudget): WeightArray {
  const count = budget.take(range.shape, range.key);
  if (count * range.type.bytes !== range.end - range.start) {
    const needed = count * range.type.bytes;
    fail(
      "damaged",
      `'${range.key}' of shape [${range.shape.join(", ")}] needs ${counted(needed, "byte")}, found ${formatCount(range.end - range.start)}`,
    );
  }
  return {
    shape: range.shape,
    data: toFloat32(data.subarray(range.start, range.end), range.type, count),
    source: range.key,
  };
}
