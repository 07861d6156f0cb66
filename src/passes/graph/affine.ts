import type { ElementwiseOperation, Operation, WeightedMapOperation, WeightTensor } from "../../ir/graph.ts";
import { product } from "../../ir/product.ts";
import type { Scalar } from "../../ir/scalar.ts";
import { isStatic } from "../../ir/size.ts";
import { weightKey, type WeightArrays } from "../../ir/weight-arrays.ts";

/** `scale * x + shift` */
export interface Affine {
  readonly scale: number;
  readonly shift: number;
}

/** An affine map of each element whose numbers repeat: the element at position `i` has those at `i` modulo their count. */
export type PeriodicAffine = readonly Affine[];

/** The numbers of an array, where the compiler has them. */
export function knownValues(weight: WeightTensor, arrays: WeightArrays): Float32Array | Float64Array | undefined {
  return weight.values ?? arrays.get(weightKey(weight.path));
}

/** What an operation computes, where that is an affine map of each element by known numbers. */
export function affineOf(operation: Operation, arrays: WeightArrays, longest: number): PeriodicAffine | undefined {
  switch (operation.kind) {
    case "elementwise":
      return elementwiseAffine(operation);
    case "weighted-map":
      return operation.epilogue.length === 0 ? mapAffine(operation, arrays, longest) : undefined;
    default:
      return undefined;
  }
}

function elementwiseAffine({ functions }: ElementwiseOperation): PeriodicAffine | undefined {
  let total: Affine = { scale: 1, shift: 0 };
  for (const { body } of functions) {
    const next = evaluateAffine(body, new Map());
    if (next === undefined) return undefined;
    total = { scale: next.scale * total.scale, shift: next.scale * total.shift + next.shift };
  }
  return [total];
}

function mapAffine(map: WeightedMapOperation, arrays: WeightArrays, longest: number): PeriodicAffine | undefined {
  const { view, weights, body } = map;
  const first = view.findIndex((_, axis) => weights.some(({ strides }) => strides[axis] !== 0));
  const axes = first < 0 ? [] : view.slice(first);
  if (!axes.every(isStatic)) return undefined;
  const extents = axes.map(({ factor }) => factor);
  const period = product(extents);
  if (period > longest) return undefined;
  const operands = weights.map(({ name, weight, strides }) => ({
    name,
    values: knownValues(weight, arrays),
    strides: first < 0 ? [] : strides.slice(first),
  }));
  const result: Affine[] = [];
  for (let position = 0; position < period; position++) {
    const locals = new Map<string, number>();
    for (const { name, values, strides } of operands) {
      const value = values?.[offset(position, extents, strides)];
      if (value === undefined) return undefined;
      locals.set(name, value);
    }
    const affine = evaluateAffine(body, locals);
    if (affine === undefined) return undefined;
    result.push(affine);
  }
  return result;
}

function offset(position: number, extents: readonly number[], strides: readonly number[]): number {
  let rest = position;
  let sum = 0;
  for (let axis = extents.length - 1; axis >= 0; axis--) {
    const extent = extents[axis] as number;
    sum += (rest % extent) * (strides[axis] as number);
    rest = Math.floor(rest / extent);
  }
  return sum;
}

/** A scalar expression as an affine map of `x`, where it is one; the other locals are given. */
export function evaluateAffine(body: Scalar, locals: ReadonlyMap<string, number>): Affine | undefined {
  const number = (shift: number): Affine => ({ scale: 0, shift });
  const visit = (node: Scalar): Affine | undefined => {
    switch (node.kind) {
      case "const":
        return number(node.value);
      case "local": {
        if (node.name === "x") return { scale: 1, shift: 0 };
        const value = locals.get(node.name);
        return value === undefined ? undefined : number(value);
      }
      case "unary": {
        const operand = visit(node.operand);
        if (operand === undefined) return undefined;
        if (node.operator === "neg") return { scale: -operand.scale, shift: -operand.shift };
        return operand.scale === 0 && node.operator === "sqrt" ? number(Math.sqrt(operand.shift)) : undefined;
      }
      case "binary": {
        const left = visit(node.left);
        const right = visit(node.right);
        return left === undefined || right === undefined ? undefined : combine(node.operator, left, right);
      }
      default:
        return undefined;
    }
  };
  return visit(body);
}

function combine(
  operator: Extract<Scalar, { kind: "binary" }>["operator"],
  left: Affine,
  right: Affine,
): Affine | undefined {
  const times = (affine: Affine, factor: number): Affine => ({
    scale: affine.scale * factor,
    shift: affine.shift * factor,
  });
  switch (operator) {
    case "add":
      return { scale: left.scale + right.scale, shift: left.shift + right.shift };
    case "sub":
      return { scale: left.scale - right.scale, shift: left.shift - right.shift };
    case "mul":
      if (left.scale === 0) return times(right, left.shift);
      return right.scale === 0 ? times(left, right.shift) : undefined;
    case "div":
      return right.scale === 0 ? { scale: left.scale / right.shift, shift: left.shift / right.shift } : undefined;
    case "max":
    case "min":
      return left.scale === 0 && right.scale === 0
        ? { scale: 0, shift: Math[operator](left.shift, right.shift) }
        : undefined;
    default:
      return undefined;
  }
}
