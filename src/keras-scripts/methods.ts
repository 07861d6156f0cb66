import type { CallNode, Expression } from "../python/ast.ts";
import { argumentOf, valueOf } from "./arguments.ts";
import { compileOf } from "./compile-of.ts";
import { addItem, buildModel, emptySequential } from "./make-model.ts";
import { layersOf } from "./model-parts.ts";
import {
  bind,
  changeValue,
  dependOn,
  lookUp,
  quote,
  takesSteps,
  tooManySteps,
  type CallArguments,
  type Run,
} from "./run.ts";
import { setOptimizer } from "./set-optimizer.ts";
import { none, unknown, type ListValue, type PythonValue, type Scope, type ScriptModel } from "./values.ts";

/** Methods of a model that leave its layers as they are. */
const using: ReadonlySet<string> = new Set(
  `compile fit fit_generator evaluate evaluate_generator predict predict_generator predict_classes predict_proba
  train_on_batch test_on_batch predict_on_batch summary save save_weights load_weights export save_own_variables to_json
  to_yaml get_config get_weights set_weights count_params get_layer reset_states reset_metrics make_predict_function
  make_train_function compute_output_shape call`.split(/\s+/),
);

/** Whether a method of a model leaves its layers as they are. */
export function isUsing(method: string): boolean {
  return using.has(method) || method === "build";
}

/** What a method gives; undefined where nothing is known of it. */
export function callMethod(
  of: PythonValue,
  name: string,
  args: CallArguments,
  node: CallNode,
  scope: Scope,
  run: Run,
): PythonValue | undefined {
  const { span } = node;
  switch (of.kind) {
    case "model":
      return callOfModel(of.model, name, args, node, run);
    case "list":
      return callOfList(of, name, args, node, run);
    case "tuple": {
      const root = lookUp(rootName(node.callee) ?? "", scope)?.value;
      if (root?.kind === "model" && changesList(name)) {
        root.model.problems.push({
          reason: `${quote(node.callee.span, run)} changes the model, and is not read`,
          span,
        });
      }
      return unknown({ reason: `${quote(span, run)} is computed by Python, and a script is read, not run`, span });
    }
    case "layer":
      // adapt, build, get_weights: they leave the layer as it is.
      return unknown({ reason: `${quote(span, run)} is known only when the script runs`, span });
    case "method": {
      const [value] = args.positional;
      const set = node.callee.kind === "attribute" ? node.callee.object : node;
      return name === "assign" && value !== undefined && setOptimizer(of, set, value, run) ? none : undefined;
    }
    case "unknown": {
      // A part of a script, of which the line that makes the model was not copied.
      if (name !== "add" || of.free === undefined || !isLayer(valueOf(args, 0, "layer"))) return undefined;
      const model = emptySequential(span, run);
      bind(of.free, { kind: "model", model }, run.root, run);
      return callOfModel(model, name, args, node, run);
    }
    default:
      return undefined;
  }
}

function isLayer({ kind }: PythonValue): boolean {
  return kind === "layer" || kind === "model" || kind === "input" || kind === "tensor";
}

function callOfModel(model: ScriptModel, name: string, args: CallArguments, node: CallNode, run: Run): PythonValue {
  const { span } = node;
  switch (name) {
    case "add": {
      const layer = argumentOf(args, 0, "layer");
      change(model, run);
      if (layer === undefined || args.spread !== undefined) {
        model.problems.push({ reason: `${quote(span, run)} adds what is not said`, span });
      } else addItem(model, layer.value, layer.span, run);
      return none;
    }
    case "pop": {
      change(model, run);
      const last = model.content.kind === "sequential" ? model.content.items.pop() : undefined;
      if (last !== undefined && model.content.kind === "sequential") {
        model.content.members.delete(last);
        delete model.content.chain;
      } else model.problems.push({ reason: "there is no layer to take off", span });
      return unknown({ reason: "it was taken off the model", span });
    }
    case "build":
      change(model, run);
      buildModel(model, args, run);
      return none;
    case "compile":
      model.compiled = compileOf(args, span, run);
      run.uses.set(run.statement, { model, method: name, span });
      return none;
    case "get_layer": {
      const wanted = valueOf(args, 0, "name");
      const found = layersOf(model).find((layer) => wanted.kind === "string" && nameOf(layer) === wanted.value);
      return found ?? unknown({ reason: `${quote(span, run)} is known only when the script runs`, span });
    }
  }
  if (using.has(name)) {
    run.uses.set(run.statement, { model, method: name, span });
    return unknown({ reason: `${quote(span, run)} is known only when the script runs`, span });
  }
  model.problems.push({ reason: `${quote(node.callee.span, run)} is a method that is not read`, span });
  return unknown({ reason: `${quote(node.callee.span, run)} is a method that is not read`, span });
}

function nameOf(value: PythonValue): string | undefined {
  return value.kind === "layer" ? value.layer.name : value.kind === "model" ? value.model.name : undefined;
}

/** The statement that is read makes another model of a model. */
function change(model: ScriptModel, run: Run): void {
  model.changes.push(run.statement);
  dependOn(model.statement, run);
}

function callOfList(list: ListValue, name: string, args: CallArguments, node: CallNode, run: Run): PythonValue {
  const { span } = node;
  const value = args.positional[0]?.value;
  if (!takesSteps(run, span, list.items.length)) {
    list.why = { reason: tooManySteps, span };
  } else if (name === "append" && value !== undefined) {
    list.items = [...list.items, value];
    changeValue(list, run);
  } else if (name === "extend" && (value?.kind === "list" || value?.kind === "tuple") && value.why === undefined) {
    list.items = [...list.items, ...value.items];
    changeValue(list, run);
  } else if (changesList(name)) {
    list.why = { reason: `${quote(node.callee.span, run)} changes the list, and is not read`, span };
  }
  return unknown({ reason: `${quote(span, run)} is computed by Python, and a script is read, not run`, span });
}

/** Whether a method of a list makes another list of it. */
export function changesList(name: string): boolean {
  return !["index", "count", "copy"].includes(name);
}

/** The name at the root of an expression: `model` of `model.layers[0].output`. */
export function rootName(node: Expression): string | undefined {
  let at = node;
  while (at.kind === "attribute" || at.kind === "subscript") at = at.object;
  return at.kind === "name" ? at.name : undefined;
}
