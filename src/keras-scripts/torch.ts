import { activations } from "../activations/index.ts";
import { parsePython } from "../python/parse-python.ts";
import type { CallNode } from "../python/ast.ts";
import { torchLayer } from "../syntax/dialects/torch-calls.ts";
import { convertArgument, evaluateArguments } from "./arguments.ts";
import { makeLayer } from "./layers.ts";
import { addItem, emptySequential } from "./make-model.ts";
import { quote, type CallArguments, type Run } from "./run.ts";
import { unknown, type GivenArgument, type PythonValue, type Scope } from "./values.ts";

/** A module of PyTorch as the layer that it is, by the one table of them: `nn.Linear(4, 16)` is `Dense(16)`. */
export function torchModule(name: string, node: CallNode, args: CallArguments, scope: Scope, run: Run): PythonValue {
  const { span } = node;
  const texts = node.arguments.map((argument) => run.textOf(argument.span));
  const text = node.arguments.some(({ star }) => star !== undefined) ? undefined : torchLayer(name, texts);
  const [statement] = text === undefined ? [] : parsePython({ path: span.file, text }).value.statements;
  const call = statement?.kind === "expression" && statement.value.kind === "call" ? statement.value : undefined;
  if (call?.callee.kind !== "name") {
    return unknown({ reason: `${quote(span, run)} is no module of PyTorch that is a layer here`, span });
  }
  const inner: Scope = { names: new Map(words()), outer: scope };
  const layer = makeLayer(call.callee.name, evaluateArguments(call.arguments, inner, run), span, run);
  // The text of the layer has places of its own.
  const given = layer.arguments.map(({ name: key, converted }): GivenArgument => {
    const { why, ...rest } = converted;
    return { name: key, span, converted: why === undefined ? rest : { ...rest, why: { ...why, span } } };
  });
  const features = featuresOf(name, args, run);
  return { kind: "layer", layer: { ...layer, arguments: features === undefined ? given : [...given, features] } };
}

/** What stands in the texts of that table and is no name of a script. */
function words(): readonly (readonly [string, { readonly value: PythonValue; readonly statement: number }])[] {
  const value = (of: PythonValue) => ({ value: of, statement: 0 });
  return [
    ["true", value({ kind: "boolean", value: true })],
    ["false", value({ kind: "boolean", value: false })],
    ...activations.map((activation) => [activation.name, value({ kind: "string", value: activation.name })] as const),
  ];
}

/** The input that a module says it has, as the shape of a first layer. */
function featuresOf(name: string, args: CallArguments, run: Run): GivenArgument | undefined {
  const parameter = name === "Linear" ? "in_features" : name === "BatchNorm1d" ? "num_features" : undefined;
  const size = parameter === undefined ? undefined : (args.positional[0] ?? args.named.get(parameter));
  if (size === undefined) return undefined;
  const { span, converted } = convertArgument("batch_input_shape", size, run);
  if (converted.json === undefined) return { name: "batch_input_shape", span, converted };
  const items = [{}, converted.written];
  return { name: "batch_input_shape", span, converted: { json: [null, converted.json], written: { items } } };
}

/** `nn.Sequential(a, b, c)`. */
export function torchSequential({ positional, named, spread }: CallArguments, node: CallNode, run: Run): PythonValue {
  const model = emptySequential(node.span, run);
  for (const { value, span } of positional) addItem(model, value, span, run);
  const other = spread ?? [...named.values()][0];
  if (other !== undefined) model.problems.push({ reason: `${quote(other.span, run)} is no module`, span: other.span });
  const layers = positional.flatMap(({ value }) => (value.kind === "layer" ? value.layer.arguments : []));
  const shape = layers.find(({ name }) => name === "batch_input_shape");
  if (shape !== undefined) model.shape = shape;
  return { kind: "model", model };
}
