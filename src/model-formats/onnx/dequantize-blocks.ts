import type { ArrayBudget } from "../../files/array-budget.ts";
import { fail } from "../../files/read-failure.ts";
import { describeNode } from "./describe-node.ts";
import type { StoredNode } from "./read-graph.ts";
import type { ConstantArray } from "./tensor.ts";

/** Sizes that onnxruntime's kernels have. */
const knownBits: readonly number[] = [2, 4, 8];

/**
 * The kernel `[K, N]` of onnxruntime's MatMulNBits, whose columns are packed one after the other in blocks, the lowest bits
 * first (its docs/ContribOperators.md). Each block has a scale and a zero point: packed like the numbers, as floats, or
 * half of what the bits can say.
 */
export function dequantizeBlocks(
  node: StoredNode,
  packed: ConstantArray,
  scale: ConstantArray,
  zero: (ConstantArray & { readonly isPacked: boolean }) | undefined,
  budget: ArrayBudget,
): ConstantArray {
  const what = describeNode(node);
  const integer = (name: string, preset = 0): number => node.attributes.get(name)?.int ?? preset;
  const [rows, columns, bits, block] = [integer("K"), integer("N"), integer("bits", 4), integer("block_size")];
  if (!knownBits.includes(bits)) fail("unsupported", `${what} packs numbers of ${bits} bits; quantise it to 4 or 8`);
  if ((node.inputs[3] ?? "") !== "") {
    fail("unsupported", `${what} has its rows in groups of another order (g_idx); quantise it without act_order`);
  }
  if (rows < 1 || columns < 1 || block < 1 || (block * bits) % 8 !== 0) {
    fail("damaged", `${what} has K=${rows}, N=${columns} and block_size=${block}`);
  }
  const blocks = Math.ceil(rows / block);
  const perColumn = (blocks * block * bits) / 8;
  expectLength(packed, columns * perColumn, `${what} has packed numbers`);
  expectLength(scale, columns * blocks, `${what} has scales`);
  const zeroOf = zeroPoints();
  budget.take([rows, columns], what);
  const data = new Float32Array(rows * columns);
  for (let column = 0; column < columns; column++) {
    for (let row = 0; row < rows; row++) {
      const at = Math.floor(row / block);
      const value = unpacked(packed, column * perColumn, row, bits);
      data[row * columns + column] = (value - zeroOf(column, at)) * (scale.data[column * blocks + at] as number);
    }
  }
  return { shape: [rows, columns], data };

  function zeroPoints(): (column: number, at: number) => number {
    if (zero === undefined) return () => 2 ** (bits - 1);
    if (!zero.isPacked) {
      expectLength(zero, columns * blocks, `${what} has zero points`);
      return (column, at) => zero.data[column * blocks + at] as number;
    }
    const bytes = Math.ceil((blocks * bits) / 8);
    expectLength(zero, columns * bytes, `${what} has zero points`);
    return (column, at) => unpacked(zero, column * bytes, at, bits);
  }
}

/** The number at a place of bytes from `start` on. */
function unpacked({ data }: ConstantArray, start: number, at: number, bits: number): number {
  const byte = data[start + Math.floor((at * bits) / 8)] as number;
  return Math.floor(byte / 2 ** ((at * bits) % 8)) % 2 ** bits;
}

function expectLength({ data }: ConstantArray, wanted: number, what: string): void {
  if (data.length !== wanted) fail("damaged", `${what}: ${data.length}, expected ${wanted}`);
}
