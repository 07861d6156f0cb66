import type { Model } from "../check/model.ts";
import { formatTypeScript } from "../format/typescript.ts";
import type { Precision } from "../ir/bfloat16.ts";
import { weightKey, type WeightArrays } from "../ir/weight-arrays.ts";
import { modelWeights, parameterCount } from "../lower/model-info.ts";
import { makeTargetedUnit, planForTarget, type Target } from "../stages/choose-target.ts";
import type { WeightBinding } from "../targets/model-unit.ts";
import { emitTypeScript } from "../targets/typescript/emit.ts";
import { version } from "../version.ts";
import type { DimValues } from "../cases/fit-cases.ts";

/** Runs the text of a JavaScript module and answers its exports. The core has no way to do it that works everywhere. */
export type RunModule = (text: string) => Promise<Readonly<Record<string, unknown>>>;

/** How models are compiled for a run. */
export interface RunOptions {
  readonly unroll: "auto" | "full" | "none";
  readonly precision: Precision;
  readonly target: Target;
  readonly runModule: RunModule;
}

/** The generated interface of a model, as far as a test calls it. */
interface Instance {
  forwardBatch(inputs: Float32Array, output?: Float32Array, dims?: DimValues): Float32Array;
}

/** Parameters that are put into the text of a module; more are given to it as arrays, which is the same code otherwise. */
const inlineParameters = 2 ** 20;

/** How the weights of a model reach its code in a run. */
export function runBinding(model: Model, arrays: WeightArrays): WeightBinding {
  return parameterCount(model.layers) <= inlineParameters ? { kind: "inline", arrays } : { kind: "argument" };
}

/** Compiles a model as `layerc build` does and runs its `forwardBatch` on samples, row-major. */
export async function runModel(
  model: Model,
  arrays: WeightArrays,
  inputs: Float32Array,
  dims: DimValues,
  { unroll, precision, target, runModule }: RunOptions,
): Promise<Float32Array> {
  const binding = runBinding(model, arrays);
  const unit = await makeTargetedUnit(planForTarget(model, binding, { unroll, precision, target }));
  const module = emitTypeScript([unit], { emit: "js", version, sourceName: model.file });
  const exported = await runModule(module.restore(await formatTypeScript(module.text)));
  const instance =
    binding.kind === "inline"
      ? exported[model.exportName]
      : (exported[`create${model.name}`] as (weights: unknown) => unknown)(weightTree(model, arrays));
  return (instance as Instance).forwardBatch(inputs, undefined, dims);
}

/** The arrays as generated code takes them: `{ encoder: { dense: { kernel } } }`. */
function weightTree(model: Model, arrays: WeightArrays): unknown {
  type Tree = { [name: string]: Tree | Float32Array };
  // Without a prototype, so that a layer may be called `__proto__`.
  const makeNode = (): Tree => Object.create(null) as Tree;
  const root = makeNode();
  for (const { path } of modelWeights(model)) {
    let node = root;
    for (const part of path.slice(0, -1)) node = (node[part] ??= makeNode()) as Tree;
    node[path.at(-1) as string] = arrays.get(weightKey(path)) as Float32Array;
  }
  return root;
}
