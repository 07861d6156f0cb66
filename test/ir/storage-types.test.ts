import { describe, expect, test } from "vitest";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { defaultPrecision, precisions, storageType, type RoundedPrecision } from "../../src/ir/storage-types.ts";
import { readSafetensors } from "../../src/weights/readers/safetensors.ts";

const values = Float32Array.of(1, -0.3, 3.39e38, 2 ** -130, 0, 257, 1e-3, -7);

describe.each(precisions)("%s", (precision) => {
  const type = storageType({ precision });
  const rounded = type.round(values);

  test("rounds to what it can hold, and what it holds stays", () => {
    expect(type.round(rounded)).toEqual(rounded);
    if (precision === defaultPrecision) expect(rounded).toEqual(values);
    else expect(rounded).not.toEqual(values);
  });

  test("files hold the rounded numbers, in as many bytes as it says", () => {
    const given = precision === defaultPrecision ? {} : { precision: precision as RoundedPrecision };
    const array = { name: "dense.kernel", shape: [values.length], data: values, ...given };
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
    expect(type.pack(values).byteLength).toBe(values.length * type.bytes);
  });
});

test("an array of which nothing is said is float32", () => {
  expect(storageType({}).safetensors).toBe("F32");
});
