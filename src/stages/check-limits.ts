import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { leafLayers } from "../lower/leaf-layers.ts";
import { parameterCount } from "../lower/model-info.ts";
import { budget } from "../passes/budget.ts";
import { codeTooLarge, inlineWeightsTooLarge, unrollBeyondOptimizer } from "../passes/diagnostics.ts";
import { straightLineMultiplyAdds } from "../passes/plan.ts";
import type { LoweredModel } from "../targets/lowered-model.ts";
import type { LoopPlan } from "../targets/target.ts";

/** What speaks against generating a planned model: too much code, too many weights for a module, slow unrolling. */
export function checkBackEndLimits({
  model,
  graph,
  plans,
  options,
  binding,
}: LoweredModel & LoopPlan): readonly Diagnostic[] {
  const parameters = parameterCount(model.layers);
  if (binding.kind === "inline" && parameters > budget.inlineParameters) {
    return [inlineWeightsTooLarge(model.weights?.span ?? model.nameSpan, { model: model.name, parameters })];
  }

  const layers = new Map(leafLayers(model.layers).map(({ path, layer }) => [path.join("/"), layer]));
  const limit = options.bound ? budget.v8LiteralMultiplyAdds : budget.v8ArrayMultiplyAdds;
  const warnings: Diagnostic[] = [];
  let total = 0;
  for (const operation of graph.operations) {
    const plan = plans.get(operation);
    if (plan === undefined || operation.kind === "reshape") continue;
    const multiplyAdds = straightLineMultiplyAdds(operation, plan, options);
    total += multiplyAdds;
    if (multiplyAdds <= limit) continue;
    const layer = operation.origins[0]?.path.join("/") ?? "";
    warnings.push(unrollBeyondOptimizer(layers.get(layer)?.span ?? model.nameSpan, { layer, multiplyAdds, limit }));
  }
  if (total > budget.longestCode) return [codeTooLarge(model.nameSpan, { model: model.name, multiplyAdds: total })];
  return warnings;
}
