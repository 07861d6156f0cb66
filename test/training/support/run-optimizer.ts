import type { KerasObject } from "../../../src/layers/definition.ts";
import { commonOf, type CommonUpdate } from "../../../src/training/optimizers/common.ts";
import type { UpdateRule } from "../../../src/training/optimizers/definition.ts";
import { optimizers } from "../../../src/training/optimizers/index.ts";
import { schedules } from "../../../src/training/schedules/index.ts";
import { evaluate, type Locals } from "./evaluate.ts";

/** Weights, or gradients of such, each as a flat array. */
export type Arrays = readonly (readonly number[])[];

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const norm = (arrays: Arrays): number => Math.sqrt(sum(arrays.flat().map((value) => value * value)));

/** The learning rate of a step, counted from 0. */
export function rateOf(rate: unknown, iterations: number): number {
  if (typeof rate === "number") return rate;
  const { identifier, config } = rate as KerasObject;
  const definition = schedules.find((schedule) => schedule.identifier === identifier);
  return evaluate(definition!.rate(config), { iterations });
}

/** The weights after each of the steps with the given gradients, and after the end of training. */
export function runOptimizer({ identifier, config }: KerasObject, initial: Arrays, gradients: readonly Arrays[]) {
  const rule = optimizers.find((optimizer) => optimizer.identifier === identifier)!.rule(config);
  const common = commonOf(config);
  let states: Locals = Object.fromEntries(
    Object.entries(rule.states ?? {}).map(([name, state]) => [name, state.initial]),
  );
  let weights = initial;
  let slots = initial.map((weight) => weight.map((): Locals => rule.slots));
  let averages = initial;
  const steps = gradients.map((given, at) => {
    const rate = rateOf(config["learning_rate"], at);
    const before = { ...states, step: at + 1, learning_rate: rate };
    states = Object.fromEntries(
      Object.entries(rule.states ?? {}).map(([name, { next }]) => [name, evaluate(next, before)]),
    );
    const numbers = evaluateAll(rule.numbers, { ...before, ...states });
    const { weightDecay = 0, ema } = common;
    const clipped = clip(given, common);
    const updated = weights.map((weight, index) => {
      const decayed = weight.map((w) => w - w * weightDecay * rate);
      return updateWeight(rule, decayed, clipped[index]!, slots[index]!, numbers);
    });
    slots = updated.map(({ slots: next }) => next);
    weights = updated.map(({ weight }) => weight);
    if (ema !== undefined) {
      const momentum = at === 0 ? 0 : ema.momentum;
      averages = averages.map((average, index) =>
        average.map((value, element) => momentum * value + (1 - momentum) * weights[index]![element]!),
      );
      if (ema.overwriteFrequency !== undefined && (at + 1) % ema.overwriteFrequency === 0) weights = averages;
    }
    return weights;
  });
  return { steps, finally: common.ema === undefined ? weights : averages };
}

function updateWeight(
  rule: UpdateRule,
  weight: readonly number[],
  gradient: readonly number[],
  slots: readonly Locals[],
  numbers: Locals,
) {
  const elements = weight.map((w, at) => ({ ...numbers, ...slots[at], w, g: gradient[at]! }));
  const sums = Object.fromEntries(
    Object.entries(rule.sums ?? {}).map(([name, term]) => [
      name,
      sum(elements.map((locals) => evaluate(term, locals))),
    ]),
  );
  const next = elements.map((locals) => evaluateAll(rule.assign, { ...locals, ...sums }));
  return { weight: next.map(({ w }) => w!), slots: next };
}

function clip(gradients: Arrays, { clipnorm, clipvalue, globalClipnorm }: CommonUpdate): Arrays {
  if (clipnorm !== undefined) {
    return gradients.map((gradient) => gradient.map((g) => (g * clipnorm) / Math.max(norm([gradient]), clipnorm)));
  }
  if (globalClipnorm !== undefined) {
    const scale = globalClipnorm * Math.min(1 / norm(gradients), 1 / globalClipnorm);
    return gradients.map((gradient) => gradient.map((g) => g * scale));
  }
  if (clipvalue === undefined) return gradients;
  return gradients.map((gradient) => gradient.map((g) => Math.min(Math.max(g, -clipvalue), clipvalue)));
}

function evaluateAll(nodes: Readonly<Record<string, Parameters<typeof evaluate>[0]>>, locals: Locals): Locals {
  return Object.fromEntries(Object.entries(nodes).map(([name, node]) => [name, evaluate(node, locals)]));
}
