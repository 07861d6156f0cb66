import type { Model } from "../check/model.ts";
import { weightKey, type WeightArrays } from "../ir/weight-arrays.ts";
import { modelWeights } from "./model-info.ts";

/** The arrays as generated code takes them: `{ encoder: { dense: { kernel } } }`. */
export function weightTree(model: Model, arrays: WeightArrays): unknown {
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
