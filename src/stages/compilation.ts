import { hasErrors, type Diagnostic } from "../diagnostics/diagnostic.ts";
import type { CheckResult } from "./check-source.ts";

/** A file on its way through the pipeline: what is known of it, and one record for each model, to which every stage adds. */
export interface Compilation<Item> {
  readonly checked: CheckResult;
  readonly models: readonly Item[];
}

/** What a stage makes of the models of a file. */
export interface StageResult<Item> {
  readonly models: readonly Item[];
  /** What it has found, for those of the file. */
  readonly diagnostics?: readonly Diagnostic[];
  /** What it has read. */
  readonly dependencies?: readonly string[];
}

/** Takes a file through a stage. After an error no stage runs and no model is left: this is where compilations end early. */
export async function runStage<Item, Next>(
  { checked, models }: Compilation<Item>,
  stage: (models: readonly Item[]) => StageResult<Next> | Promise<StageResult<Next>>,
): Promise<Compilation<Next>> {
  if (hasErrors(checked.diagnostics)) return { checked, models: [] };
  const { models: next, diagnostics = [], dependencies = [] } = await stage(models);
  const found = {
    diagnostics: [...checked.diagnostics, ...diagnostics],
    dependencies: [...checked.dependencies, ...dependencies],
  };
  return { checked: { ...checked, ...found }, models: hasErrors(diagnostics) ? [] : next };
}

/** The stage that does the same to every model and finds nothing wrong. */
export function eachModel<Item, Next>(
  stage: (model: Item) => Next | Promise<Next>,
): (models: readonly Item[]) => Promise<StageResult<Next>> {
  return async (models) => ({ models: await Promise.all(models.map(stage)) });
}
