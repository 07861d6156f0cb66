import type { JsonObject, JsonValue } from "../files/json.ts";
import type { Expression } from "../python/ast.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import { lackingClass } from "./lacking-class.ts";
import { libraryItem } from "./library.ts";
import { quote, takesSteps, tooManySteps, type Run } from "./run.ts";
import type { GivenArgument, ListValue, PythonValue, ScriptLayer, Why } from "./values.ts";
import type { Converted, Written } from "./written.ts";

/** The value of an argument as a configuration of Keras has it. */
export function convert(node: Expression, value: PythonValue, run: Run): Converted {
  const converted = convertValue(value, node.span, run);
  // A function may have another value of that name.
  const isConstant = node.kind === "name" && run.constants.has(node.name);
  if (!isConstant || run.root.names.get(node.name)?.value !== value) return converted;
  // The number itself has its name already.
  const isNamed = (value.kind === "list" || value.kind === "tuple") && areNumbers(converted.json);
  return isNamed ? { ...converted, written: { ...converted.written, name: node.name } } : converted;
}

function areNumbers(json: JsonValue | undefined): boolean {
  return Array.isArray(json) && json.length > 0 && json.every((item) => typeof item === "number");
}

/** Lists in lists. Only one that is appended to itself has more. */
const deepestList = 50;

function convertValue(value: PythonValue, span: Span, run: Run, depth = 0): Converted {
  switch (value.kind) {
    case "number":
      return { json: value.value, written: { formula: value.formula } };
    case "string":
    case "boolean":
      return { json: value.value, written: {} };
    case "none":
      return { json: null, written: {} };
    case "list":
    case "tuple":
      return convertList(value, span, run, depth);
    case "path":
      return convertPath(value.path, span);
    case "object":
      return value.converted;
    case "layer":
      return convertLayer(value.layer);
    case "unknown":
      return { written: {}, why: value.why };
    case "method":
      // `args.hidden`: what it belongs to is not known, so it may be anything.
      if (value.of.kind === "unknown") {
        return { written: {}, why: { reason: `${quote(span, run)} is known only when the script runs`, span } };
      }
      return { written: {}, why: { reason: `${quote(span, run)} is ${nouns.method}`, span } };
    default:
      return { written: {}, why: { reason: `${quote(span, run)} is ${nouns[value.kind]}`, span } };
  }
}

const nouns = {
  dict: "a dict",
  model: "a model",
  input: "an input",
  tensor: "what a layer gives",
  function: "a function of Python, and a script is read, not run",
  method: "a method of Python, and a script is read, not run",
};

function convertList({ items, why }: ListValue, span: Span, run: Run, depth: number): Converted {
  if (why !== undefined) return { written: {}, why };
  if (depth >= deepestList) return { written: {}, why: { reason: `its lists nest deeper than ${deepestList}`, span } };
  if (!takesSteps(run, span, items.length)) return { written: {}, why: { reason: tooManySteps, span } };
  const converted = items.map((item) => convertValue(item, span, run, depth + 1));
  const wrong = converted.find((item) => item.json === undefined);
  if (wrong !== undefined) return wrong;
  return {
    json: converted.map(({ json }) => json as JsonValue),
    written: { items: converted.map(({ written }) => written) },
  };
}

/** What a path of a library is as an argument: an activation, an object without arguments, a dtype. */
function convertPath(path: string, span: Span): Converted {
  const item = libraryItem(path);
  switch (item.kind) {
    case "activation": {
      const { definition, presets } = item;
      const isPlain = Object.keys(presets).length === 0;
      return { json: isPlain ? definition.name : { class_name: definition.name, config: presets }, written: {} };
    }
    case "object":
      return kerasObject(item.definition.className, []);
    case "other": {
      const dtype = /^tensorflow\.((?:bfloat|float|u?int)\d+)$/.exec(path)?.[1];
      if (dtype !== undefined) return { json: dtype, written: {} };
      const lacking = lackingClass(path) ?? { reason: `'${path}' is nothing that Layers has` };
      return { written: {}, why: { ...lacking, span } };
    }
    default:
      return { written: {}, why: { reason: `'${path}' is a class, and none is made of it: a call is missing`, span } };
  }
}

/** An object of Keras as it is serialized; the reason of the first argument that has no value, if there is one. */
export function kerasObject(className: string, args: readonly GivenArgument[]): Converted {
  return serialized({ class_name: className, module: "keras", config: {} }, args);
}

/** A layer as an argument of another, or of an activation. */
export function convertLayer(layer: ScriptLayer): Converted {
  const { className, name } = layer;
  return serialized(
    { class_name: className, module: "keras.layers", config: name === undefined ? {} : { name } },
    layer.arguments,
  );
}

function serialized(node: JsonObject & { readonly config: JsonObject }, args: readonly GivenArgument[]): Converted {
  const why: Why | undefined = args.find(({ converted }) => converted.json === undefined)?.converted.why;
  if (why !== undefined) return { written: {}, why };
  const config: Record<string, JsonValue> = Object.fromEntries(
    args.map((argument) => [argument.name, argument.converted.json as JsonValue]),
  );
  const entries = new Map<string, Written>(
    args.map(({ name, span, converted }) => [name, { ...converted.written, span }]),
  );
  return { json: { ...node, config: { ...node.config, ...config } }, written: { entries } };
}
