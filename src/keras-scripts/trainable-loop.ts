import type { BlockStatement, Expression, Statement } from "../python/ast.ts";
import { partsOf } from "../python/nodes.ts";
import { bind, type Run } from "./run.ts";
import { setTrainable } from "./set-trainable.ts";
import type { Scope } from "./values.ts";

/**
 * `for layer in model.layers[:-1]: layer.trainable = False`, which is read though it is a loop, for every layer is known that it
 * sets; whether it is that.
 */
export function takeTrainableLoop({ word, targets, parts, body }: BlockStatement, scope: Scope, run: Run): boolean {
  const [target] = targets;
  const [list] = parts;
  if (word !== "for" || targets.length !== 1 || target?.kind !== "name" || list === undefined) return false;
  const settings = body.map((statement) => settingOf(statement, target.name));
  const last = settings.at(-1);
  if (last === undefined || settings.includes(undefined) || !callsNothing(list)) return false;
  const layers = run.evaluate(list, scope);
  if ((layers.kind !== "list" && layers.kind !== "tuple") || layers.why !== undefined) return false;
  if (!layers.items.every(({ kind }) => kind === "layer" || kind === "model" || kind === "input")) return false;
  for (const layer of layers.items) {
    setTrainable(layer, last);
    bind(target.name, layer, scope, run);
  }
  run.settings.add(run.statement);
  return true;
}

/** What `layer.trainable = False` sets. */
function settingOf(statement: Statement, name: string): boolean | undefined {
  if (statement.kind !== "assign" || statement.value.kind !== "constant") return undefined;
  const isSetting = statement.targets.every(
    (target) =>
      target.kind === "attribute" &&
      target.name === "trainable" &&
      target.object.kind === "name" &&
      target.object.name === name,
  );
  return isSetting ? (statement.value.value ?? undefined) : undefined;
}

/** Where something is called, a statement that is tried and not read would change what it is given twice. */
function callsNothing(node: Expression): boolean {
  return node.kind !== "call" && partsOf(node).every(callsNothing);
}
