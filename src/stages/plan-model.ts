import { costs } from "../passes/costs.ts";
import type { PlanOptions } from "../passes/plan.ts";
import { formatGain } from "../passes/format-gain.ts";
import { targets, defaultTarget, type EstimatedTarget, type TargetName, type TargetOption } from "../targets/index.ts";
import type { LoweredModel } from "../targets/lowered-model.ts";
import type { LoopPlan, Target, UnsupportedReason } from "../targets/target.ts";

/** A model with the target that it gets, planned for it. */
export interface PlannedModel extends LoweredModel, LoopPlan {
  readonly target: Target;
  readonly choice: TargetChoice;
  /** What keeps the model off the target that was asked for, or off the fastest one where none was. */
  readonly unsupported?: UnsupportedReason;
}

/** Which target a model gets, and what speaks for it. */
export type TargetChoice = {
  readonly target: TargetName;
  /** "WebAssembly is expected to be 8 times as fast" */
  readonly reason: string;
} & TargetGains;

/**
 * For each other target that `auto` may take, how many times as fast as the first one it is expected to be, for one sample:
 * `wasmGain`. 0 where it can't run the model.
 */
export type TargetGains = { readonly [Name in EstimatedTarget as `${Name}Gain`]: number };

export interface TargetOptions {
  readonly target: TargetOption;
  readonly unroll: PlanOptions["unroll"];
}

/** Obeys a target that was named, and takes the fastest one for `auto`; the first one for a model that the other can't run. */
export async function planModel(
  model: LoweredModel,
  { target: wanted = defaultTarget, unroll = "auto" }: Partial<TargetOptions> = {},
): Promise<PlannedModel> {
  const [always, ...more] = targets;
  const entries = [always, ...more.filter(({ name, auto }) => auto || name === wanted)];
  const [first, ...others] = await Promise.all(entries.map((entry) => examine(entry, model)));
  const time = first?.time ?? Number.NaN;
  const compared = others.map((other) => ({ ...other, gain: other.time === undefined ? 0 : time / other.time }));
  const rated = compared.filter(({ entry }) => entry.auto);
  const best = rated.toSorted((a, b) => b.gain - a.gain)[0];
  const named = compared.find(({ entry }) => entry.name === wanted);
  const candidate = named ?? best;
  const isWorthwhile = wanted === "auto" && candidate !== undefined && candidate.gain >= costs.worthwhile;
  const isTaken = candidate?.unsupported === undefined && (named !== undefined || isWorthwhile);
  const { entry, target } = (isTaken ? candidate : first) as Examined;
  return {
    ...model,
    ...target.plan(model, unroll),
    target,
    choice: {
      target: entry.name,
      // The types of the keys are made of the targets' names, as they are here.
      ...(Object.fromEntries(rated.map((other) => [`${other.entry.name}Gain`, other.gain])) as TargetGains),
      reason: reason(candidate),
    },
    ...(candidate?.unsupported === undefined ? {} : { unsupported: candidate.unsupported }),
  };
}

/** How many times as fast a target is expected to be as the first one; `undefined` where that is not known. */
export function gainOf(choice: TargetChoice, target: TargetName): number | undefined {
  const gains: Readonly<Record<string, unknown>> = { ...choice };
  const gain = gains[`${target}Gain`];
  return typeof gain === "number" ? gain : undefined;
}

/** What a target says of a model. */
interface Examined {
  readonly entry: (typeof targets)[number];
  readonly target: Target;
  readonly unsupported?: UnsupportedReason;
  /** Nanoseconds for one sample. */
  readonly time?: number;
}

async function examine(entry: Examined["entry"], model: LoweredModel): Promise<Examined> {
  const target = await entry.load();
  const unsupported = target.unsupportedReason(model);
  if (unsupported !== undefined) return { entry, target, unsupported };
  return { entry, target, ...(target.estimate === undefined ? {} : { time: target.estimate(model) }) };
}

function reason(candidate: (Examined & { readonly gain: number }) | undefined): string {
  const [{ title: first }] = targets;
  if (candidate === undefined) return `${first} is the only target`;
  const { entry, unsupported, time, gain } = candidate;
  if (unsupported !== undefined) return unsupported.message;
  if (time === undefined) return `it is not known how fast ${entry.title} is`;
  if (gain >= costs.worthwhile) return `${entry.title} is expected to be ${formatGain(gain)} times as fast`;
  if (gain <= 1 / costs.worthwhile) return `${first} is expected to be ${formatGain(1 / gain)} times as fast`;
  return `${first} and ${entry.title} are expected to be about as fast`;
}
