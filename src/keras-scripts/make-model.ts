import type { Span } from "../diagnostics/diagnostic.ts";
import { argumentOf, convertArgument, nameOf } from "./arguments.ts";
import { inputTensor } from "./apply.ts";
import { quote, type CallArguments, type EvaluatedArgument, type Run } from "./run.ts";
import type { PythonValue, ScriptModel, Tensor, Why } from "./values.ts";

type Content = ScriptModel["content"];

function makeModel(content: Content, name: string | undefined, span: Span, run: Run): ScriptModel {
  const model: ScriptModel = {
    kind: "model",
    name,
    variable: undefined,
    content,
    span,
    statement: run.statement,
    changes: [],
    problems: [],
  };
  run.models.push(model);
  return model;
}

/** A Sequential that gets its layers later. */
export function emptySequential(span: Span, run: Run): ScriptModel {
  return makeModel({ kind: "sequential", items: [], members: new Set() }, undefined, span, run);
}

/** What a chain of layers gives, as a model. */
export function modelOfTensor(tensor: Tensor, run: Run): ScriptModel {
  return makeModel({ kind: "functional", inputs: [], outputs: [tensor] }, undefined, tensor.span, run);
}

/** `Sequential(layers, trainable, name)`. */
export function makeSequential(args: CallArguments, span: Span, run: Run): ScriptModel {
  const model = makeModel({ kind: "sequential", items: [], members: new Set() }, nameOf(args, 2), span, run);
  const { positional, spread } = args;
  if (spread !== undefined) model.problems.push(problemOf(spread, "the layers of Sequential", run));
  const layers = argumentOf(args, 0, "layers");
  if (layers === undefined || layers.value.kind === "none") return model;
  if (positional.length > 1 && positional[1]?.value.kind !== "boolean") {
    model.problems.push({
      reason: "Sequential takes its layers in one list",
      span,
      help: "write them as Sequential([..., ...])",
    });
    return model;
  }
  const { value, span: place, node } = layers;
  if (value.kind !== "list" && value.kind !== "tuple") {
    // One layer instead of a list of one is Keras' own error.
    model.problems.push(problemOf(layers, "the layers of Sequential", run));
    return model;
  }
  if (value.why !== undefined) model.problems.push(value.why);
  const places = node.kind === "list" || node.kind === "tuple" ? node.items : [];
  for (const [at, item] of value.items.entries()) {
    const itemPlace = places.length === value.items.length ? places[at]?.span : undefined;
    addItem(model, item, itemPlace ?? place, run);
  }
  return model;
}

/** `Model(inputs, outputs, name)`. */
export function makeFunctional(args: CallArguments, span: Span, run: Run): ScriptModel {
  const inputs = argumentOf(args, 0, "inputs") ?? args.named.get("input");
  const outputs = argumentOf(args, 1, "outputs") ?? args.named.get("output");
  const problems: Why[] = [];
  const content = {
    kind: "functional",
    inputs: tensorsOf(inputs, "inputs", span, problems, run),
    outputs: tensorsOf(outputs, "outputs", span, problems, run),
  } as const;
  const model = makeModel(content, nameOf(args, 2), span, run);
  model.problems.push(...problems);
  return model;
}

function tensorsOf(
  argument: EvaluatedArgument | undefined,
  name: string,
  span: Span,
  problems: Why[],
  run: Run,
): readonly Tensor[] {
  if (argument === undefined) {
    problems.push({ reason: `Model is not given its ${name}`, span });
    return [];
  }
  const { value } = argument;
  if (value.kind === "tensor") return [value.tensor];
  // An InputLayer is its tensor for Keras, too.
  if (value.kind === "input") return [inputTensor(value.input, run)];
  const items = (value.kind === "list" || value.kind === "tuple") && value.why === undefined ? value.items : [];
  const tensors = items.flatMap((item) => (item.kind === "tensor" ? [item.tensor] : []));
  if (tensors.length === 0 || tensors.length < items.length) {
    const wrong = items.find((item) => item.kind !== "tensor");
    problems.push(
      problemOf(wrong === undefined ? argument : { ...argument, value: wrong }, `the ${name} of Model`, run),
    );
  }
  return tensors;
}

/** `model.add(layer)`, or an item of a Sequential's list. */
export function addItem(model: ScriptModel, value: PythonValue, span: Span, run: Run): void {
  const { content, problems } = model;
  if (content.kind === "functional") {
    problems.push({ reason: "a functional model has no add", span });
    return;
  }
  const { items, members } = content;
  const push = (item: (typeof items)[number]): void => {
    items.push(item);
    members.add(item);
  };
  if (value.kind === "layer" || value.kind === "model") {
    const item = value.kind === "layer" ? value.layer : value.model;
    if (value.kind === "model" && value.model === model) problems.push({ reason: "a model is added to itself", span });
    else if (members.has(item)) {
      problems.push({ reason: `${quote(span, run)} stands twice in the model, with the same weights`, span });
    } else push(item);
    return;
  }
  const input =
    value.kind === "input"
      ? value.input
      : value.kind === "tensor" && value.tensor.source.kind === "input"
        ? value.tensor.source
        : undefined;
  if (input === undefined) {
    problems.push(problemOf({ node: undefined, span, value }, "a layer of the model", run));
  } else if (items.length > 0) problems.push({ reason: "an Input stands first in a Sequential", span });
  else push(input);
}

/** Why a value is not what a model takes. */
function problemOf(
  { span, value }: Pick<EvaluatedArgument, "span" | "value"> & { readonly node: unknown },
  what: string,
  run: Run,
): Why {
  if (value.kind === "unknown") return value.why;
  if ((value.kind === "list" || value.kind === "tuple") && value.why !== undefined) return value.why;
  if (value.kind === "path") {
    return {
      reason: `${quote(span, run)} is a class, and no layer is made of it`,
      span,
      help: "write a call: Flatten()",
    };
  }
  return { reason: `${quote(span, run)} is none of ${what}`, span };
}

/** `model.build(input_shape)`. */
export function buildModel(model: ScriptModel, args: CallArguments, run: Run): void {
  const shape = argumentOf(args, 0, "input_shape");
  if (shape !== undefined) model.shape = convertArgument("input_shape", shape, run);
}
