import type { ArrayBudget } from "../../files/array-budget.ts";
import { reorderArray } from "../../files/reorder-array.ts";
import { fail } from "../../files/read-failure.ts";
import { product } from "../../ir/product.ts";
import type { ConstantArray } from "./tensor.ts";

/** The array with its axes in another order: axis `i` of the result is axis `order[i]`. `what` names it in messages. */
export function permute({ shape, data }: ConstantArray, order: readonly number[], what: string): ConstantArray {
  const valid = order.length === shape.length && shape.every((_, axis) => order.includes(axis));
  if (!valid) fail("damaged", `${what} orders the axes of [${shape.join(", ")}] as ${order.join(", ")}`);
  const strides = stridesOf(shape);
  const result = order.map((axis) => shape[axis] as number);
  const moved = order.map((axis) => strides[axis] as number);
  return { shape: result, data: reorderArray(data, result, moved) };
}

/** A `[rows, columns]` array with rows and columns exchanged. */
export function transpose(array: ConstantArray, what: string): ConstantArray {
  return permute(array, [1, 0], what);
}

/** A function of the elements of two arrays, broadcast as numpy does; rounded to float32. */
export function broadcast(
  a: ConstantArray,
  b: ConstantArray,
  compute: (a: number, b: number) => number,
  budget: ArrayBudget,
  what: string,
): ConstantArray {
  const rank = Math.max(a.shape.length, b.shape.length);
  const left = padded(a.shape, rank);
  const right = padded(b.shape, rank);
  const shape = left.map((size, axis) => (size === 1 ? (right[axis] as number) : size));
  if (right.some((size, axis) => size !== 1 && size !== shape[axis])) {
    fail("damaged", `${what} combines [${a.shape.join(", ")}] and [${b.shape.join(", ")}]`);
  }
  budget.take(shape, what);
  const first = reorderArray(a.data, shape, broadcastStrides(left));
  const second = reorderArray(b.data, shape, broadcastStrides(right));
  return { shape, data: first.map((value, index) => compute(value, second[index] as number)) };
}

/** Arrays one behind the other along an axis, which may be counted from the end. */
export function join(parts: readonly ConstantArray[], given: number, budget: ArrayBudget, what: string): ConstantArray {
  const [first] = parts;
  if (first === undefined) return fail("damaged", `${what} joins nothing`);
  const axis = given < 0 ? given + first.shape.length : given;
  const others = (shape: readonly number[]): string => shape.map((size, at) => (at === axis ? "" : size)).join();
  const fits = axis in first.shape && parts.every(({ shape }) => others(shape) === others(first.shape));
  if (!fits) fail("damaged", `${what} joins arrays of other shapes`);
  const size = parts.reduce((sum, { shape }) => sum + (shape[axis] as number), 0);
  const shape = first.shape.with(axis, size);
  const data = new Float32Array(budget.take(shape, what));
  const inner = product(shape.slice(axis + 1));
  let offset = 0;
  for (const part of parts) {
    const row = (part.shape[axis] as number) * inner;
    for (let at = 0; at * row < part.data.length; at++) {
      data.set(part.data.subarray(at * row, (at + 1) * row), at * size * inner + offset);
    }
    offset += row;
  }
  return { shape, data };
}

/** The array repeated to a shape as ONNX broadcasts one into the other; undefined where it does not fit. */
export function expandTo({ shape, data }: ConstantArray, wanted: readonly number[]): ConstantArray | undefined {
  const extra = shape.slice(0, Math.max(0, shape.length - wanted.length));
  const own = padded(shape.slice(extra.length), wanted.length);
  if (extra.some((size) => size !== 1) || own.some((size, axis) => size !== 1 && size !== wanted[axis])) {
    return undefined;
  }
  return { shape: wanted, data: reorderArray(data, wanted, broadcastStrides(own)) };
}

function padded(shape: readonly number[], rank: number): readonly number[] {
  return [...Array.from({ length: rank - shape.length }, () => 1), ...shape];
}

function stridesOf(shape: readonly number[]): readonly number[] {
  let stride = 1;
  return shape
    .map((_, index) => {
      const own = stride;
      stride *= shape[shape.length - 1 - index] as number;
      return own;
    })
    .reverse();
}

function broadcastStrides(shape: readonly number[]): readonly number[] {
  return stridesOf(shape).map((stride, axis) => (shape[axis] === 1 ? 0 : stride));
}
