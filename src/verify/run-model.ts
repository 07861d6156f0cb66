import type { Model } from "../check/model.ts";
import type { WeightArrays } from "../ir/weight-arrays.ts";
import { parameterCount } from "../lower/model-info.ts";
import { weightTree } from "../lower/weight-tree.ts";
import { generateModules } from "../stages/generate-modules.ts";
import type { PlannedModel } from "../stages/plan-model.ts";
import type { BoundModel } from "../targets/lowered-model.ts";
import type { DimValues } from "../cases/fit-cases.ts";

/** Runs the text of a JavaScript module and answers its exports. The core has no way to do it that works everywhere. */
export type RunModule = (text: string) => Promise<Readonly<Record<string, unknown>>>;

/** A compiled model that can be called: the generated interface of its module, as far as a test calls it. */
export interface RunnableModel {
  /** What the module says that its kernels run on, where it has several. */
  readonly backend?: string;
  forward(input: Float32Array, output: undefined, dims: DimValues): Float32Array;
  forwardBatch(inputs: Float32Array, output: undefined, dims: DimValues): Float32Array;
}

/** Parameters that are put into the text of a module; more are given to it as arrays, which is the same code otherwise. */
const inlineParameters = 2 ** 20;

/** A model with the arrays for a run, in the way in which they reach its code. */
export function bindForRun(model: Model, arrays: WeightArrays): BoundModel & { readonly arrays: WeightArrays } {
  const isInline = parameterCount(model.layers) <= inlineParameters;
  return { model, arrays, binding: isInline ? { kind: "inline", arrays } : { kind: "argument" } };
}

/** Compiles a planned model as `layerc build` does and loads its module. */
export async function loadModel(
  planned: PlannedModel & { readonly arrays: WeightArrays },
  runModule: RunModule,
): Promise<RunnableModel> {
  const { model, arrays, binding } = planned;
  const [generated] = await generateModules([planned], { emit: "js", sourceName: model.file, layout: false });
  const exported = await runModule(generated?.module.files[0]?.text ?? "");
  const instance = (
    binding.kind === "inline"
      ? exported[model.exportName]
      : (exported[`create${model.name}`] as (weights: unknown) => unknown)(weightTree(model, arrays))
  ) as RunnableModel;
  const { backend } = exported[`${model.exportName}Info`] as { readonly backend?: string };
  return {
    ...(backend === undefined ? {} : { backend }),
    forward: (input, output, dims) => instance.forward(input, output, dims),
    forwardBatch: (inputs, output, dims) => instance.forwardBatch(inputs, output, dims),
  };
}
