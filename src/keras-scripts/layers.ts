import type { Span } from "../diagnostics/diagnostic.ts";
import type { ActivationDefinition } from "../activations/definition.ts";
import type { JsonObject } from "../files/json.ts";
import { argumentNames } from "../keras/equivalents.ts";
import type { KerasObjectDefinition } from "../layers/keras-objects/definition.ts";
import { applyLayer } from "./apply.ts";
import { argumentOf, nameArguments, nameOf } from "./arguments.ts";
import { kerasObject } from "./convert.ts";
import { withBatch } from "./input-shape.ts";
import { quote, type CallArguments, type Run } from "./run.ts";
import { unknown, type GivenArgument, type PythonValue, type ScriptInput, type ScriptLayer } from "./values.ts";

/** A layer of a class, by the arguments of its call. */
export function makeLayer(className: string, args: CallArguments, span: Span, run: Run): ScriptLayer {
  // Of a class that Layers does not have, nothing but that is said.
  const names = argumentNames(className);
  const given = names === undefined ? [] : nameArguments(args, names, className, run);
  const name = nameOf(args, undefined);
  return {
    kind: "layer",
    className,
    name,
    // A name without a value is an argument without one.
    arguments: given.filter((argument) => argument.name !== "name" || argument.converted.json === undefined),
    span,
    statement: run.statement,
    problems: [],
  };
}

const inputNames = ["shape", "batch_size", "dtype", "sparse", "batch_shape", "name", "tensor"];
const inputLayerNames = ["shape", "batch_size", "dtype", "sparse", "batch_shape"];

/** `Input(shape)` and `InputLayer(shape)`, of Keras 2 too. */
export function makeInput(kind: "input" | "input-layer", args: CallArguments, span: Span, run: Run): ScriptInput {
  const given = nameArguments(args, kind === "input" ? inputNames : inputLayerNames, "Input", run);
  const find = (...names: readonly string[]): GivenArgument | undefined =>
    given.find(({ name, converted }) => names.includes(name) && converted.json !== null);
  const whole = find("batch_shape", "batch_input_shape");
  const own = find("shape", "input_shape");
  const batch = find("batch_size")?.converted ?? { json: null, written: {} };
  const shape = whole ?? (own === undefined ? undefined : withBatch(own, batch));
  return {
    kind: "input",
    name: nameOf(args, undefined),
    span,
    statement: run.statement,
    ...(shape === undefined ? {} : { shape }),
  };
}

/** An initializer, a regularizer or a constraint. */
export function makeObject(
  { className, identifier, parameters }: KerasObjectDefinition,
  args: CallArguments,
  span: Span,
  run: Run,
): PythonValue {
  const given = nameArguments(
    args,
    parameters.map(({ name }) => name),
    identifier,
    run,
  );
  const converted = kerasObject(className, given);
  if (converted.why !== undefined) return unknown(converted.why);
  return { kind: "object", converted: { ...converted, written: { ...converted.written, span } } };
}

/** An activation called with what a layer gives: `tf.nn.relu(x)` is a layer of its own. */
export function applyActivation(
  definition: ActivationDefinition,
  presets: JsonObject,
  args: CallArguments,
  span: Span,
  run: Run,
): PythonValue {
  const names = ["x", ...definition.parameters.map(({ name }) => name)];
  const tensor = argumentOf(args, 0, "x") ?? args.named.get("features") ?? args.named.get("logits");
  if (tensor === undefined) return unknown({ reason: `${quote(span, run)} is given nothing`, span });
  const given = nameArguments({ ...args, positional: args.positional.slice(1) }, names.slice(1), definition.name, run)
    .filter(({ name }) => !["x", "features", "logits", "name"].includes(name))
    // TensorFlow's own name for it.
    .map((argument) =>
      argument.name === "alpha" && names.includes("negative_slope")
        ? { ...argument, name: "negative_slope" }
        : argument,
    );
  const converted = kerasObject(definition.name, given);
  if (converted.why !== undefined) return unknown(converted.why);
  const isPlain = given.length === 0 && Object.keys(presets).length === 0;
  const config = { ...presets, ...(converted.json as { readonly config: JsonObject }).config };
  const layer: ScriptLayer = {
    kind: "layer",
    className: "Activation",
    name: undefined,
    arguments: [
      {
        name: "activation",
        span,
        converted: {
          json: isPlain ? definition.name : { class_name: definition.name, config },
          written: converted.written,
        },
      },
    ],
    span,
    statement: run.statement,
    problems: [],
  };
  return applyLayer(layer, { positional: [tensor], named: new Map() }, span, run);
}
