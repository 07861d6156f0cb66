import { product } from "../ir/product.ts";
import { costs } from "../passes/costs.ts";
import { defaultEngine, type EngineName } from "../passes/engines.ts";
import type { LoopOptions } from "../passes/plan.ts";
import { formatGain } from "../passes/format-gain.ts";
import {
  defaultTarget,
  targetEntry,
  targets,
  type EstimatedTarget,
  type TargetName,
  type TargetOption,
} from "../targets/index.ts";
import type { LoweredModel } from "../targets/lowered-model.ts";
import type { ExpectedTime, LoopPlan, Target, TargetEntry, UnsupportedReason } from "../targets/target.ts";

/** A model with the target that it gets, planned for it. */
export interface PlannedModel extends LoweredModel, LoopPlan {
  readonly target: Target;
  readonly choice: TargetChoice;
  /** What keeps the model off the target that was asked for, or off the fastest one where none was. */
  readonly unsupported?: UnsupportedReason;
  /** Samples that the first target computes before the other one has paid for its start: `auto` waits for them. */
  readonly waits?: number;
}

/** Which target a model gets, and what speaks for it. */
export type TargetChoice = {
  readonly target: TargetName;
  /** "expected to be 1.7 times as fast as WebAssembly" */
  readonly reason: string;
} & TargetGains;

/**
 * For each other target that `auto` may take, how many times as fast as the first one it is expected to be, for one sample:
 * `wasmGain`, and `wasmLeastGain` in the runtimes that run it slowest. 0 where it can't run the model.
 */
export type TargetGains = { readonly [Name in EstimatedTarget as `${Name}Gain` | `${Name}LeastGain`]: number };

export interface TargetOptions extends LoopOptions {
  readonly target: TargetOption;
  /** Whether `auto` also weighs how much larger a target makes a module, and when its start pays. */
  readonly shipped?: boolean;
}

/** Obeys a target that was named, and takes the fastest one for `auto`; the first one for a model that the other can't run. */
export async function planModel(
  model: LoweredModel,
  {
    target: wanted = defaultTarget,
    unroll = "auto",
    engine = defaultEngine,
    shipped = true,
  }: Partial<TargetOptions> = {},
): Promise<PlannedModel> {
  const [always, ...more] = targets;
  const entries = [always, ...more.filter(({ name, auto }) => auto || name === wanted)];
  const [first, ...others] = await Promise.all(entries.map((entry) => examine(entry, model, engine)));
  const compared = others.map((other) => ({
    ...other,
    gain: ratio(first?.time?.best, other.time?.best),
    leastGain: ratio(first?.time?.least, other.time?.least),
  }));
  const rated = compared.filter(({ entry }) => entry.auto);
  const best = rated.toSorted((a, b) => b.gain - a.gain)[0];
  const named = compared.find(({ entry }) => entry.name === wanted);
  const candidate = named ?? best;
  const growth = wanted === "auto" && shipped ? growthOf(model) : 1;
  const isWorthwhile =
    wanted === "auto" && candidate !== undefined && candidate.gain >= Math.max(costs.worthwhile, growth);
  const isTaken = candidate?.unsupported === undefined && (named !== undefined || isWorthwhile);
  const { entry, target } = (isTaken ? candidate : first) as Examined;
  return {
    ...model,
    ...target.plan(model, { unroll, engine }),
    target,
    choice: {
      target: entry.name,
      // The types of the keys are made of the targets' names, as they are here.
      ...(Object.fromEntries(
        rated.flatMap(({ entry: { name }, gain, leastGain }) => [
          [`${name}Gain`, gain],
          [`${name}LeastGain`, leastGain],
        ]),
      ) as TargetGains),
      reason: reason(candidate, isTaken, growth),
    },
    ...(isTaken && named === undefined && shipped ? waiting(first as Examined, candidate as Examined) : {}),
    ...(candidate?.unsupported === undefined ? {} : { unsupported: candidate.unsupported }),
  };
}

/** How many times as fast a target is expected to be as the first one; `undefined` where that is not known. */
export function gainOf(choice: TargetChoice, target: TargetName): Gain | undefined {
  const gains: Readonly<Record<string, unknown>> = { ...choice };
  const [gain, leastGain] = [gains[`${target}Gain`], gains[`${target}LeastGain`]];
  return typeof gain === "number" && typeof leastGain === "number" ? { gain, leastGain } : undefined;
}

/** `9 times as fast (5 without relaxed SIMD, as in Node 20)`; `as TypeScript` too, where that has to be said. */
export function describeGain({ gain, leastGain }: Gain, target: TargetName, as = ""): string {
  const [most, least] = [formatGain(gain), formatGain(leastGain)];
  const { leastRuntime }: TargetEntry = targetEntry(target);
  const where = leastRuntime === undefined || least === most ? "" : ` (${least} ${leastRuntime})`;
  return `${most} times as fast${as}${where}`;
}

/** How many times as large what is shipped of a model is with another target beside the first, its weights included. */
function growthOf({ weights }: LoweredModel): number {
  const numbers = weights.reduce((sum, { shape }) => sum + product(shape), 0);
  return 1 + costs.backendBytes / (costs.moduleBytes + costs.weightBytes * numbers);
}

/** After how many samples the time of a start is saved: who waits so long never takes twice the time of who knew how many come. */
function waiting(first: Examined, other: Examined): Pick<PlannedModel, "waits"> {
  if (first.time === undefined || other.time === undefined) return {};
  const waits = Math.ceil(costs.start / (first.time.best - other.time.best));
  return waits < costs.fewestWaiting ? {} : { waits };
}

function ratio(time: number | undefined, other: number | undefined): number {
  return time === undefined || other === undefined ? 0 : time / other;
}

/** How many times as fast a target is as the first one, and in the runtimes that run it slowest. */
export interface Gain {
  readonly gain: number;
  readonly leastGain: number;
}

/** What a target says of a model. */
interface Examined {
  readonly entry: (typeof targets)[number];
  readonly target: Target;
  readonly unsupported?: UnsupportedReason;
  readonly time?: ExpectedTime;
}

async function examine(entry: Examined["entry"], model: LoweredModel, engine: EngineName): Promise<Examined> {
  const target = await entry.load();
  const unsupported = target.unsupportedReason(model, engine);
  if (unsupported !== undefined) return { entry, target, unsupported };
  return { entry, target, ...(target.estimate === undefined ? {} : { time: target.estimate(model) }) };
}

/** What speaks for the target that a model gets: the candidate, if it is taken, or else the first. */
function reason(candidate: (Examined & Gain) | undefined, isTaken: boolean, growth: number): string {
  const [{ title: first }] = targets;
  if (candidate === undefined) return "no other target is known";
  const { entry, unsupported, time, gain } = candidate;
  if (unsupported !== undefined) return unsupported.message;
  if (time === undefined) return `it is not known how fast ${entry.title} is`;
  const other = isTaken ? first : entry.title;
  if (gain >= costs.worthwhile) {
    return isTaken
      ? `expected to be ${describeGain(candidate, entry.name, ` as ${other}`)}`
      : `${other} is expected to be ${describeGain(candidate, entry.name)}${growth > 1 ? `, ${formatGain(growth)} times as large` : ""}`;
  }
  if (gain <= 1 / costs.worthwhile) {
    const faster = `${formatGain(1 / gain)} times as fast`;
    return isTaken ? `${other} is expected to be ${faster}` : `expected to be ${faster} as ${other}`;
  }
  return `expected to be about as fast as ${other}`;
}
