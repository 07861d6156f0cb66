import type { Span } from "../diagnostics/diagnostic.ts";
import { applied, inputTensor } from "./apply.ts";
import { inputArgument } from "./input-shape.ts";
import { quote, type Run } from "./run.ts";
import {
  unknown,
  type PythonValue,
  type ScriptInput,
  type ScriptLayer,
  type ScriptModel,
  type SequentialContent,
  type Tensor,
} from "./values.ts";

/** What a model takes, as its author asks for it: `model.input`. */
export function inputsOf(model: ScriptModel, span: Span, run: Run): PythonValue {
  const { content } = model;
  if (content.kind === "functional") return oneOrMore(content.inputs);
  return oneOrMore(chainOf(model, content, span, run).slice(0, 1));
}

/** What a model gives: `model.output`. */
export function outputsOf(model: ScriptModel, span: Span, run: Run): PythonValue {
  const { content } = model;
  if (content.kind === "functional") return oneOrMore(content.outputs);
  return oneOrMore(chainOf(model, content, span, run).slice(-1));
}

function oneOrMore(tensors: readonly Tensor[]): PythonValue {
  const [first, ...others] = tensors;
  if (first !== undefined && others.length === 0) return { kind: "tensor", tensor: first };
  return { kind: "list", items: tensors.map((tensor) => ({ kind: "tensor", tensor })) };
}

/** `layer.output`: what it gave when it was applied, or in the Sequential that it stands in. */
export function outputOfLayer(layer: ScriptLayer, span: Span, run: Run): PythonValue {
  for (const model of run.models) {
    const { content } = model;
    if (layer.output === undefined && content.kind === "sequential" && content.members.has(layer)) {
      chainOf(model, content, span, run);
    }
  }
  if (layer.output !== undefined) return { kind: "tensor", tensor: layer.output };
  return unknown({ reason: `${quote(span, run)} is of a layer that is applied to nothing`, span });
}

/** `model.layers[0].output` of a functional model, whose input is among its layers. */
export function outputOfInput(input: ScriptInput, span: Span, run: Run): PythonValue {
  const inputs = run.models.flatMap(({ content }) => (content.kind === "functional" ? content.inputs : []));
  const tensor = inputs.find(({ source }) => source === input);
  if (tensor !== undefined) return { kind: "tensor", tensor };
  return unknown({ reason: `${quote(span, run)} is of an input that no model has`, span });
}

/** The tensors between the layers of a Sequential, its input first; the same as before while it has no more layers. */
function chainOf({ shape }: ScriptModel, content: SequentialContent, span: Span, run: Run): readonly Tensor[] {
  const { items } = content;
  const [first] = items;
  const others = first?.kind === "input" ? items.slice(1) : items;
  if (content.chain?.length === others.length + 1) return content.chain;
  const own = shape ?? (first?.kind === "layer" ? inputArgument(first) : undefined);
  const made: ScriptInput = { kind: "input", name: undefined, span, statement: run.statement };
  const input = first?.kind === "input" ? first : own === undefined ? made : { ...made, shape: own };
  const tensors = content.chain === undefined ? [inputTensor(input, run)] : [...content.chain];
  for (const item of others.slice(tensors.length - 1)) {
    if (item.kind !== "input") tensors.push(applied(item, [tensors.at(-1) as Tensor], span, run));
  }
  content.chain = tensors;
  return tensors;
}

/** `model.layers`: in Keras the input of a functional model is one of them, and that of a Sequential is not. */
export function layersOf({ content }: ScriptModel): readonly PythonValue[] {
  const found =
    content.kind === "sequential"
      ? content.items
      : reachable(content.outputs, content.inputs).map(({ source }) => source);
  return [...new Set(found)].flatMap((item): readonly PythonValue[] => {
    if (item.kind === "layer") return [{ kind: "layer", layer: item }];
    if (item.kind === "input") return content.kind === "functional" ? [{ kind: "input", input: item }] : [];
    return [{ kind: "model", model: item }];
  });
}

/** The tensors that others are made of, back to the inputs, in the order in which they were made. */
export function reachable(outputs: readonly Tensor[], inputs: readonly Tensor[]): readonly Tensor[] {
  const ends = new Set(inputs);
  const found = new Set<Tensor>(inputs);
  const open = [...outputs];
  for (let tensor = open.pop(); tensor !== undefined; tensor = open.pop()) {
    if (found.has(tensor)) continue;
    found.add(tensor);
    if (!ends.has(tensor)) for (const input of tensor.inputs) if ("source" in input) open.push(input);
  }
  return [...found].sort((a, b) => a.order - b.order);
}
