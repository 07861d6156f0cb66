import type { Tensor } from "../ir/graph.ts";
import type { GraphBuilder } from "../ir/graph-builder.ts";
import type { ScalarFunction } from "../ir/scalar.ts";
import type { Activation, ElementwiseActivation } from "./definition.ts";

/** Adds an activation's operations to a graph. `linear` adds none: the tensor is returned as it is. */
export function applyActivation(graph: GraphBuilder, tensor: Tensor, activation: Activation): Tensor {
  const { definition, args } = activation;
  switch (definition.kind) {
    case "tensor":
      return definition.apply(graph, tensor, args);
    case "elementwise":
      if (definition.name === "linear") return tensor;
      return graph.elementwise(tensor, activationFunction(definition, args));
  }
}

function activationFunction(definition: ElementwiseActivation, args: Activation["args"]): ScalarFunction {
  const { smooth } = definition;
  const float32Operator = definition.float32Operator?.(args);
  return {
    name: functionName(definition, args),
    formula: definition.formula(args),
    body: definition.body(args),
    ...(smooth === undefined ? {} : { smooth }),
    ...(float32Operator === undefined ? {} : { float32Operator }),
  };
}

/**
 * A name per body: `relu`, `leaky_relu_0_1`, `relu_max_value_6_threshold_1`. Arguments at their default are left out; the
 * only parameter of a function needs no name.
 */
function functionName(definition: ElementwiseActivation, args: Activation["args"]): string {
  const parts = [definition.name];
  for (const parameter of definition.parameters) {
    const value = args[parameter.name];
    if (value === undefined || value === parameter.default) continue;
    if (definition.parameters.length > 1) parts.push(parameter.name);
    parts.push(identifierPart(value));
  }
  return parts.join("_");
}

/** A value as a part of an identifier, different for different values: `0_1` for 0.1, `m1e_m7` for -1e-7. */
export function identifierPart(value: number | boolean | null): string {
  if (value === null) return "none";
  if (Object.is(value, -0)) return "m0";
  return String(value).replace("+", "").replaceAll("-", "m").replace(".", "_");
}
