import type { Model } from "../check/model.ts";
import type { Checked } from "../diagnostics/diagnostic.ts";
import type { TargetOption, TargetName } from "../targets/index.ts";
import type { Trainer, TrainerOptions } from "./loop/trainer.ts";

/** A model compiled for training. */
export interface CompiledTrainer {
  readonly target: TargetName;
  /** Differs where what the trainer computes does. */
  readonly fingerprint: string;
  create(options: TrainerOptions): Trainer;
}

/** Compiles a model that has a `compile` clause for training, and loads its module. */
export type CompileTrainer = (model: Model, target: TargetOption) => Promise<Checked<CompiledTrainer | undefined>>;
