import type { Model } from "../check/model.ts";
import { add, local, mul, type Scalar } from "../ir/scalar.ts";
import type { StepOperation, StepTensor } from "../ir/step-graph.ts";
import { weightKey } from "../ir/weight-arrays.ts";
import type { CompiledTraining } from "./compiled-training.ts";
import { penaltyOf } from "../layers/keras-objects/penalty-of.ts";
import { projectWeight } from "../layers/keras-objects/project-weight.ts";
import { differentiate, inputsOf } from "./differentiate.ts";
import { forwardPass } from "./forward-pass.ts";
import { fuseNests } from "./fuse-nests.ts";
import { GrowingStep, stepTensor, type ConstantInput, type RandomInput } from "./growing-step.ts";
import { liveOperations } from "./live-operations.ts";
import { stepBuilder } from "./step-builder.ts";
import { update, type HostNumber, type Slot } from "./update.ts";
import { variablesOf, type Variable } from "./variables.ts";

/** Sums of a metric over what has been seen, and its value. */
export interface TrackedMetric {
  readonly name: string;
  readonly sums: readonly { readonly name: string; readonly tensor: StepTensor }[];
  /** Of shape `[]`, which `results` computes. */
  readonly result: StepTensor;
}

/** Which elements of a variable are trained: 1, or 0 for one that stays as it is. */
export interface Mask {
  readonly variable: Variable;
  readonly tensor: StepTensor;
}

/** All that a trainer computes, as operations on values that it holds. */
export interface TrainingProgram {
  /** One sample: the model's input. */
  readonly input: StepTensor;
  /** Of the output's shape; class indices come as rows with a 1. */
  readonly target: StepTensor;
  /** One number a sample. */
  readonly sampleWeight: StepTensor;
  /** Outputs of `predict` and `observe`. */
  readonly prediction: StepTensor;
  /** The loss of a batch with all penalties, of `step` and of `observe`. */
  readonly loss: { readonly step: StepTensor; readonly observe: StepTensor };
  readonly variables: readonly Variable[];
  readonly slots: readonly Slot[];
  readonly masks: readonly Mask[];
  readonly numbers: readonly HostNumber[];
  readonly random: readonly RandomInput[];
  readonly constants: readonly ConstantInput[];
  readonly metrics: readonly TrackedMetric[];
  /** Forward pass, loss, backward pass, update. */
  readonly step: readonly StepOperation[];
  /** Forward pass outside of training, loss and metrics. */
  readonly observe: readonly StepOperation[];
  /** Forward pass outside of training. */
  readonly predict: readonly StepOperation[];
  /** What metrics make of their sums. */
  readonly results: readonly StepOperation[];
}

/** The step of a model, and what goes with it. `masked` are the keys of the weights that have a mask. */
export function trainingProgram(
  model: Model,
  training: CompiledTraining,
  masked: ReadonlySet<string> = new Set(),
): TrainingProgram {
  const step = new GrowingStep();
  const variables = variablesOf(model, step);
  const input = step.tensor(model.inputShape, true);
  const target = step.tensor(model.outputShape, true);
  const sampleWeight = step.tensor([], true);
  const given = { target, sampleWeight };

  const prediction = forwardPass(model, step, input, true);
  const loss = totalLoss(step, variables, prediction, given, training);
  const trainable = variables.filter((variable) => variable.trainable);
  const gradients = differentiate(
    step,
    loss,
    trainable.map(({ tensor }) => tensor),
  );
  const masks: Mask[] = [];
  const trained = trainable.flatMap((variable, at) => {
    const gradient = gradients[at];
    if (gradient === undefined) return [];
    const whole = { ...gradient, shape: variable.tensor.shape };
    if (!masked.has(weightKey(variable.weight.path))) return [{ variable, gradient: whole }];
    const mask = { variable, tensor: step.tensor(variable.tensor.shape, false) };
    masks.push(mask);
    return [{ variable, gradient: maskedGradient(step, whole, mask) }];
  });
  const sums = metricSums(step, training, prediction, target);
  const { slots, numbers } = update(step, trained, training.optimizer.rule, training.optimizer.common);
  constrain(
    step,
    trained.map(({ variable }) => variable),
  );
  for (const { weight, value } of step.moves) copyInto(step, value, step.variable(weight));
  accumulate(step, sums);

  const seen = step.branch();
  const observed = forwardPass(model, seen, input, false);
  const observedLoss = totalLoss(seen, variables, observed, given, training);
  const again = metricSums(seen, training, observed, target);
  accumulate(
    seen,
    again.map((metric, at) => ({ ...metric, accumulators: sums[at]?.accumulators ?? [] })),
  );

  const score = step.branch();
  const metrics = sums.map(({ metric, accumulators }) => {
    const named = Object.fromEntries(accumulators.map(({ name, tensor }) => [name, tensor]));
    const result = stepTensor(metric.result(stepBuilder(score, []), named));
    return { name: metric.name, sums: accumulators, result };
  });

  const kept = [...variables.map(({ tensor }) => tensor), ...slots.map(({ tensor }) => tensor)];
  const tracked = sums.flatMap(({ accumulators }) => accumulators.map(({ tensor }) => tensor));
  const written = new Set([...kept, ...tracked].map(({ id }) => id));
  const finish = (operations: readonly StepOperation[], wanted: readonly StepTensor[]): readonly StepOperation[] =>
    fused(liveOperations(operations, wanted), wanted, written);
  const programs = {
    step: finish(step.operations, [loss, ...kept, ...tracked]),
    observe: finish(seen.operations, [observedLoss, ...tracked]),
    predict: finish(seen.operations, [observed]),
    results: finish(
      score.operations,
      metrics.map(({ result }) => result),
    ),
  };
  const read = new Set(
    Object.values(programs).flatMap((operations) => operations.flatMap(inputsOf).map(({ id }) => id)),
  );
  const isRead = ({ tensor }: { readonly tensor: StepTensor }): boolean => read.has(tensor.id);
  return {
    ...programs,
    input,
    target,
    sampleWeight,
    prediction: observed,
    loss: { step: loss, observe: observedLoss },
    variables,
    slots,
    masks,
    numbers,
    random: step.random.filter(isRead),
    constants: [step, seen, score].flatMap(({ constants }) => constants).filter(isRead),
    metrics,
  };
}

