import { targets } from "../targets/index.ts";
import type { EmittedModule, EmitOptions } from "../targets/emitted-module.ts";
import type { ModelUnit } from "../targets/model-unit.ts";
import type { Target } from "../targets/target.ts";
import { version } from "../version.ts";
import { makeUnit, type UnitOptions } from "./make-unit.ts";
import type { PlannedModel } from "./plan-model.ts";

/** A model with its loops, and the module that it is in. */
export interface GeneratedModel extends PlannedModel {
  readonly unit: ModelUnit;
  readonly module: EmittedModule;
}

/** Planned models of one file -> the text of a module, the same for all models whose targets share a way to print them. */
export async function generateModules(
  planned: readonly PlannedModel[],
  { training, masked, ...options }: Pick<EmitOptions, "emit" | "sourceName" | "selfTest" | "layout"> & UnitOptions,
): Promise<readonly GeneratedModel[]> {
  const units = await Promise.all(planned.map((model) => makeUnit(model, { training, masked })));
  const reservedNames = targets.flatMap((target): readonly string[] => target.reservedNames);
  const modules = new Map<Target["emit"], EmittedModule>();
  for (const emit of new Set(planned.map(({ target }) => target.emit))) {
    const own = units.filter((_, at) => planned[at]?.target.emit === emit);
    modules.set(emit, await emit(own, { ...options, version, reservedNames }));
  }
  return planned.map((model, at) => ({
    ...model,
    unit: units[at] as ModelUnit,
    module: modules.get(model.target.emit) as EmittedModule,
  }));
}
