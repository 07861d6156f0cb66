import { readSealed, sealed, unsealed } from "../../files/sealed-safetensors.ts";
import { layOutSafetensors } from "../../files/write-safetensors.ts";
import type { Origin } from "../../targets/generated-mark.ts";

const format = "layerc-trained";

/** The weights that a trainer has written, with a mark that says so and a checksum. */
export function markWeights(weights: Uint8Array, model: string): Uint8Array {
  const start = 8 + Number(new DataView(weights.buffer, weights.byteOffset).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(weights.subarray(8, start))) as Readonly<
    Record<
      string,
      { readonly dtype: string; readonly shape: readonly number[]; readonly data_offsets: readonly [number, number] }
    >
  >;
  const arrays = Object.entries(header)
    .filter(([name]) => name !== "__metadata__")
    .map(
      ([
        name,
        {
          dtype,
          shape,
          data_offsets: [from, to],
        },
      ]) => ({ name, dtype, shape, bytes: to - from, from }),
    )
    .toSorted((a, b) => a.from - b.from);
  const { file, starts } = layOutSafetensors(arrays, { format, model, ...unsealed });
  // The arrays lie as they lay.
  if (starts[0] !== undefined) file.set(weights.subarray(start), starts[0]);
  return sealed(file);
}

/** Whether training wrote a file of weights, and it is as it was then; undefined for any other bytes. */
export function trainedOrigin(file: Uint8Array): Origin | undefined {
  const { fields, intact } = readSealed(file) ?? {};
  if (fields?.["format"] !== format) return undefined;
  return intact === true ? "generated" : "edited";
}
