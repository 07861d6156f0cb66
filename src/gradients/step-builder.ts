import type { Origin, Tensor } from "../ir/graph.ts";
import { staticSize } from "../ir/size.ts";
import type { StepBuilder, StepOrigin } from "../ir/step-graph.ts";
import { dense } from "./expansions/dense.ts";
import { einsum } from "./expansions/einsum.ts";
import { glu } from "./expansions/glu.ts";
import { reduceMap } from "./expansions/reduce-map.ts";
import { softmax } from "./expansions/softmax.ts";
import { weightedMap } from "./expansions/weighted-map.ts";
import { stepTensor, type GrowingStep } from "./growing-step.ts";

/** What a layer, a loss or a regularizer appends its operations to a step with. */
export function stepBuilder(step: GrowingStep, origins: readonly Origin[], note?: string): StepBuilder {
  const of: StepOrigin = note === undefined ? { origins } : { origins, note };
  const layer = origins[0]?.path.join("/") ?? "";
  return {
    dense: (input, kernel, bias) => dense(step, stepTensor(input), kernel, bias, of),
    elementwise: (input, { body, smooth }) => ({
      ...step.map({ x: input }, body, smooth === true ? { ...of, smooth } : of),
      shape: input.shape,
    }),
    softmax: (input, axis) => softmax(step, stepTensor(input), axis, of),
    sparsemax: (input, axis) => step.sparsemax(stepTensor(input), axis, of),
    glu: (input, axis) => glu(step, stepTensor(input), axis, of),
    weightedMap: (input, map) => weightedMap(step, stepTensor(input), map, of),
    reduceMap: (input, reduction, shape) => reduceMap(step, stepTensor(input), reduction, shape, of),
    stridedCopy: (input, shape, strides) => step.copy(stepTensor(input), shape, strides, of),
    embedding: (input, table) => step.gather(stepTensor(input), step.variable(table), layer, of),
    einsum: (input, contraction, shape) => einsum(step, stepTensor(input), contraction, shape, of),
    reshape: (input, shape): Tensor => ({ ...input, shape }),
    variable: (weight) => step.variable(weight),
    numbers: (shape, values) => step.constant(shape.map(staticSize), values),
    map: (operands, body) => step.map(operands, body, of),
    reduce: (operands, term, options) => step.reduce(operands, term, options, of),
    slice: (value, axis, start, end) => step.slice(stepTensor(value), axis, start, end, of),
    stopGradient: (value): Tensor => ({ ...stepTensor(value), stopped: true }) as Tensor,
    random: (distribution, shape) => step.randomNumbers(distribution, shape, true),
    sharedRandom: (distribution, shape) => step.randomNumbers(distribution, shape, false),
    move: (weight, value) => {
      step.moves.push({ weight, value: stepTensor(value) });
    },
    addLoss: (penalty) => {
      step.penalties.push(stepTensor(penalty));
    },
  };
}
