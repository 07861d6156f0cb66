import { constant, div, local, select, type Scalar } from "../../ir/scalar.ts";
import { elementCount } from "../../ir/shape.ts";
import { sizesEqual, type Size } from "../../ir/size.ts";
import type { NestOperand, NestOperation, StepTensor } from "../../ir/step-graph.ts";
import { isOne } from "../broadcast.ts";
import { derivative, plus, times } from "../derivative.ts";
import type { GrowingStep } from "../growing-step.ts";
import { localsOf, replaceNodes } from "../substitute.ts";

/** The gradient of the loss by a value, as one operation gives it; a value that several operations read has a sum of them. */
export interface GradientPart {
  readonly of: StepTensor;
  readonly gradient: StepTensor;
}

/**
 * The gradient of a nest by each of its operands is a nest over the same axes: the sum of `dy * (derivative of y by the
 * operand)` along the axes where the operand is broadcast. So a contraction's are contractions, a mean's is spread evenly,
 * and that of a value that is repeated is a sum.
 */
export function nestGradients(
  step: GrowingStep,
  operation: NestOperation,
  gradients: readonly (StepTensor | undefined)[],
  isWanted: (tensor: StepTensor) => boolean,
): readonly GradientPart[] {
  if (operation.reduction?.combine === "max") return maximumGradients(step, operation, gradients, isWanted);
  return operation.operands.flatMap((operand) => {
    if (!isWanted(operand.tensor)) return [];
    const gradient = gradientBy(step, operation, operand, gradients);
    return gradient === undefined ? [] : [{ of: operand.tensor, gradient }];
  });
}

function gradientBy(
  step: GrowingStep,
  operation: NestOperation,
  operand: NestOperand,
  gradients: readonly (StepTensor | undefined)[],
): StepTensor | undefined {
  const { reduction, operands, results, smooth, axes } = operation;
  const upstream: NestOperand[] = [];
  let body: Scalar = constant(0);
  results.forEach(({ tensor, strides, value }, at) => {
    const gradient = gradients[at];
    if (gradient === undefined) return;
    if (reduction !== undefined && !isSum(value)) throw new Error("a reduction with a function of its sum");
    const options = { smooth: smooth === true, isStored: reduction === undefined };
    const by = derivative(reduction?.term ?? value, operand.name, options);
    const name = `dy_${at}`;
    upstream.push({ name, tensor: gradient, strides }, { name: `y_${at}`, tensor, strides });
    // What the value has been computed to is read, not computed again.
    const known = reduction === undefined ? replaceNodes(by, (node) => valueLocal(node, value, at)) : by;
    body = plus(body, times(local(name), known));
  });
  if (body.kind === "const" && body.value === 0) return undefined;
  const same = upstream.find(({ name }) => body.kind === "local" && body.name === name);
  if (same !== undefined && isSameElements(operand, same, operation))
    return { ...same.tensor, shape: operand.tensor.shape };
  const needed = localsOf([body]);
  const read = [...operands, ...upstream].filter(({ name }) => needed.has(name));
  return spread(step, operation, operand, read, body, axes);
}

/** Whether the gradient of an operand is the one by the result, element by element: a sum hands it on. */
function isSameElements(
  { tensor, strides, start }: NestOperand,
  { tensor: gradient, strides: given }: NestOperand,
  { axes, reduction }: NestOperation,
): boolean {
  return (
    start === undefined &&
    reduction?.divisor === undefined &&
    gradient.perSample === tensor.perSample &&
    sizesEqual(elementCount(gradient.shape), elementCount(tensor.shape)) &&
    axes.every(
      (size, axis) => isOne(size) || (!isNone(strides[axis]) && sizesEqual(strides[axis] as Size, given[axis] as Size)),
    )
  );
}

function isNone(size: Size | undefined): boolean {
  return size === undefined || size.factor === 0;
}

function isSum(value: Scalar): boolean {
  return value.kind === "local" && value.name === "sum";
}

function valueLocal(node: Scalar, value: Scalar, at: number): Scalar | undefined {
  return node === value && node.kind !== "local" && node.kind !== "const" ? local(`y_${at}`) : undefined;
}

/** The nest that writes the gradient of an operand: a sum along the axes where the operand is broadcast. */
function spread(
  step: GrowingStep,
  { reduction, origins }: NestOperation,
  { tensor, strides, start }: NestOperand,
  operands: readonly NestOperand[],
  term: Scalar,
  axes: NestOperation["axes"],
): StepTensor {
  const along = strides.map(({ factor }, axis) => factor === 0 && !isOne(axes[axis] as NestOperation["axes"][number]));
  const output = step.tensor(tensor.shape, tensor.perSample);
  const isSummed = along.includes(true);
  const divisor = reduction?.divisor;
  const needsSum = isSummed || divisor !== undefined;
  const variable = step.nameOf(tensor);
  const of = { origins, note: variable === undefined ? "gradient" : `gradient of the ${variable}` };
  if (start !== undefined) {
    // A part of a value: the rest of its gradient is zero.
    step.operations.push(zeros(step, output, of));
  }
  step.operations.push({
    kind: "nest",
    axes,
    operands,
    ...(needsSum ? { reduction: { combine: "sum", along, term, ...(divisor === undefined ? {} : { divisor }) } } : {}),
    results: [
      {
        tensor: output,
        strides,
        value: needsSum ? local("sum") : term,
        ...(start === undefined ? {} : { addedFrom: start }),
      },
    ],
    ...of,
  });
  return output;
}

function zeros(step: GrowingStep, output: StepTensor, of: Pick<NestOperation, "origins" | "note">): NestOperation {
  const whole = step.wholeOf(output);
  return { kind: "nest", axes: whole.axes, operands: [], results: [{ ...whole.result, value: constant(0) }], ...of };
}

/** Of elements that are equal to the maximum each gets an equal share. */
function maximumGradients(
  step: GrowingStep,
  { operands, reduction, results, axes, origins }: NestOperation,
  [gradient]: readonly (StepTensor | undefined)[],
  isWanted: (tensor: StepTensor) => boolean,
): readonly GradientPart[] {
  const [operand] = operands;
  const [result] = results;
  if (operand === undefined || result === undefined || gradient === undefined) return [];
  if (!operands.some(({ tensor }) => isWanted(tensor))) return [];
  const isPlain = reduction?.term.kind === "local" && operands.length === 1 && isSum(result.value);
  if (!isPlain) throw new Error("a maximum of a function");
  const of = { origins, note: "gradient" };
  const maximum: NestOperand = { name: "maximum", tensor: result.tensor, strides: result.strides };
  const x: NestOperand = { ...operand, name: "x" };
  const chosen = (then: Scalar): Scalar => select(local("x"), "ge", local("maximum"), then, constant(0));
  const count = step.tensor(result.tensor.shape, result.tensor.perSample);
  step.operations.push({
    kind: "nest",
    axes,
    operands: [x, maximum],
    reduction: { combine: "sum", along: reduction.along, term: chosen(constant(1)) },
    results: [{ tensor: count, strides: result.strides, value: local("sum") }],
    ...of,
  });
  const output = step.tensor(operand.tensor.shape, operand.tensor.perSample);
  step.operations.push({
    kind: "nest",
    axes,
    operands: [
      x,
      maximum,
      { name: "dy", tensor: gradient, strides: result.strides },
      { name: "count", tensor: count, strides: result.strides },
    ],
    results: [{ tensor: output, strides: operand.strides, value: chosen(div(local("dy"), local("count"))) }],
    ...of,
  });
  return [{ of: operand.tensor, gradient: output }];
}
