import { isLittleEndian } from "../../files/is-little-endian.ts";
import type { Blocks } from "./blocks-of.ts";

/** How much of a kernel is to be pruned, as shares of its weights. */
export interface Sparsities {
  readonly now: number;
  /** What it is to come to: blocks that are all zeros already are pruned up to there, for they would grow again. */
  readonly atLast: number;
}

/**
 * Prunes whole blocks, those with the least magnitude first, the root of the mean of the squares, until as many weights as
 * can be are pruned: `weights` and `mask` are 0 there. What is pruned already stays so; equal blocks go in their order; one block
 * is always left, without which the layer would be a constant.
 */
export function pruneKernel(
  weights: Float64Array | Float32Array,
  mask: Float64Array | Float32Array,
  { count, of, sizes }: Blocks,
  { now, atLast }: Sparsities,
): void {
  const squares = new Float64Array(count);
  const isPruned = new Uint8Array(count);
  let zeros = 0;
  for (let at = 0; at < of.length; at++) {
    const block = of[at] as number;
    squares[block] = (squares[block] as number) + (weights[at] as number) ** 2;
    if (mask[at] !== 0) continue;
    isPruned[block] = 1;
    zeros += 1;
  }
  let left = count - isPruned.reduce((sum, pruned) => sum + pruned, 0);
  for (const block of inOrder(squares, sizes)) {
    if (isPruned[block] === 1) continue;
    const size = sizes[block] as number;
    const isWanted = isNearer(zeros, size, now * of.length);
    const isZero = squares[block] === 0 && isNearer(zeros, size, atLast * of.length);
    if (left <= 1 || !(isWanted || isZero)) break;
    isPruned[block] = 1;
    zeros += size;
    left -= 1;
  }
  for (let at = 0; at < of.length; at++) {
    if (isPruned[of[at] as number] === 0) continue;
    weights[at] = 0;
    mask[at] = 0;
  }
}

/** Whether so many zeros with a block more are as near to what is wanted as without it, or nearer. */
function isNearer(zeros: number, size: number, wanted: number): boolean {
  return zeros + size / 2 <= wanted;
}

/** Blocks by their magnitude as float32, equal ones by their number. */
function inOrder(squares: Float64Array, sizes: Uint32Array): Uint32Array {
  // A magnitude's bits as a whole number over the block's: these sort natively, many times as fast as by a function.
  const keys = new BigUint64Array(squares.length);
  const words = new Uint32Array(keys.buffer);
  const magnitude = new Float32Array(1);
  const bits = new Uint32Array(magnitude.buffer);
  const [low, high] = isLittleEndian ? [0, 1] : [1, 0];
  for (let block = 0; block < squares.length; block++) {
    magnitude[0] = Math.sqrt((squares[block] as number) / (sizes[block] as number));
    words[2 * block + high] = bits[0] as number;
    words[2 * block + low] = block;
  }
  keys.sort();
  return new Uint32Array(squares.length).map((_, at) => words[2 * at + low] as number);
}
