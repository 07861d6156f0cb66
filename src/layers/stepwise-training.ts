import type { Tensor } from "../ir/graph.ts";
import { add, local, mul } from "../ir/scalar.ts";
import { isStatic, one, type Size } from "../ir/size.ts";
import type { Operands, StepBuilder, StepTensor } from "../ir/step-graph.ts";
import type { TrainContext } from "./definition.ts";
import { stepwiseGraph } from "./stepwise-graph.ts";

/**
 * The step of training for a layer that sees one step of a sequence: `stepwiseGraph`, and the same for what training has
 * besides. A value has the axis of the steps in front if a sample has its own, or if it was computed from such for each step.
 */
export function stepwiseTraining(
  graph: StepBuilder,
  steps: Size,
  follow: TrainContext["follow"],
): Pick<TrainContext, "graph" | "follow"> {
  const ofSteps = new Set<number>();
  const hasSteps = (tensor: Tensor): boolean => (tensor as StepTensor).perSample || ofSteps.has(tensor.id);
  const rankOf = (operands: Operands): number =>
    Math.max(0, ...Object.values(operands).map(({ shape }) => shape.length));
  /** Aligned with other operands: the steps come before the axes that any of them has. */
  const whole = (tensor: Tensor, rank = tensor.shape.length): Tensor => {
    if (!hasSteps(tensor)) return tensor;
    const missing = Array.from({ length: rank - tensor.shape.length }, () => one);
    return { ...tensor, shape: [steps, ...missing, ...tensor.shape] };
  };
  const step = (tensor: Tensor): Tensor => {
    ofSteps.add(tensor.id);
    return { ...tensor, shape: tensor.shape.slice(1) };
  };
  const lifted = (operands: Operands): Operands => {
    const rank = rankOf(operands);
    return Object.fromEntries(Object.entries(operands).map(([name, tensor]) => [name, whole(tensor, rank)]));
  };
  const own = (operands: Operands, result: Tensor): Tensor =>
    Object.values(operands).some(hasSteps) ? step(result) : result;
  return {
    graph: {
      ...stepwiseGraph(graph, steps),
      variable: (weight) => graph.variable(weight),
      numbers: (shape, values) => graph.numbers(shape, values),
      reshape: (value, shape) =>
        hasSteps(value) ? step(graph.reshape(whole(value), [steps, ...shape])) : graph.reshape(value, shape),
      map: (operands, body) => own(operands, graph.map(lifted(operands), body)),
      reduce(operands, term, options) {
        const shift = Object.values(operands).some(hasSteps) ? 1 : 0;
        const axes = options.axes.map((axis) => axis + shift);
        return own(operands, graph.reduce(lifted(operands), term, { ...options, axes }));
      },
      slice: (value, axis, start, end) =>
        hasSteps(value) ? step(graph.slice(whole(value), axis + 1, start, end)) : graph.slice(value, axis, start, end),
      stopGradient: (value) => own({ value }, graph.stopGradient(whole(value))),
      random: (distribution, shape) => step(graph.random(distribution, [steps, ...shape])),
      sharedRandom: (distribution, shape) => step(graph.sharedRandom(distribution, [steps, ...shape])),
      move: (weight, value) => graph.move(weight, value),
      // Keras gathers no penalties of a layer that is called for each step.
      addLoss: () => undefined,
    },
    follow(weight, kept, added) {
      const all = whole(added);
      const value = local("value");
      if (!isStatic(steps)) {
        // How often a statistic moves is known at run time only: it moves once, by the mean of all steps.
        return follow(weight, kept, graph.reduce({ value: all }, value, { combine: "mean", axes: [0] }));
      }
      // One step after the other: kept ** count * before + sum of kept ** (later steps) * added.
      const count = steps.factor;
      const places = Array.from({ length: count }, (_, at) => at);
      const ones = weight.shape.map(() => 1);
      const shares = graph.numbers(
        [count, ...ones],
        places.map((at) => kept ** (count - 1 - at)),
      );
      const weighted = mul(value, local("share"));
      const sum = graph.reduce({ value: all, share: shares }, weighted, { combine: "sum", axes: [0] });
      const { before, after } = follow(weight, kept ** count, sum);
      return {
        after,
        before() {
          // What each step finds: the same sums over the steps before it.
          const first = before();
          const earlier = graph.reduce(
            {
              value: graph.reshape(all, [one, ...all.shape]),
              share: graph.numbers(
                [count, count, ...ones],
                places.flatMap((at) => places.map((other) => (other < at ? kept ** (at - 1 - other) : 0))),
              ),
            },
            weighted,
            { combine: "sum", axes: [1] },
          );
          const powers = graph.numbers(
            [count, ...ones],
            places.map((at) => kept ** at),
          );
          const found = graph.map(
            { before: graph.reshape(first, [one, ...first.shape]), earlier, powers },
            add(mul(local("powers"), local("before")), local("earlier")),
          );
          return step(found);
        },
      };
    },
  };
}
