import { costs } from "../passes/costs.ts";
import { estimate, type Estimate } from "../passes/estimate.ts";
import type { Model } from "../check/model.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Precision } from "../ir/bfloat16.ts";
import { slowerTarget, targetUnavailable, unrollIgnored } from "../passes/diagnostics.ts";
import { planOperations, type PlanOptions } from "../passes/plan.ts";
import type { ModelUnit, WeightBinding } from "../targets/model-unit.ts";
import { mostRows, type Obstacle } from "../targets/wasm/obstacle.ts";
import { formatGain } from "./format-gain.ts";
import { leafLayers, makeUnit, planForWasm, planModel, withWasm, type PlannedModel } from "./model-unit.ts";
import { wasmObstacle } from "./wasm-obstacle.ts";

export type Target = "typescript" | "wasm" | "auto";

/** Which target a model gets, and what speaks for it. */
export interface TargetChoice {
  readonly target: "typescript" | "wasm";
  /** How many times as fast WebAssembly is expected to be, for one sample; 0 where it can't run the model. */
  readonly wasmGain: number;
  /** "WebAssembly is expected to be 8 times as fast" */
  readonly reason: string;
}

/** A model that is planned for the target that it gets. */
export interface TargetedModel {
  readonly planned: PlannedModel;
  readonly choice: TargetChoice;
  /** What keeps the model off WebAssembly. */
  readonly obstacle?: Obstacle;
}

export interface TargetOptions {
  readonly target: Target;
  readonly unroll: PlanOptions["unroll"];
  readonly precision: Precision;
}

/** Plans a model for TypeScript, and its graph again for WebAssembly if that is the target it gets. */
export function planForTarget(
  model: Model,
  binding: WeightBinding,
  { target, unroll, precision }: TargetOptions,
): TargetedModel {
  const planned = planModel(model, binding, unroll, precision);
  const obstacle = wasmObstacle(planned);
  if (obstacle !== undefined) {
    return { planned, choice: { target: "typescript", wasmGain: 0, reason: whyNot(obstacle) }, obstacle };
  }
  const choice = chooseTarget(planned, target);
  return { planned: choice.target === "wasm" ? planForWasm(planned) : planned, choice };
}

/** The unit of a model for the target that was chosen. */
export async function makeTargetedUnit({ planned, choice }: TargetedModel): Promise<ModelUnit> {
  const unit = makeUnit(planned);
  return choice.target === "wasm" ? withWasm(unit, planned) : unit;
}

/** Warnings where WebAssembly was asked for: models that are slower on it or can't run on it, options it has no use for. */
export function checkTargets(
  models: readonly TargetedModel[],
  { target, unroll }: Pick<TargetOptions, "target" | "unroll">,
): readonly Diagnostic[] {
  if (target !== "wasm") return [];
  const first = models.find(({ choice }) => choice.target === "wasm")?.planned.model;
  return [
    ...models.flatMap(checkTarget),
    ...(first === undefined || unroll === "auto" ? [] : [unrollIgnored(first.nameSpan, { model: first.name, unroll })]),
  ];
}

function checkTarget({ planned, choice, obstacle }: TargetedModel): readonly Diagnostic[] {
  const { model } = planned;
  if (obstacle !== undefined) {
    const place = obstacle.kind === "indices" ? obstacle.layer.join("/") : undefined;
    const layer = leafLayers(model.layers).find(({ path }) => path.join("/") === place)?.layer;
    return [targetUnavailable(layer?.span ?? model.nameSpan, { model: model.name, reason: choice.reason })];
  }
  if (choice.wasmGain > 1 / costs.worthwhile) return [];
  return [slowerTarget(model.nameSpan, { model: model.name, gain: formatGain(1 / choice.wasmGain) })];
}

/** Obeys a target that was named, and takes the faster one for `auto`. `planned` is planned for TypeScript. */
function chooseTarget({ graph, plans, options }: PlannedModel, target: Target): TargetChoice {
  // What TypeScript is at its best, whatever `--unroll` makes of it.
  const best = options.unroll === "auto" ? plans : planOperations(graph.operations, { ...options, unroll: "auto" });
  const expected = estimate(graph, best);
  const wasmGain = expected.typescript / expected.wasm;
  const chosen = target === "auto" ? (wasmGain >= costs.worthwhile ? "wasm" : "typescript") : target;
  return { target: chosen, wasmGain, reason: reason(expected) };
}

function whyNot(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case "memory":
      return "WebAssembly can't hold its weights and values, which take more than 4 GB";
    case "indices": {
      const [rows, most] = [obstacle.rows, mostRows].map((count) => count.toLocaleString("en-US"));
      return `WebAssembly can't tell the ${rows} rows of '${obstacle.layer.join("/")}' apart: float32 holds whole numbers up to ${most}`;
    }
  }
}

function reason({ typescript, wasm }: Estimate): string {
  const gain = typescript / wasm;
  if (gain >= costs.worthwhile) return `WebAssembly is expected to be ${formatGain(gain)} times as fast`;
  if (gain <= 1 / costs.worthwhile) return `TypeScript is expected to be ${formatGain(1 / gain)} times as fast`;
  return "TypeScript and WebAssembly are expected to be about as fast";
}
