import type { Comparison, Scalar, ScalarFunction } from "../../../../src/ir/scalar.ts";
import { float32Bound } from "../../../../src/targets/wasm/math/float32-bound.ts";
import type { VectorMath } from "../../../../src/targets/wasm/math/vector-function.ts";
import { get, op, set, type Wat } from "../../../../src/targets/wasm/wat.ts";
import type { Mapping } from "./assemble.ts";

/**
 * An elementwise function with every operation in float32: what the target makes of it, in the plainest way. A product
 * that is added becomes a multiply-add.
 */
export function lowerScalarFunction(name: string, { body, float32Operator }: ScalarFunction): Mapping {
  if (float32Operator !== undefined) {
    return { name, locals: [], body: (math) => [math.call(float32Operator, get("x"))] };
  }
  const locals = new Map<Scalar, string>();
  const collect = (node: Scalar): void => {
    if (locals.has(node) || node.kind === "const" || node.kind === "local") return;
    children(node).forEach(collect);
    locals.set(node, `t${locals.size}`);
  };
  collect(body);
  return {
    name,
    locals: [...locals.values()],
    body(math) {
      const value = (node: Scalar): Wat =>
        node.kind === "const" ? math.constant(node.value) : get(locals.get(node) ?? "x");
      return [...[...locals].map(([node, local]) => set(local, operation(node, value, math))), value(body)];
    },
  };
}

function operation(node: Scalar, value: (node: Scalar) => Wat, math: VectorMath): Wat {
  switch (node.kind) {
    case "const":
    case "local":
      return value(node);
    case "unary":
      return ["neg", "abs", "sqrt"].includes(node.operator)
        ? op(`f32x4.${node.operator}`, value(node.operand))
        : math.call(node.operator, value(node.operand));
    case "binary": {
      const { operator, left, right } = node;
      const [product, other] = isProduct(left) ? [left, right] : [right, left];
      if (operator === "add" && isProduct(product)) {
        return math.multiplyAdd(value(product.left), value(product.right), value(other));
      }
      return op(`f32x4.${operator}`, value(left), value(right));
    }
    case "select": {
      const { left, right, comparison } = node;
      const bound = (side: Scalar, as: Comparison): Wat =>
        side.kind === "const" ? math.constant(float32Bound(as, side.value)) : value(side);
      const mirrored = ({ lt: "gt", gt: "lt", le: "ge", ge: "le" } as const)[comparison];
      const mask = op(`f32x4.${comparison}`, bound(left, mirrored), bound(right, comparison));
      return op("v128.bitselect", value(node.then), value(node.otherwise), mask);
    }
  }
}

function isProduct(node: Scalar): node is Extract<Scalar, { kind: "binary" }> {
  return node.kind === "binary" && node.operator === "mul";
}

function children(node: Scalar): readonly Scalar[] {
  switch (node.kind) {
    case "const":
    case "local":
      return [];
    case "unary":
      return [node.operand];
    case "binary":
      return [node.left, node.right];
    case "select":
      return [node.left, node.right, node.then, node.otherwise];
  }
}
