import type { Precision } from "./ir/storage-types.ts";
import { printGraph } from "./ir/print-graph.ts";
import { printLoops } from "./ir/print-loops.ts";
import { verify } from "./ir/verify.ts";
import { verifyGraph } from "./ir/verify-graph.ts";
import { lowerToLoops } from "./lower/graph-to-loops.ts";
import { graphPasses } from "./passes/graph/index.ts";
import { defaultEngine, type EngineName } from "./passes/engines.ts";
import { optimize } from "./passes/index.ts";
import { loopPasses } from "./passes/loops/index.ts";
import type { PlanOptions } from "./passes/plan.ts";
import { bindModel } from "./stages/bind-model.ts";
import { checkBackEndLimits } from "./stages/check-limits.ts";
import { checkSource, type CheckOptions, type CheckResult } from "./stages/check-source.ts";
import { checkTargets } from "./stages/check-targets.ts";
import { eachModel, runStage } from "./stages/compilation.ts";
import { lowerModel } from "./stages/lower-model.ts";
import { planModel, type PlannedModel } from "./stages/plan-model.ts";
import type { Source } from "./syntax/source.ts";
import { defaultTarget, type TargetOption } from "./targets/index.ts";
import type { BoundModel } from "./targets/lowered-model.ts";
import { knownArrays } from "./targets/model-unit.ts";
import { relaxedSimd } from "./vectors/instruction-set.ts";
import { modelPrograms } from "./vectors/model-programs.ts";
import { vectorPasses } from "./vectors/passes.ts";
import { printVectors } from "./vectors/print-vectors.ts";

/**
 * What the compiler has a model as, one after the other: tensor operations, the loops that are printed as TypeScript, and the
 * loops on vectors of the WebAssembly target (with relaxed SIMD). Each has passes, which it goes through in order.
 */
export const irStages = [
  { name: "graph", passes: graphPasses },
  { name: "loops", passes: loopPasses },
  { name: "vectors", passes: vectorPasses },
] as const satisfies readonly IrStageEntry[];

interface IrStageEntry {
  readonly name: string;
  readonly passes: readonly { readonly name: string; readonly description: string }[];
}

export type IrStage = (typeof irStages)[number]["name"];

/** In place of the name of a pass: before the first one. */
export const beforePasses = "none";

export interface EmitIrOptions extends CheckOptions {
  readonly stage: IrStage;
  /** The last pass that runs, or `none`. Default: all passes of the stage do. A RangeError if the stage has no such pass. */
  readonly after?: string;
  /** As `compile` has it: whose loops they are, those that run where WebAssembly can't for `wasm`. Default `typescript`. */
  readonly target?: TargetOption;
  /** As `compile` has it. Default `auto`. */
  readonly unroll?: PlanOptions["unroll"];
  /** As `compile` has it. Default `any`. */
  readonly engine?: EngineName;
  /** As `compile` has it. Default `float32`. */
  readonly precision?: Precision;
  /** As `compile` has it. Default `false`. */
  readonly keepZeros?: boolean;
  /** As `compile` has it: weights in a file beside the module are not known to the passes. Default `inline`. */
  readonly weights?: "inline" | "file";
}

export interface EmitIrResult extends CheckResult {
  /** One per model. Empty when a diagnostic is an error. */
  readonly texts: readonly IrText[];
}

export interface IrText {
  readonly model: string;
  /** For reading, every function headed by its layer; its form may change from version to version. */
  readonly text: string;
}

/**
 * Prints what the compiler makes of a source on the way to code. The program is verified after every pass; an error that
 * names the pass is a bug of layerc and is thrown.
 */
export async function emitIr(source: Source | string, options: EmitIrOptions): Promise<EmitIrResult> {
  const passes: readonly string[] = [beforePasses, ...passNames(options.stage)];
  if (options.after !== undefined && !passes.includes(options.after)) {
    throw new RangeError(`'${options.stage}' has no pass '${options.after}', only ${passes.join(", ")}`);
  }
  const { target = defaultTarget, unroll = "auto", engine = defaultEngine } = options;
  const { result, weights } = await checkSource(source, options);
  const bound = await runStage(
    { checked: result, models: result.models },
    eachModel((model) => bindModel(model, weights.get(model), options.weights ?? "inline")),
  );
  if (options.stage !== "loops") {
    const texts = bound.models.map((model) => ({ model: model.model.name, text: modelIr(model, options) }));
    return { ...bound.checked, texts };
  }
  const planned = await runStage(
    bound,
    eachModel((model) =>
      planModel(lowerModel(model, options, undefined, { verify: verifyGraph }), { target, unroll, engine }),
    ),
  );
  // As for `compile`: what is too much for a module is too much to print.
  const sound = await runStage(planned, (models) => ({
    models,
    diagnostics: [...checkBackEndLimits(models), ...checkTargets(models, { target, unroll, engine })],
  }));
  const texts = sound.models.map((model) => ({ model: model.model.name, text: loopsIr(model, options.after) }));
  return { ...sound.checked, texts };
}

/** The names of the passes of a stage, in order. */
export function passNames(stage: IrStage): readonly string[] {
  return irStages.flatMap(({ name, passes }) => (name === stage ? passes.map((pass) => pass.name) : []));
}

/** A model at a stage that does not depend on the target: the graph, and the loops on vectors. */
function modelIr(bound: BoundModel, { stage, after, precision, keepZeros }: EmitIrOptions): string {
  const until = (of: IrStage): string | undefined => (stage === of ? after : undefined);
  const { graph } = lowerModel(bound, { precision, keepZeros }, undefined, {
    verify: verifyGraph,
    until: until("graph"),
  });
  if (stage === "graph") return printGraph(graph);
  const { program, single } = modelPrograms(graph, relaxedSimd, { verifyEach: true, until: until("vectors") });
  if (single === undefined) return printVectors(program);
  return `${printVectors(program, "many")}\n${printVectors(single, "one")}`;
}

/** The loops of a planned model. */
function loopsIr({ graph, plans, options, binding }: PlannedModel, after: string | undefined): string {
  const loops = lowerToLoops(graph, plans);
  return printLoops(optimize(loops, options, knownArrays(binding), { verify, until: after }));
}
