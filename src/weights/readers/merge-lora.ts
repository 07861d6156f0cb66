import type { WeightArray } from "../../files/weight-array.ts";
import { ownValue } from "../../files/json.ts";
import { product } from "../../ir/product.ts";
import type { KerasConfig } from "../../keras/keras-config.ts";

/** Arrays that Keras tunes in place of another one, which stays as it was (`enable_lora`). */
const tuned = ["kernel", "embeddings"];

/**
 * The arrays of a layer with what low-rank adaptation adds to one of them taken into it: `kernel + alpha / rank * A @ B`, with
 * `lora_kernel_a` of the shape [..., rank] and `lora_kernel_b` of [rank, ...] beside the kernel (`Dense.kernel` of Keras 3).
 * Keras' own `.keras` files have it merged, `.h5` files side by side.
 */
export function mergeLora(arrays: readonly WeightArray[], { config }: KerasConfig): readonly WeightArray[] {
  for (const name of tuned) {
    const find = (wanted: string): WeightArray | undefined => arrays.find((array) => array.name === wanted);
    const [base, a, b] = [find(name), find(`lora_${name}_a`), find(`lora_${name}_b`)];
    if (base === undefined || a === undefined || b === undefined || base.isInteger8 === true) continue;
    const rank = a.shape.at(-1) ?? 0;
    const [rows, columns] = [product(a.shape.slice(0, -1)), product(b.shape.slice(1))];
    if (rank === 0 || b.shape[0] !== rank || rows * columns !== base.data.length) continue;
    const alpha = ownValue(config, "lora_alpha");
    const scale = typeof alpha === "number" ? alpha / rank : 1;
    const merged = { ...base, data: added(base.data, a.data, b.data, { rows, columns, rank, scale }) };
    return arrays.filter((array) => array !== a && array !== b).map((array) => (array === base ? merged : array));
  }
  return arrays;
}

function added(
  base: Float32Array,
  a: Float32Array,
  b: Float32Array,
  { rows, columns, rank, scale }: Readonly<Record<"rows" | "columns" | "rank" | "scale", number>>,
): Float32Array {
  const result = new Float32Array(base.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      let sum = 0;
      for (let at = 0; at < rank; at++) sum += (a[row * rank + at] as number) * (b[at * columns + column] as number);
      const place = row * columns + column;
      result[place] = (base[place] as number) + scale * sum;
    }
  }
  return result;
}
