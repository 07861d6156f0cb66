import type { Model } from "../check/model.ts";
import { hasErrors, type Checked } from "../diagnostics/diagnostic.ts";
import type { Slot } from "../gradients/update.ts";
import { crc32 } from "../files/crc32.ts";
import { weightKey } from "../ir/weight-arrays.ts";
import { targetUnavailable } from "../passes/diagnostics.ts";
import { bindModel } from "../stages/bind-model.ts";
import { checkBackEndLimits } from "../stages/check-limits.ts";
import { checkTargets } from "../stages/check-targets.ts";
import { generateModules } from "../stages/generate-modules.ts";
import { lowerModel } from "../stages/lower-model.ts";
import { planModel } from "../stages/plan-model.ts";
import type { TargetName, TargetOption } from "../targets/index.ts";
import type { RunModule } from "../verify/run-model.ts";
import type { Trainer, TrainerOptions } from "./loop/trainer.ts";
import type { OptimizerSlot } from "./pruning/pruned-trainer.ts";

/** A model compiled for training. */
export interface CompiledTrainer {
  readonly target: TargetName;
  /** Differs where what the trainer computes does. */
  readonly fingerprint: string;
  /** What the optimizer keeps in the trainer's state, of each weight. */
  readonly slots: readonly OptimizerSlot[];
  create(options: TrainerOptions): Trainer;
}

/**
 * Compiles a model that has a `compile` clause for training, and loads its module. `masked` are the keys of the weights of which the
 * trainer's state has masks.
 */
export type CompileTrainer = (
  model: Model,
  target: TargetOption,
  masked?: ReadonlySet<string>,
) => Promise<Checked<CompiledTrainer | undefined>>;

/** Compiles as `layerc build --training` does, but that the weights, which training makes, are no part of the module. */
export function trainerCompiler(runModule: RunModule): CompileTrainer {
  return async (model, target, masked) => {
    const { weights: _, ...unbound } = model;
    const lowered = lowerModel(bindModel(unbound, undefined, "inline"));
    const planned = await planModel(lowered, { target, shipped: false });
    const diagnostics = [
      ...checkBackEndLimits([planned]),
      // Whether another target is faster is said of the forward function.
      ...checkTargets([planned], { target, unroll: "auto" }).filter(({ code }) => code === targetUnavailable.code),
    ];
    if (hasErrors(diagnostics)) return { value: undefined, diagnostics };
    // The name of the file is no part of what the trainer computes.
    const options = { emit: "js", sourceName: "model.layers", training: true, masked, layout: false } as const;
    const [generated] = await generateModules([planned], options);
    const text = generated?.module.files[0]?.text ?? "";
    const exported = await runModule(text);
    const create = exported[`create${model.name}Trainer`] as CompiledTrainer["create"];
    const fingerprint = crc32(new TextEncoder().encode(text)).toString(16).padStart(8, "0");
    const slots = generated?.unit.trainer?.lowered.program.slots ?? [];
    const value = { target: planned.choice.target, fingerprint, slots: slots.map(slotOf), create };
    return { value, diagnostics };
  };
}

function slotOf({ variable, name, initial = 0 }: Slot): OptimizerSlot {
  const weight = weightKey(variable.weight.path);
  return { name: `optimizer/${weight}/${name}`, weight, initial };
}
