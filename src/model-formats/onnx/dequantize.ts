import type { ArrayBudget } from "../../files/array-budget.ts";
import { fail } from "../../files/read-failure.ts";
import { product } from "../../ir/product.ts";
import { describeNode } from "./describe-node.ts";
import type { StoredNode } from "./read-graph.ts";
import type { ConstantArray } from "./tensor.ts";

/**
 * `(x - zero point) * scale` of integers, rounded to float32 as runtimes do: with one scale, one for each index along an axis,
 * or one for each block of an axis (https://onnx.ai/onnx/operators/onnx__DequantizeLinear.html, operator sets 10 to 25).
 */
export function dequantize(
  node: StoredNode,
  values: ConstantArray,
  scale: ConstantArray,
  zero: ConstantArray | undefined,
  budget: ArrayBudget,
): ConstantArray {
  if (zero !== undefined && zero.data.length !== scale.data.length) return misfit(node, values, zero);
  const place = scalePlaces(node, values, scale);
  budget.take(values.shape, describeNode(node));
  const data = values.data.map((value, at) => {
    const which = place(at);
    return (value - (zero?.data[which] ?? 0)) * (scale.data[which] as number);
  });
  return { shape: values.shape, data };
}

/** Which scale belongs to each element. */
function scalePlaces(node: StoredNode, values: ConstantArray, scale: ConstantArray): (at: number) => number {
  const { shape } = values;
  if (scale.data.length === 1) return () => 0;
  const given = node.attributes.get("axis")?.int ?? 1;
  const axis = given < 0 ? given + shape.length : given;
  const size = shape[axis];
  if (size === undefined) return misfit(node, values, scale);
  const inner = product(shape.slice(axis + 1));
  const block = node.attributes.get("block_size")?.int ?? 0;
  if (block === 0) {
    if (scale.shape.length !== 1 || scale.shape[0] !== size) return misfit(node, values, scale);
    return (at) => Math.floor(at / inner) % size;
  }
  const blocks = Math.ceil(size / block);
  const expected = shape.map((own, at) => (at === axis ? blocks : own));
  if (block < 0 || scale.shape.join() !== expected.join()) return misfit(node, values, scale);
  return (at) => {
    const along = Math.floor(at / inner);
    return (Math.floor(along / size) * blocks + Math.floor((along % size) / block)) * inner + (at % inner);
  };
}

function misfit(node: StoredNode, values: ConstantArray, scale: ConstantArray): never {
  const shapes = `scales of [${scale.shape.join(", ")}] for an array of [${values.shape.join(", ")}]`;
  return fail("damaged", `${describeNode(node)} has ${shapes}`);
}
