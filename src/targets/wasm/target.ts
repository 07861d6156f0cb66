import { workOf } from "../../passes/work.ts";
import type { LoweredModel } from "../lowered-model.ts";
import type { ModelUnit } from "../model-unit.ts";
import type { Target } from "../target.ts";
import { emitModule } from "../typescript/target.ts";
import { assembleModules } from "./assemble.ts";
import { costs, plainCosts } from "./costs.ts";
import { estimateVectors } from "./estimate-vectors.ts";
import { planFallback } from "./plan-fallback.ts";
import { wasmBackend } from "./runner.ts";
import { assembleTrainer } from "./training/assemble-trainer.ts";
import { wasmTrainerEngine } from "./training/trainer-engine.ts";
import { unsupportedReason } from "./unsupported-reason.ts";

export const wasmTarget: Target = {
  unrolls: false,
  unsupportedReason,
  estimate: ({ graph }) => {
    const work = workOf(graph);
    return { best: estimateVectors(graph, work, costs), least: estimateVectors(graph, work, plainCosts) };
  },
  plan: planFallback,
  addBackend,
  emit: emitModule,
};

/** A call computes as many samples as the loops do, which share its chunks. */
async function addBackend(unit: ModelUnit, { graph }: LoweredModel, waits?: number): Promise<ModelUnit> {
  const wasm = await assembleModules(graph, unit.program.batch?.chunk ?? 1);
  const { trainer } = unit;
  return {
    ...unit,
    ...(wasm === undefined ? {} : { backend: wasmBackend(unit, wasm, waits) }),
    ...(trainer === undefined
      ? {}
      : { trainer: { ...trainer, engine: wasmTrainerEngine(trainer, await assembleTrainer(trainer.lowered)) } }),
  };
}
