import { isLittleEndian } from "../../files/is-little-endian.ts";
import { readSealed, sealed, unsealed } from "../../files/sealed-safetensors.ts";
import { layOutSafetensors, type RawArray } from "../../files/write-safetensors.ts";
import type { Origin } from "../../targets/generated-mark.ts";
import type { Results, StateArray } from "../loop/trainer.ts";
import type { Checkpoint } from "./checkpoint.ts";

/** The metadata that tell a checkpoint, and its version: what a later one changes in a way that this one could misread. */
export const checkpointMark = { format: "layerc-checkpoint", version: "1" } as const;

/** Whether training wrote a file as its checkpoint, and it is as it was then; undefined for any other bytes. */
export function checkpointOrigin(file: Uint8Array): Origin | undefined {
  const { fields, intact } = readSealed(file) ?? {};
  if (fields?.["format"] !== checkpointMark.format) return undefined;
  return intact === true ? "generated" : "edited";
}

/**
 * A checkpoint as a safetensors file with a checksum: the arrays of the trainer with all their bits, the weights of the best
 * epoch as a file within the file, and everything else as JSON.
 */
export function writeCheckpoint({ fixed, free, progress, trainer, before, atOnce }: Checkpoint): Uint8Array {
  const { best, results, history } = progress;
  const about = {
    fixed,
    free,
    model: trainer.model,
    numbers: encoded(trainer.numbers),
    epoch: progress.epoch,
    step: progress.step,
    before: encoded(before),
    ...(atOnce && { atOnce: encoded(atOnce) }),
    history: history.map(encoded),
    ...(results && { results: encoded(results) }),
    ...(best && { best: { epoch: best.epoch, value: best.value } }),
  };
  const parts = [
    ...Object.entries(trainer.arrays).map(([name, array]) => ({ name: `trainer/${name}`, array })),
    { name: "about", array: new TextEncoder().encode(JSON.stringify(about)) },
    ...(best === undefined ? [] : [{ name: "best", array: best.weights }]),
  ].toSorted((a, b) => b.array.BYTES_PER_ELEMENT - a.array.BYTES_PER_ELEMENT);
  const raw = parts.map(({ name, array }): RawArray => {
    return { name, dtype: dtypeOf(array), shape: [array.length], bytes: array.byteLength };
  });
  const { file, starts } = layOutSafetensors(raw, { ...checkpointMark, ...unsealed });
  for (const [at, { array }] of parts.entries()) writeArray(file, starts[at] as number, array);
  return sealed(file);
}

/** JSON has all numbers but these. */
function encoded(results: Results): Readonly<Record<string, number | string>> {
  return Object.fromEntries(
    Object.entries(results).map(([name, value]) => {
      if (Object.is(value, -0)) return [name, "-0"];
      return [name, Number.isFinite(value) ? value : String(value)];
    }),
  );
}

function dtypeOf(array: StateArray | Uint8Array): string {
  if (array instanceof Float64Array) return "F64";
  if (array instanceof Float32Array) return "F32";
  return array instanceof Uint32Array ? "U32" : "U8";
}

/** Little-endian on every machine. Bits go through unchanged, also those of a NaN. */
function writeArray(file: Uint8Array, start: number, array: StateArray | Uint8Array): void {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  file.set(bytes, start);
  if (!isLittleEndian) reverseElements(file.subarray(start, start + bytes.length), array.BYTES_PER_ELEMENT);
}

/** Turns the bytes of each element around, in place. */
export function reverseElements(bytes: Uint8Array, elementBytes: number): void {
  for (let at = 0; at < bytes.length; at += elementBytes) bytes.subarray(at, at + elementBytes).reverse();
}