/**
 * A gradient without the elements that are not trained. Before all that an optimizer does: to it they are elements whose
 * gradient is always 0, so what it keeps of them stays as it is, and they have no part in the norms that clip.
 */
function maskedGradient(step: GrowingStep, gradient: StepTensor, { tensor }: Mask): StepTensor {
  return step.map({ g: gradient, mask: tensor }, mul(local("g"), local("mask")), {
    origins: [],
    note: "the gradients of what is trained",
  });
}

/** Joined where that saves a loop; values that nobody reads any more are not written. */
function fused(
  operations: readonly StepOperation[],
  wanted: readonly StepTensor[],
  written: ReadonlySet<number>,
): readonly StepOperation[] {
  return liveOperations(fuseNests(operations, written), wanted);
}

/** The loss of a batch, and the penalties of layers and weights. */
function totalLoss(
  step: GrowingStep,
  variables: readonly Variable[],
  prediction: StepTensor,
  { target, sampleWeight }: { readonly target: StepTensor; readonly sampleWeight: StepTensor },
  { loss }: CompiledTraining,
): StepTensor {
  const graph = stepBuilder(step, [], "the loss");
  const own = stepTensor(loss.value({ graph, target, prediction }, sampleWeight));
  const parts = [
    own,
    ...step.penalties,
    ...variables.filter(({ trainable }) => trainable).flatMap((variable) => penaltiesOf(step, variable)),
  ];
  if (parts.length === 1) return parts[0] as StepTensor;
  const named = parts.map((part, at) => [`part_${at}`, part] as const);
  const sum = named.map(([name]): Scalar => local(name)).reduce((total, term) => add(total, term));
  return stepTensor(graph.map(Object.fromEntries(named), sum));
}

function penaltiesOf(step: GrowingStep, { regularizer, tensor }: Variable): readonly StepTensor[] {
  if (regularizer === undefined) return [];
  return [stepTensor(penaltyOf(stepBuilder(step, [], "the regularizers"), tensor, regularizer))];
}

/** Holds variables to their constraints, in place. */
function constrain(step: GrowingStep, variables: readonly Variable[]): void {
  for (const { constraint, tensor } of variables) {
    if (constraint === undefined) continue;
    copyInto(step, stepTensor(projectWeight(stepBuilder(step, [], "the constraints"), tensor, constraint)), tensor);
  }
}

function copyInto(step: GrowingStep, from: StepTensor, to: StepTensor): void {
  const whole = step.wholeOf(to);
  step.operations.push({
    kind: "nest",
    axes: whole.axes,
    operands: [{ name: "x", tensor: from, strides: whole.result.strides }],
    results: [{ ...whole.result, value: local("x") }],
    origins: [],
    note: "what stays behind the step",
  });
}

interface MetricSums {
  readonly metric: CompiledTraining["metrics"][number];
  readonly found: readonly { readonly name: string; readonly tensor: StepTensor }[];
  readonly accumulators: readonly { readonly name: string; readonly tensor: StepTensor }[];
}

function metricSums(
  step: GrowingStep,
  { metrics }: CompiledTraining,
  prediction: StepTensor,
  target: StepTensor,
): readonly MetricSums[] {
  const graph = stepBuilder(step, [], "the metrics");
  const weight = step.constant([], [1]);
  return metrics.map((metric) => {
    const sums = metric.sums({ graph, target, prediction: { ...prediction, stopped: true } as StepTensor, weight });
    const found = Object.entries(sums).map(([name, tensor]) => ({ name, tensor: stepTensor(tensor) }));
    return {
      metric,
      found,
      accumulators: found.map(({ name, tensor }) => ({ name, tensor: step.tensor(tensor.shape, false) })),
    };
  });
}

/** Adds what a batch gives to what has been seen before. */
function accumulate(step: GrowingStep, metrics: readonly MetricSums[]): void {
  for (const { found, accumulators } of metrics) {
    found.forEach(({ tensor }, at) => {
      const whole = step.wholeOf((accumulators[at] as { readonly tensor: StepTensor }).tensor);
      const { strides } = whole.result;
      step.operations.push({
        kind: "nest",
        axes: whole.axes,
        operands: [
          { name: "before", tensor: whole.result.tensor, strides },
          { name: "x", tensor, strides },
        ],
        results: [{ ...whole.result, value: add(local("before"), local("x")) }],
        origins: [],
        note: "the metrics",
      });
    });
  }
}
