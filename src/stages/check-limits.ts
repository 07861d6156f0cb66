import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { isStatic } from "../ir/size.ts";
import { lowerToLoops } from "../lower/graph-to-loops.ts";
import { leafLayers } from "../lower/leaf-layers.ts";
import { parameterCount } from "../lower/model-info.ts";
import { budget } from "../passes/budget.ts";
import { codeSize } from "../passes/code-size.ts";
import { defaultEngine, engineBudgets } from "../passes/engines.ts";
import { codeTooLarge, inlineWeightsTooLarge, moduleTooLong, unrollBeyondOptimizer } from "../passes/diagnostics.ts";
import { unrolledLoops } from "../passes/loops/unroll.ts";
import { straightLineMultiplyAdds } from "../passes/plan.ts";
import type { LoweredModel } from "../targets/lowered-model.ts";
import type { LoopPlan } from "../targets/target.ts";

/** What speaks against generating one module of planned models: too many layers, too much code or weights, slow unrolling. */
export function checkBackEndLimits(models: readonly (LoweredModel & LoopPlan)[]): readonly Diagnostic[] {
  const total = { layers: 0, code: 0 };
  return models.flatMap(({ model, graph, plans, options, binding }) => {
    const leaves = leafLayers(model.layers);
    const { layers, code } = total;
    total.layers += leaves.length;
    if (total.layers > budget.moduleLayers) {
      // Once, at the model that is one too many.
      const isFirst = layers <= budget.moduleLayers;
      return isFirst ? [moduleTooLong(model.nameSpan, { model: model.name, layers: total.layers })] : [];
    }
    const parameters = parameterCount(model.layers);
    if (binding.kind === "inline" && parameters > budget.inlineParameters) {
      return [inlineWeightsTooLarge(model.weights?.span ?? model.nameSpan, { model: model.name, parameters })];
    }
    const { cliff } = engineBudgets[options.engine ?? defaultEngine];
    if (options.unroll === "full" || cliff === undefined) {
      const isSpelledOut = unrolledLoops(options);
      const { kernels } = lowerToLoops(graph, plans);
      const straight = kernels.filter(({ plan }) => plan.strategy === "straight-line");
      total.code += straight.reduce((sum, { body, zeros }) => {
        const leftOut = zeros !== undefined && isStatic(zeros) ? zeros.factor : 0;
        return sum + codeSize(body, isSpelledOut) - leftOut;
      }, 0);
      if (total.code > budget.longestCode) {
        const isFirst = code <= budget.longestCode;
        return isFirst
          ? [
              codeTooLarge(model.nameSpan, {
                model: model.name,
                multiplyAdds: total.code,
                isAsked: options.unroll === "full",
              }),
            ]
          : [];
      }
    }
    const spans = new Map(leaves.map(({ path, layer }) => [path.join("/"), layer.span]));
    if (cliff === undefined) return [];
    const { engine, slower } = cliff;
    const limit = options.bound ? cliff.literals : cliff.arrays;
    return graph.operations.flatMap((operation) => {
      const plan = plans.get(operation);
      if (plan === undefined || operation.kind === "reshape") return [];
      const multiplyAdds = straightLineMultiplyAdds(operation, plan, options);
      if (multiplyAdds <= limit) return [];
      const layer = operation.origins[0]?.path.join("/") ?? "";
      return [
        unrollBeyondOptimizer(spans.get(layer) ?? model.nameSpan, { layer, multiplyAdds, limit, engine, slower }),
      ];
    });
  });
}
