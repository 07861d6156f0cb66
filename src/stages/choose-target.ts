import { costs } from "../passes/costs.ts";
import { estimate, type Estimate } from "../passes/estimate.ts";
import type { Model } from "../check/model.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Precision } from "../ir/bfloat16.ts";
import { slowerTarget } from "../passes/diagnostics.ts";
import type { PlanOptions } from "../passes/plan.ts";
import type { ModelUnit, WeightBinding } from "../targets/model-unit.ts";
import { makeUnit, planModel, withWasm, type PlannedModel } from "./model-unit.ts";

export type Target = "typescript" | "wasm" | "auto";

/** Which target a model gets, and what speaks for it. */
export interface TargetChoice {
  readonly target: "typescript" | "wasm";
  /** How many times as fast WebAssembly is expected to be, for one sample. */
  readonly wasmGain: number;
  /** "WebAssembly is expected to be 8 times as fast" */
  readonly reason: string;
}

/** A model that is planned for the target that it gets. */
export interface TargetedModel {
  readonly planned: PlannedModel;
  readonly choice: TargetChoice;
}

export interface TargetOptions {
  readonly target: Target;
  readonly unroll: PlanOptions["unroll"];
  readonly precision: Precision;
}

/** Plans a model for TypeScript, and again for WebAssembly if that is the target it gets. */
export function planForTarget(
  model: Model,
  binding: WeightBinding,
  { target, unroll, precision }: TargetOptions,
): TargetedModel {
  const planned = planModel(model, binding, unroll, precision);
  const choice = chooseTarget(planned, target);
  if (choice.target === "typescript") return { planned, choice };
  return { planned: planModel(model, binding, "tiles", precision), choice };
}

/** The unit of a model for the target that was chosen. */
export async function makeTargetedUnit({ planned, choice }: TargetedModel): Promise<ModelUnit> {
  const unit = makeUnit(planned);
  return choice.target === "wasm" ? withWasm(unit, planned) : unit;
}

/** A warning where a target was asked for that is expected to be slower. */
export function checkTarget({ planned, choice }: TargetedModel, target: Target): readonly Diagnostic[] {
  if (target !== "wasm" || choice.wasmGain > 1 / costs.worthwhile) return [];
  const { model } = planned;
  return [slowerTarget(model.nameSpan, { model: model.name, gain: formatGain(1 / choice.wasmGain) })];
}

/** Obeys a target that was named, and takes the faster one for `auto`. `planned` is planned for TypeScript. */
function chooseTarget({ graph, plans }: PlannedModel, target: Target): TargetChoice {
  const expected = estimate(graph, plans);
  const wasmGain = expected.typescript / expected.wasm;
  const chosen = target === "auto" ? (wasmGain >= costs.worthwhile ? "wasm" : "typescript") : target;
  return { target: chosen, wasmGain, reason: reason(expected) };
}

function reason({ typescript, wasm }: Estimate): string {
  const gain = typescript / wasm;
  if (gain >= costs.worthwhile) return `WebAssembly is expected to be ${formatGain(gain)} times as fast`;
  if (gain <= 1 / costs.worthwhile) return `TypeScript is expected to be ${formatGain(1 / gain)} times as fast`;
  return "TypeScript and WebAssembly are expected to be about as fast";
}

/** `1.4`, `8` */
export function formatGain(gain: number): string {
  return gain < 3 ? gain.toFixed(1) : String(Math.round(gain));
}
