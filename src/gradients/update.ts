import { abs, add, constant, div, local, max, min, mul, select, sqrt, sub, type Scalar } from "../ir/scalar.ts";
import { one, staticSize } from "../ir/size.ts";
import type { NestOperand, StepTensor } from "../ir/step-graph.ts";
import type { StepNumber } from "../ir/step-number.ts";
import type { CommonUpdate } from "../training/optimizers/common.ts";
import type { UpdateRule } from "../training/optimizers/definition.ts";
import { product } from "../ir/product.ts";
import { none } from "./broadcast.ts";
import type { GrowingStep } from "./growing-step.ts";
import { localsOf, replaceLocals } from "./substitute.ts";
import type { Variable } from "./variables.ts";

/** An array beside a variable that the optimizer carries on from step to step. */
export interface Slot {
  readonly variable: Variable;
  readonly name: string;
  readonly tensor: StepTensor;
  /** What all its elements begin with; absent for what begins as the variable does. */
  readonly initial?: number;
}

/** A number that the host computes before each step, as a value of shape `[]`. */
export interface HostNumber {
  readonly name: string;
  readonly tensor: StepTensor;
  readonly value: StepNumber;
}

export interface Update {
  readonly slots: readonly Slot[];
  readonly numbers: readonly HostNumber[];
}

/** A variable with the gradient of the loss by it, under its shape. */
export interface TrainedVariable {
  readonly variable: Variable;
  readonly gradient: StepTensor;
}

/** The slot of a variable's moving average, which training ends with. */
export const averageName = "average";

const gradientOrigin = { origins: [], note: "the gradients, clipped" };
const sumOrigin = { origins: [], note: "sums over a variable" };
const updateOrigin = { origins: [], note: "the optimizer's step" };

/**
 * Appends the optimizer's step, in Keras' order: gradients are clipped, weights decay, the rule is applied, moving averages
 * follow. Variables and slots are changed in place.
 */
export function update(
  step: GrowingStep,
  trained: readonly TrainedVariable[],
  rule: UpdateRule,
  common: CommonUpdate,
): Update {
  const numbers = new Map<string, HostNumber>();
  const number = (name: string, value: StepNumber): StepTensor => {
    const known = numbers.get(name) ?? { name, tensor: step.tensor([], false), value };
    numbers.set(name, known);
    return known.tensor;
  };
  const slots: Slot[] = [];
  const gradients = clipped(step, trained, common);
  trained.forEach(({ variable }, at) => {
    const own = new Map<string, StepTensor>([
      ["g", gradients[at] as StepTensor],
      ["w", variable.tensor],
    ]);
    for (const [name, initial] of Object.entries(rule.slots)) {
      const tensor = step.tensor(variable.tensor.shape, false);
      slots.push({ variable, name, tensor, initial });
      own.set(name, tensor);
    }
    for (const [name, value] of Object.entries(rule.numbers)) own.set(name, number(name, value));
    if (common.weightDecay !== undefined) own.set("learning_rate", number("learning_rate", learningRate));
    const decayed = new Map([["w", decayedWeight(common)]]);
    for (const [name, term] of Object.entries(rule.sums ?? {})) {
      const sum = step.reduceAll(
        operandsIn(own, [replaceLocals(term, decayed)]),
        replaceLocals(term, decayed),
        sumOrigin,
      );
      own.set(name, sum);
    }
    const assigned = Object.entries(rule.assign).map(([name, value]): readonly [string, Scalar] => {
      const next = replaceLocals(value, decayed);
      return [name, name === "w" ? next : withoutSubnormals(next)];
    });
    if (common.ema !== undefined) slots.push(averaged(step, variable, assigned, own, number, common.ema));
    else assign(step, own, assigned);
  });
  return { slots, numbers: [...numbers.values()] };
}

const learningRate: StepNumber = { kind: "local", name: "learning_rate" };

/** The smallest number that float32 has all its digits for. */
const smallestNormal = 2 ** -126;

/**
 * What an optimizer carries on, with 0 in place of a number so small that processors are a hundred times slower on it: an
 * average of gradients that have become 0 comes to such numbers and stays there.
 */
function withoutSubnormals(value: Scalar): Scalar {
  return select(abs(value), "lt", constant(smallestNormal), constant(0), value);
}

/** `w - w * weight_decay * learning_rate` */
function decayedWeight({ weightDecay }: CommonUpdate): Scalar {
  const w = local("w");
  if (weightDecay === undefined) return w;
  return sub(w, mul(mul(w, constant(weightDecay)), local("learning_rate")));
}

