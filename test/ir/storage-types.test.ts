import { describe, expect, test } from "vitest";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { roundToBfloat16 } from "../../src/ir/bfloat16.ts";
import { quantizeKernel } from "../../src/ir/int8.ts";
import {
  defaultPrecision,
  precisions,
  storageType,
  type Precision,
  type RoundedPrecision,
} from "../../src/ir/storage-types.ts";
import { readSafetensors } from "../../src/weights/readers/safetensors.ts";

const values = Float32Array.of(1, -0.3, 3.39e38, 2 ** -130, 0, 257, 1e-3, -7);

/** Numbers nearest to others that a type holds. */
const rounding: Readonly<Record<Precision, (values: Float32Array) => Float32Array>> = {
  float32: (given) => given,
  bfloat16: roundToBfloat16,
  int8: (given) => quantizeKernel(given, given.length, 1).integers,
};

describe.each(precisions)("%s", (precision) => {
  const type = storageType({ precision });
  const round = rounding[precision];
  const rounded = round(values);

  test("rounds to what it can hold, and what it holds stays", () => {
    expect(round(rounded)).toEqual(rounded);
    if (precision === defaultPrecision) expect(rounded).toEqual(values);
    else expect(rounded).not.toEqual(values);
  });

  test("files hold the rounded numbers, in as many bytes as it says", () => {
    const given = precision === defaultPrecision ? {} : { precision: precision as RoundedPrecision };
    const array = { name: "dense.kernel", shape: [values.length], data: rounded, ...given };
    const bytes = writeSafetensors([array]);
    const empty = writeSafetensors([{ ...array, shape: [0], data: new Float32Array(0) }]);
    const header = (file: Uint8Array): number => 8 + Number(new DataView(file.buffer).getBigUint64(0, true));
    expect(bytes.length - header(bytes)).toBe(values.length * type.bytes);
    expect(empty.length).toBe(header(empty));
    expect(new TextDecoder().decode(bytes.subarray(0, header(bytes)))).toContain(`"${type.safetensors}"`);
    expect(
      JSON.stringify(readSafetensors(bytes), (_, value: unknown) =>
        value instanceof Float32Array ? [...value] : value,
      ),
    ).toContain(JSON.stringify([...rounded]));
  });

  test("modules hold as many bytes, whole words of them", () => {
    expect(type.pack(new Float32Array(32)).byteLength).toBe(32 * type.bytes);
  });
});

test("an array of which nothing is said is float32", () => {
  expect(storageType({}).safetensors).toBe("F32");
});
