import {
  bindModel,
  check,
  emitTypeScript,
  generateModules,
  loadWeights,
  lowerModel,
  lowerToLoops,
  makeUnit,
  planModel,
  planOperations,
  version,
  type BoundModel,
  type Host,
  type LoweredModel,
  type WeightArrays,
} from "layerc";
import type {
  Runnable,
  SourceFile,
  Variant,
  WeightTree,
} from "../model/built.ts";
import { withoutMissingWeights } from "./missing-weights.ts";
import { randomArray } from "./random-weights.ts";

/** A model of a source as a module of JavaScript, with its weights where the module takes them. */
export async function makeRunnable(
  source: SourceFile,
  name: string,
  variant: Variant,
  host: Host,
): Promise<Runnable> {
  const given = await withoutMissingWeights(source, host);
  const { models } = await check(
    { path: given.name, text: given.text },
    { host },
  );
  const model = models.find((one) => one.name === name);
  if (model === undefined) throw new Error(`there is no model ${name}`);
  const { arrays } = await loadWeights([model], host);
  const trained = arrays.get(model);
  const bound = bindModel(model, trained, "inline");
  const lowered = lowerModel(bound);
  if (trained === undefined) checkSize(lowered);
  const text =
    variant === "naive"
      ? await naiveModule(bound, lowered, given.name)
      : await fastModule(lowered, variant, given.name);
  const { binding } =
    variant === "naive" ? bindModel(model, undefined, "inline") : bound;
  return {
    variant,
    text,
    info: `${model.exportName}Info`,
    random: trained === undefined && lowered.weights.length > 0,
    ...(binding.kind === "inline"
      ? { instance: model.exportName }
      : {
          create: `create${model.name}`,
          weights: weightTree(lowered, trained),
        }),
  };
}

/** Random weights are made only for models that fit into a page three times. */
const mostRandomWeights = 2 ** 25;

function checkSize({ model, weights }: LoweredModel): void {
  const total = weights
    .map(({ shape }) => shape.reduce((product, size) => product * size, 1))
    .reduce((sum, size) => sum + size, 0);
  if (total > mostRandomWeights)
    throw new Error(
      `${model.name} has ${total.toLocaleString("en")} parameters: too many to make random ones of, up to ${mostRandomWeights.toLocaleString("en")} are`,
    );
}

/** What `layerc build` writes. */
async function fastModule(
  lowered: LoweredModel,
  target: "typescript" | "wasm",
  sourceName: string,
): Promise<string> {
  const planned = await planModel(lowered, { target });
  const [generated] = await generateModules([planned], {
    emit: "js",
    sourceName,
  });
  return generated!.module.files[0]!.text;
}

/**
 * Every operation of the model as the plain loops that define it: nothing fused, folded, unrolled or tiled, the weights in arrays. What
 * one writes by hand, and what layerc begins with.
 */
async function naiveModule(
  { model }: BoundModel,
  { stated }: LoweredModel,
  sourceName: string,
): Promise<string> {
  const lowered = lowerModel(bindModel(model, undefined, "inline"));
  const options = { unroll: "none", bound: false } as const;
  const unit = await makeUnit(
    await planModel(lowered, { target: "typescript", unroll: "none" }),
  );
  const plans = planOperations(stated.operations, options);
  const program = lowerToLoops(stated, plans);
  const printed = emitTypeScript([{ ...unit, program }], {
    emit: "js",
    sourceName,
    version,
  });
  return printed.restore(printed.text);
}

function weightTree(
  { weights }: LoweredModel,
  trained: WeightArrays | undefined,
): WeightTree {
  type Tree = { [name: string]: Tree | Float32Array };
  // Without a prototype, so that a layer may be called `__proto__`.
  const makeNode = (): Tree => Object.create(null) as Tree;
  const root = makeNode();
  weights.forEach(({ path, shape }, at) => {
    let node = root;
    for (const part of path.slice(0, -1))
      node = (node[part] ??= makeNode()) as Tree;
    node[path.at(-1)!] =
      trained?.get(path.join("/")) ?? randomArray(path.at(-1)!, shape, at);
  });
  return root;
}
