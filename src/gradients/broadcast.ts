import { samplesAxis } from "../ir/samples.ts";
import type { NestOperand, StepTensor } from "../ir/step-graph.ts";
import { elementCount, formatShape, type Shape } from "../ir/shape.ts";
import { isStatic, sizesEqual, staticSize, type Size } from "../ir/size.ts";
import { rowMajorStrides } from "../ops/axes.ts";

/** The shape that values have when they are broadcast against one another, and whether each sample has its own. */
export function broadcastShape(tensors: readonly StepTensor[]): { readonly shape: Shape; readonly perSample: boolean } {
  const rank = Math.max(0, ...tensors.map(({ shape }) => shape.length));
  const shape = Array.from({ length: rank }, (_, axis): Size => {
    const sizes = tensors
      .flatMap(({ shape: own }) => own[axis - rank + own.length] ?? [])
      .filter((size) => !isOne(size));
    const [first = staticSize(1)] = sizes;
    if (!sizes.every((size) => sizesEqual(size, first))) {
      throw new Error(`shapes don't fit: ${tensors.map(({ shape: own }) => formatShape(own)).join(" and ")}`);
    }
    return first;
  });
  return { shape, perSample: tensors.some(({ perSample }) => perSample) };
}

/** How far a step along each axis of a broadcast shape moves in a value; the axis of the samples first, if it has one. */
export function broadcastStrides(
  tensor: StepTensor,
  { shape, perSample }: { readonly shape: Shape; readonly perSample: boolean },
): readonly Size[] {
  const own = rowMajorStrides(tensor.shape);
  const strides = shape.map((_, axis): Size => {
    const at = axis - shape.length + tensor.shape.length;
    const size = tensor.shape[at];
    return size === undefined || isOne(size) ? none : (own[at] as Size);
  });
  if (!perSample) return strides;
  return [tensor.perSample ? elementCount(tensor.shape) : none, ...strides];
}

/** The axes of a nest over a broadcast shape. */
export function nestAxes({ shape, perSample }: { readonly shape: Shape; readonly perSample: boolean }): Shape {
  return perSample ? [samplesAxis, ...shape] : shape;
}

/** Operands by name, broadcast to one shape. */
export function broadcastOperands(
  operands: readonly (readonly [name: string, tensor: StepTensor])[],
  to: { readonly shape: Shape; readonly perSample: boolean },
): readonly NestOperand[] {
  return operands.map(([name, tensor]) => ({ name, tensor, strides: broadcastStrides(tensor, to) }));
}

export const none: Size = staticSize(0);

export function isOne(size: Size): boolean {
  return isStatic(size) && size.factor === 1;
}