/** Writes new values of variables and slots in place, all from the old ones. */
function assign(
  step: GrowingStep,
  own: ReadonlyMap<string, StepTensor>,
  assigned: readonly (readonly [string, Scalar])[],
): void {
  const operands = operandsIn(
    own,
    assigned.map(([, value]) => value),
  );
  const [first] = assigned;
  if (first === undefined) return;
  const elements = product((own.get(first[0]) as StepTensor).shape.map(({ factor }) => factor));
  step.operations.push({
    kind: "nest",
    axes: [staticSize(elements)],
    operands: Object.entries(operands).map(([name, tensor]): NestOperand => ({
      name,
      tensor,
      strides: [isNumber(tensor) ? none : one],
    })),
    results: assigned.map(([name, value]) => ({ tensor: own.get(name) as StepTensor, strides: [one], value })),
    ...updateOrigin,
  });
}

function isNumber({ shape }: StepTensor): boolean {
  return shape.length === 0;
}

/** Those operands that expressions read. */
function operandsIn(
  own: ReadonlyMap<string, StepTensor>,
  bodies: readonly Scalar[],
): Readonly<Record<string, StepTensor>> {
  const names = localsOf(bodies);
  return Object.fromEntries([...own].filter(([name]) => names.has(name)));
}

/** Keras' moving average of a variable: the first step sets it, the others move it; every so often it becomes the variable. */
function averaged(
  step: GrowingStep,
  variable: Variable,
  assigned: readonly (readonly [string, Scalar])[],
  own: Map<string, StepTensor>,
  number: (name: string, value: StepNumber) => StepTensor,
  { momentum, overwriteFrequency }: NonNullable<CommonUpdate["ema"]>,
): Slot {
  const tensor = step.tensor(variable.tensor.shape, false);
  own.set("average", tensor);
  own.set("ema_momentum", number("ema_momentum", emaMomentum(momentum)));
  const weight = assigned.find(([name]) => name === "w")?.[1] ?? local("w");
  const average = add(
    mul(local("ema_momentum"), local("average")),
    mul(sub(constant(1), local("ema_momentum")), weight),
  );
  const others = assigned.filter(([name]) => name !== "w");
  let next: Scalar = weight;
  if (overwriteFrequency !== undefined) {
    own.set("ema_overwrites", number("ema_overwrites", everySoMany(overwriteFrequency)));
    next = select(local("ema_overwrites"), "gt", constant(0), average, weight);
  }
  assign(step, own, [...others, ["w", next], ["average", average]]);
  return { variable, name: averageName, tensor };
}

const stepLocal: StepNumber = { kind: "local", name: "step" };
const numberOf = (value: number): StepNumber => ({ kind: "const", value });

/** 0 at the first step, which has no average yet. */
function emaMomentum(momentum: number): StepNumber {
  return {
    kind: "select",
    comparison: "gt",
    left: stepLocal,
    right: numberOf(1),
    then: numberOf(momentum),
    otherwise: numberOf(0),
  };
}

/** 1 where the number of steps is a multiple of `frequency`, else 0. */
function everySoMany(frequency: number): StepNumber {
  const quotient: StepNumber = { kind: "binary", operator: "div", left: stepLocal, right: numberOf(frequency) };
  const whole: StepNumber = { kind: "unary", operator: "floor", operand: quotient };
  return {
    kind: "select",
    comparison: "ge",
    left: whole,
    right: quotient,
    then: numberOf(1),
    otherwise: numberOf(0),
  };
}

/** The gradients as the arguments that all optimizers have limit them. */
function clipped(
  step: GrowingStep,
  trained: readonly TrainedVariable[],
  { clipnorm, clipvalue, globalClipnorm }: CommonUpdate,
): readonly StepTensor[] {
  const square = mul(local("g"), local("g"));
  const squares = (): readonly StepTensor[] =>
    trained.map(({ gradient }) => step.reduceAll({ g: gradient }, square, gradientOrigin));
  if (clipnorm !== undefined) {
    const sums = squares();
    return trained.map(({ gradient }, at) => {
      const norm = sqrt(local("squares"));
      const value = div(mul(local("g"), constant(clipnorm)), max(norm, constant(clipnorm)));
      return step.map({ g: gradient, squares: sums[at] as StepTensor }, value, gradientOrigin);
    });
  }
  if (globalClipnorm !== undefined) {
    const sums = squares();
    const named = sums.map((sum, at) => [`squares_${at}`, sum] as const);
    const total = named.map(([name]): Scalar => local(name)).reduce(add, constant(0));
    const norm = sqrt(total);
    const scale = mul(constant(globalClipnorm), min(div(constant(1), norm), constant(1 / globalClipnorm)));
    const factor = step.map(Object.fromEntries(named), scale, gradientOrigin);
    return trained.map(({ gradient }) =>
      step.map({ g: gradient, factor }, mul(local("g"), local("factor")), gradientOrigin),
    );
  }
  if (clipvalue !== undefined) {
    const value = min(max(local("g"), constant(-clipvalue)), constant(clipvalue));
    return trained.map(({ gradient }) => step.map({ g: gradient }, value, gradientOrigin));
  }
  return trained.map(({ gradient }) => gradient);
}
