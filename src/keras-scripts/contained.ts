import { reachable } from "./model-parts.ts";
import type { ScriptLayer, ScriptModel, Tensor } from "./values.ts";

/** All that a model is made of. */
export interface Contained {
  /** Itself and the models in it. */
  readonly models: ReadonlySet<ScriptModel>;
  readonly layers: ReadonlySet<ScriptLayer>;
  /** The statements that made any of it. */
  readonly statements: ReadonlySet<number>;
}

export function containedIn(whole: ScriptModel): Contained {
  const models = new Set<ScriptModel>([whole]);
  const layers = new Set<ScriptLayer>();
  const statements = new Set<number>();
  if (whole.compiled !== undefined) statements.add(whole.compiled.statement);
  const take = (source: Tensor["source"]): void => {
    statements.add(source.statement);
    if (source.kind === "model") models.add(source);
    if (source.kind === "layer") layers.add(source);
  };
  // A set is gone through to what is added meanwhile.
  for (const { content, statement, changes } of models) {
    statements.add(statement);
    for (const change of changes) statements.add(change);
    if (content.kind === "sequential") for (const item of content.items) take(item);
    else {
      for (const tensor of reachable(content.outputs, content.inputs)) {
        statements.add(tensor.statement);
        take(tensor.source);
      }
    }
  }
  return { models, layers, statements };
}
