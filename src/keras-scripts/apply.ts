import type { Span } from "../diagnostics/diagnostic.ts";
import type { Expression } from "../python/ast.ts";
import { bind, quote, type CallArguments, type EvaluatedArgument, type Run } from "./run.ts";
import {
  unknown,
  type PythonValue,
  type ScriptInput,
  type ScriptLayer,
  type ScriptModel,
  type Tensor,
} from "./values.ts";

/** What a layer, a model or an input gives for tensors. */
export function applied(source: Tensor["source"], inputs: Tensor["inputs"], span: Span, run: Run): Tensor {
  const tensor: Tensor = { source, inputs, span, statement: run.statement, order: run.tensors++ };
  if (source.kind !== "input") source.output = tensor;
  return tensor;
}

/** An input of a model as what layers are applied to. */
export function inputTensor(input: ScriptInput, run: Run): Tensor {
  return applied(input, [], input.span, run);
}

/**
 * A layer or a model called with what others give: `Dense(16)(x)`. Of a model that is called with data nothing comes that
 * matters.
 */
export function applyLayer(source: ScriptLayer | ScriptModel, args: CallArguments, span: Span, run: Run): PythonValue {
  const { positional, named, spread } = args;
  const what = quote(source.span, run);
  const inputs: Tensor[] = [];
  const given = [...positional, ...["inputs", "inputs_embeds", "x"].flatMap((name) => named.get(name) ?? [])];
  for (const argument of given) {
    const found = tensorsOf(argument, run);
    if ("why" in found) return unknown(found.why);
    inputs.push(...found.tensors);
  }
  if (inputs.length === 0 || spread !== undefined) {
    return unknown({ reason: `${what} is called with nothing that a layer gives`, span });
  }
  for (const [name, { value, span: place }] of named) {
    if (name === "training" && value.kind === "boolean" && value.value) {
      const reason = `${what} is called with training=True, so that it acts as in training when the model is used`;
      return unknown({ reason, span: place });
    }
    if (name === "mask" && value.kind !== "none") {
      return unknown({ reason: `${what} is called with a mask, which Layers does not have`, span: place });
    }
  }
  return { kind: "tensor", tensor: applied(source, inputs, span, run) };
}

type Tensors =
  { readonly tensors: readonly Tensor[] } | { readonly why: { readonly reason: string; readonly span: Span } };

/** The tensors of an argument. A name that nothing gives a value to stands for the input, in a part of a script. */
function tensorsOf({ node, value, span }: EvaluatedArgument, run: Run): Tensors {
  switch (value.kind) {
    case "tensor":
      return { tensors: [value.tensor] };
    case "list":
    case "tuple": {
      if (value.why !== undefined) return { why: value.why };
      const tensors = value.items.map((item) => (item.kind === "tensor" ? item.tensor : undefined));
      return tensors.every((tensor) => tensor !== undefined) && tensors.length > 0
        ? { tensors }
        : { why: { reason: "a layer is called with a list that has something else than what layers give", span } };
    }
    case "unknown":
      return value.free === undefined ? { why: value.why } : { tensors: [freeInput(value.free, node, run)] };
    default:
      return { why: { reason: "a layer is called with something that no layer gives", span } };
  }
}

function freeInput(name: string, { span }: Expression, run: Run): Tensor {
  const input: ScriptInput = { kind: "input", name: undefined, span, statement: run.statement };
  const tensor = inputTensor(input, run);
  bind(name, { kind: "tensor", tensor }, run.root, run);
  return tensor;
}
