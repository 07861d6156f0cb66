import { didYouMean } from "../diagnostics/suggest.ts";
import { layers } from "../layers/index.ts";
import type { CallNode } from "../python/ast.ts";
import { applyLayer, inputTensor } from "./apply.ts";
import { evaluateArguments, valueOf } from "./arguments.ts";
import { callMethod } from "./methods.ts";
import { applyActivation, makeInput, makeLayer, makeObject } from "./layers.ts";
import { lackingClass } from "./lacking-class.ts";
import { isHarmless, libraryItem, methodOf } from "./library.ts";
import { makeFunctional, makeSequential } from "./make-model.ts";
import { pureFunction } from "./pure-functions.ts";
import { dependOn, quote, type CallArguments, type Run } from "./run.ts";
import { setOptimizer } from "./set-optimizer.ts";
import { torchModule, torchSequential } from "./torch.ts";
import { none, unknown, type PythonValue, type Scope } from "./values.ts";

/** What a call of a script stands for. */
export function evaluateCall(node: CallNode, scope: Scope, run: Run): PythonValue {
  const callee = run.evaluate(node.callee, scope);
  const args = evaluateArguments(node.arguments, scope, run);
  const { span } = node;
  switch (callee.kind) {
    case "path":
      return callPath(callee.path, args, node, scope, run);
    case "method":
      return callMethod(callee.of, callee.name, args, node, scope, run) ?? unread(args, node, run);
    case "layer":
      return applyLayer(callee.layer, args, span, run);
    case "model":
      return applyLayer(callee.model, args, span, run);
    case "function":
      return run.callFunction(callee.definition, callee.scope, args, span);
    case "unknown": {
      const result = unread(args, node, run);
      const slip = callee.free === undefined || result.kind !== "unknown" ? {} : didYouMean(callee.free, layerNames);
      if (slip.help === undefined || callee.free === undefined) return result;
      return unknown({ reason: `nothing in the script gives a value to '${callee.free}'`, span, help: slip.help });
    }
    default:
      return unread(args, node, run);
  }
}

/** What a name without a value may be a slip for. */
const layerNames = layers.map(({ className }) => className);

function callPath(path: string, args: CallArguments, node: CallNode, scope: Scope, run: Run): PythonValue {
  const { span } = node;
  const method = methodOf(path);
  const [self, ...others] = args.positional;
  if (method !== undefined && self?.value.kind === "model") {
    const found = callMethod(self.value, method, { ...args, positional: others }, node, scope, run);
    if (found !== undefined) return found;
  }
  const item = libraryItem(path);
  switch (item.kind) {
    case "sequential":
      return { kind: "model", model: makeSequential(args, span, run) };
    case "model":
      return { kind: "model", model: makeFunctional(args, span, run) };
    case "input":
      return { kind: "tensor", tensor: inputTensor(makeInput(item.kind, args, span, run), run) };
    case "input-layer":
      return { kind: "input", input: makeInput(item.kind, args, span, run) };
    case "layer":
      return { kind: "layer", layer: makeLayer(item.className, args, span, run) };
    case "applied-layer": {
      const layer = makeLayer(item.className, { positional: [], named: new Map() }, span, run);
      return applyLayer(layer, { ...args, named: new Map() }, span, run);
    }
    case "activation":
      return applyActivation(item.definition, item.presets, args, span, run);
    case "object":
      return makeObject(item.definition, args, span, run);
    case "torch":
      return item.name === "Sequential"
        ? torchSequential(args, node, run)
        : torchModule(item.name, node, args, scope, run);
    case "get":
      return valueOf(args, 0, "identifier");
    case "load":
      return loaded(path, args, node, run);
    case "other":
      return callOther(path, args, node, run);
  }
}

/** A model that is read from a file is none that the script makes. */
function loaded(path: string, args: CallArguments, node: CallNode, run: Run): PythonValue {
  const { span } = node;
  const copied = valueOf(args, 0, "model");
  if (copied.kind === "model") return copied;
  const file = valueOf(args, 0, "filepath");
  const name = file.kind === "string" ? file.value : "model.keras";
  const reason = `the model is made by ${quote(node.callee.span, run)}, and not in the script`;
  const help = path.endsWith("load_model") ? `import its file: layerc import ${name}` : undefined;
  run.lost.push({ reason, span, ...(help === undefined ? {} : { help }) });
  return unknown({ reason, span, ...(help === undefined ? {} : { help }) });
}

function callOther(path: string, args: CallArguments, node: CallNode, run: Run): PythonValue {
  if (path === "builtins.dict") {
    return { kind: "dict", entries: new Map([...args.named].map(([name, { value }]) => [name, value])) };
  }
  const [variable, given] = args.positional;
  if (path.endsWith(".set_value") && variable !== undefined && given !== undefined) {
    if (setOptimizer(variable.value, variable.node, given, run)) return none;
  }
  const lacking = lackingClass(path);
  if (lacking !== undefined) return unknown({ ...lacking, span: node.span });
  const pure = args.spread === undefined && args.named.size === 0 ? pureFunction(path) : undefined;
  const result = pure?.(...args.positional.map(({ value }) => value));
  if (result !== undefined) return result;
  return isHarmless(path) ? known(args, node, run) : unread(args, node, run);
}

/** What a call gives that nothing here knows. A Sequential that it is given may be another afterwards. */
function unread(args: CallArguments, node: CallNode, run: Run): PythonValue {
  const { span } = node;
  const reason = `${quote(node.callee.span, run)} is given the model, and may change it: nothing in a script is run`;
  for (const value of valuesIn(args)) {
    if (value.kind !== "model" || value.model.content.kind !== "sequential") continue;
    value.model.problems.push({ reason, span });
    dependOn(value.model.statement, run);
  }
  return known(args, node, run);
}

function known(args: CallArguments, node: CallNode, run: Run): PythonValue {
  const { span } = node;
  const [lost] = valuesIn(args).filter((value) => value.kind === "unknown" && value.free === undefined);
  const isOfTensors = valuesIn(args).some(({ kind }) => kind === "tensor");
  if (isOfTensors && lost?.kind === "unknown") return unknown(lost.why);
  const callee = quote(node.callee.span, run);
  const reason = isOfTensors
    ? `${callee} takes part in the model, and is nothing of Keras that Layers has`
    : `${callee} is a call of Python, and a script is read, not run`;
  return unknown({ reason, span });
}

/** The values that a call is given, those in its lists, too. */
function valuesIn({ positional, named, spread }: CallArguments): readonly PythonValue[] {
  const given = [...positional, ...named.values(), ...(spread === undefined ? [] : [spread])].map(({ value }) => value);
  return given.flatMap((value) =>
    value.kind === "list" || value.kind === "tuple" ? [value, ...value.items] : [value],
  );
}
