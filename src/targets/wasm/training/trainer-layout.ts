import type { LoweredTraining } from "../../../gradients/lower-training.ts";
import { isStatic, type Size } from "../../../ir/size.ts";
import { constantsStart } from "../memory-layout.ts";

/** Where the arrays of a trainer lie in linear memory. */
export interface TrainerLayout {
  /** Bytes; arrays whose size does not depend on the batch. */
  readonly addresses: ReadonlyMap<string, number>;
  /** The others, in the order in which they follow each other from `dataStart` on. */
  readonly growing: readonly { readonly name: string; readonly sizes: readonly Size[] }[];
  readonly dataStart: number;
}

/** Reads of vectors may run over the end of an array by up to three elements. */
const slack = 16;

/** The constants of vector functions come first, then what has a place of its own, then what grows with the batch. */
export function layOutTrainer({ held, scratch }: LoweredTraining, constants: number): TrainerLayout {
  const arrays = [
    ...[...held.values()].map(({ name, size }) => ({ name, sizes: [size] as readonly Size[] })),
    ...[...scratch].map(([name, sizes]) => ({ name, sizes })),
  ];
  const addresses = new Map<string, number>();
  let at = align(constantsStart + 4 * constants);
  for (const { name, sizes } of arrays) {
    if (!sizes.every(isStatic)) continue;
    addresses.set(name, at);
    at = align(at + 4 * Math.max(...sizes.map(({ factor }) => factor)) + slack);
  }
  return { addresses, growing: arrays.filter(({ sizes }) => !sizes.every(isStatic)), dataStart: at };
}

function align(bytes: number): number {
  return Math.ceil(bytes / 16) * 16;
}
