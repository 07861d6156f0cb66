import type { Model } from "./check/model.ts";
import { hasErrors } from "./diagnostics/diagnostic.ts";
import { defaultPrecision, type Precision } from "./ir/storage-types.ts";
import { printGraph } from "./ir/print-graph.ts";
import { printLoops } from "./ir/print-loops.ts";
import { verify } from "./ir/verify.ts";
import { verifyGraph } from "./ir/verify-graph.ts";
import type { WeightArrays } from "./ir/weight-arrays.ts";
import { lowerToLoops } from "./lower/graph-to-loops.ts";
import { lowerToGraph } from "./lower/model-to-graph.ts";
import { graphPasses, optimizeGraph } from "./passes/graph/index.ts";
import { optimize } from "./passes/index.ts";
import { loopPasses } from "./passes/loops/index.ts";
import { planOperations, type PlanOptions } from "./passes/plan.ts";
import { checkSource, type CheckOptions, type CheckResult } from "./stages/check-source.ts";
import type { Source } from "./syntax/source.ts";
import { relaxedSimd } from "./vectors/instruction-set.ts";
import { modelPrograms } from "./vectors/model-programs.ts";
import { vectorPasses } from "./vectors/passes.ts";
import { printVectors } from "./vectors/print-vectors.ts";

/**
 * What the compiler has a model as, one after the other: tensor operations, the loops of the TypeScript target, and the
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
  /** As `compile` has it. Default `auto`. */
  readonly unroll?: PlanOptions["unroll"];
  /** As `compile` has it. Default `float32`. */
  readonly precision?: Precision;
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
  const { result, weights } = await checkSource(source, options);
  if (hasErrors(result.diagnostics)) return { ...result, texts: [] };
  const texts = result.models.map((model) => ({
    model: model.name,
    text: modelIr(model, options.weights === "file" ? undefined : weights.get(model), options),
  }));
  return { ...result, texts };
}

/** The names of the passes of a stage, in order. */
export function passNames(stage: IrStage): readonly string[] {
  return irStages.flatMap(({ name, passes }) => (name === stage ? passes.map((pass) => pass.name) : []));
}

function modelIr(model: Model, arrays: WeightArrays | undefined, options: EmitIrOptions): string {
  const { stage, after, unroll = "auto", precision = defaultPrecision } = options;
  const until = (of: IrStage): string | undefined => (stage === of ? after : undefined);
  const graph = optimizeGraph(
    lowerToGraph(model),
    { arrays, precision },
    { verify: verifyGraph, until: until("graph") },
  );
  if (stage === "graph") return printGraph(graph);
  if (stage === "vectors") {
    const { program, single } = modelPrograms(graph, relaxedSimd, { verifyEach: true, until: until("vectors") });
    if (single === undefined) return printVectors(program);
    return `${printVectors(program, "many")}\n${printVectors(single, "one")}`;
  }
  const planOptions: PlanOptions = { unroll, bound: arrays !== undefined };
  const loops = lowerToLoops(graph, planOperations(graph.operations, planOptions));
  return printLoops(optimize(loops, planOptions, arrays ?? new Map(), { verify, until: until("loops") }));
}
