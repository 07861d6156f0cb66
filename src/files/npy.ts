import { formatCount } from "../diagnostics/format-count.ts";
import { counted } from "../diagnostics/counted.ts";
import type { ArrayBudget } from "./array-budget.ts";
import { toFloat32, type ElementType } from "./float-conversion.ts";
import { product } from "../ir/product.ts";
import { reorderArray } from "./reorder-array.ts";
import { fail } from "./read-failure.ts";
import type { WeightArray } from "./weight-array.ts";

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** numpy's own limit for the header, in bytes, is 10,000. */
const maxHeaderBytes = 65536;

const elementTypes: ReadonlyMap<string, ElementType> = new Map([
  ["f8", { bytes: 8, class: "float" }],
  ["f4", { bytes: 4, class: "float" }],
  ["f2", { bytes: 2, class: "float" }],
  ["i8", { bytes: 8, class: "signed" }],
  ["i4", { bytes: 4, class: "signed" }],
  ["i2", { bytes: 2, class: "signed" }],
  ["i1", { bytes: 1, class: "signed" }],
  ["u8", { bytes: 8, class: "unsigned" }],
  ["u4", { bytes: 4, class: "unsigned" }],
  ["u2", { bytes: 2, class: "unsigned" }],
  ["u1", { bytes: 1, class: "unsigned" }],
  ["b1", { bytes: 1, class: "unsigned" }],
]);

/**
 * Reads a `.npy` file (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html), versions 1 to 3, with
 * numbers of either byte order and either order of axes. Fails on Python objects. `source` names the array in messages.
 */
export function readNpy(bytes: Uint8Array, source: string, budget: ArrayBudget): WeightArray {
  if (bytes.length < 10 || magic.some((byte, index) => bytes[index] !== byte)) {
    return fail("damaged", `'${source}' is not a .npy array`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6] as number;
  if (version < 1 || version > 3) return fail("unsupported", `'${source}' is of version ${version} of .npy`);
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) return fail("damaged", `'${source}' is cut off`);
  const headerBytes = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (headerBytes > maxHeaderBytes) return fail("too-large", `the header of '${source}' has ${headerBytes} bytes`);
  const data = start + headerBytes;
  if (data > bytes.length) return fail("damaged", `'${source}' is cut off`);
  const header = readHeader(new TextDecoder().decode(bytes.subarray(start, data)), source);
  const [, order = "", code = ""] = /^([<>|=]?)([a-zA-Z]\d+)$/.exec(header.descr) ?? [];
  const type = elementTypes.get(code);
  if (type === undefined) {
    return fail("unsupported", `'${source}' has the type ${header.descr}; supported are floats and integers`);
  }
  const count = budget.take(header.shape, source);
  if (count * type.bytes !== bytes.length - data) {
    const needed = count * type.bytes;
    fail(
      "damaged",
      `'${source}' of shape [${header.shape.join(", ")}] needs ${counted(needed, "byte")}, found ${formatCount(bytes.length - data)}`,
    );
  }
  const content = order === ">" ? swapBytes(bytes.subarray(data), type.bytes) : bytes.subarray(data);
  const values = toFloat32(content, type, count);
  return { shape: header.shape, data: header.fortran ? toRowMajor(values, header.shape) : values, source };
}

/** The header is a Python dictionary with three keys, as numpy writes it. */
function readHeader(
  text: string,
  source: string,
): { readonly descr: string; readonly fortran: boolean; readonly shape: readonly number[] } {
  const descr = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape':\s*\(([\d,\sL]*)\)/.exec(text)?.[1];
  if (descr === undefined && /'descr':\s*\[/.test(text)) {
    return fail("unsupported", `'${source}' holds records; supported are floats and integers`);
  }
  if (descr === undefined || fortran === undefined || shape === undefined) {
    return fail("damaged", `the header of '${source}' lacks descr, fortran_order or shape`);
  }
  const axes = shape.split(",").map((axis) => axis.trim().replace(/L$/, ""));
  return { descr, fortran: fortran === "True", shape: axes.filter((axis) => axis !== "").map(Number) };
}

function swapBytes(bytes: Uint8Array, size: number): Uint8Array {
  const swapped = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) swapped[at] = bytes[at - (at % size) + size - 1 - (at % size)] as number;
  return swapped;
}

/** From Fortran's order, the first axis running fastest. */
function toRowMajor(values: Float32Array, shape: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => product(shape.slice(0, axis)));
  return reorderArray(values, shape, strides);
}
