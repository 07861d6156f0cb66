import { below, createGenerator } from "./generator.ts";

/**
 * The order of the samples in an epoch, counted from 1: shuffled by Fisher and Yates with a generator of this seed and epoch
 * alone, so that an epoch is shuffled the same however training came to it.
 */
export function epochOrder(count: number, seed: number, epoch: number, shuffle: boolean): Uint32Array {
  const order = new Uint32Array(count);
  for (let at = 0; at < count; at++) order[at] = at;
  if (!shuffle) return order;
  const generator = createGenerator(seed, epoch);
  for (let at = count - 1; at > 0; at--) {
    const other = below(at + 1, generator);
    const kept = order[at] as number;
    order[at] = order[other] as number;
    order[other] = kept;
  }
  return order;
}
