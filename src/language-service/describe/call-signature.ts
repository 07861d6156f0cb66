import { activationParameters } from "../../layers/arguments/activation.ts";
import { activations, findActivation } from "../../activations/index.ts";
import type { ConfigValue, KerasObject, ParameterSpec, WrappedLayer } from "../../layers/definition.ts";
import { findLayer } from "../../layers/index.ts";
import { constraints } from "../../layers/keras-objects/constraints.ts";
import { initializers } from "../../layers/keras-objects/initializers.ts";
import { regularizers } from "../../layers/keras-objects/regularizers.ts";
import { callParameters, trainableParameter } from "../../layers/trainable.ts";
import { numberNode } from "../../importers/syntax.ts";
import { objectWords } from "../../layers/keras-objects/types.ts";
import type { BlockDeclaration, Expression, ModelDeclaration } from "../../syntax/ast.ts";
import { compileParameters } from "../../training/compile-parameters.ts";
import { losses } from "../../training/losses/index.ts";
import { metrics } from "../../training/metrics/index.ts";
import { optimizers } from "../../training/optimizers/index.ts";
import { schedules } from "../../training/schedules/index.ts";
import { keywordDocs } from "./keyword-docs.ts";
import { docComment } from "./markdown.ts";

/** Something that takes arguments, as completions, hovers and signatures show it. */
export interface CallSignature {
  readonly kind: "layer" | "model" | "block" | "keyword" | "activation" | "function" | KerasObject["kind"];
  readonly name: string;
  /** Markdown. */
  readonly doc: string | undefined;
  readonly parameters: readonly SignatureParameter[];
}

export interface SignatureParameter {
  readonly name: string;
  /** The default as it would be written; undefined for an argument that must be given. */
  readonly preset: string | undefined;
  /** `a positive integer` */
  readonly expected: string | undefined;
  readonly doc: string | undefined;
  readonly trainingOnly: boolean;
  readonly spec: ParameterSpec | undefined;
}

const objects = [...initializers, ...regularizers, ...constraints];
const training = [...optimizers, ...schedules, ...losses, ...metrics];

/**
 * What a built-in name takes, if there is such a thing: a layer, an activation, an initializer, ..., `floor`. Of a word that is
 * a loss and a metric, `kind` says which one is meant.
 */
export function builtinSignature(name: string, kind?: KerasObject["kind"]): CallSignature | undefined {
  const layer = findLayer(name);
  if (layer !== undefined) {
    return { kind: "layer", name, doc: layer.doc, parameters: callParameters(layer).map(ofSpec) };
  }
  const activation = findActivation(name);
  if (activation !== undefined) {
    const parameters = activationParameters(activation).map(ofSpec);
    return { kind: "activation", name: activation.name, doc: activation.doc, parameters };
  }
  const all = [...objects, ...training].filter((definition) => objectWords(definition).includes(name));
  const object = all.find((definition) => definition.kind === kind) ?? all[0];
  if (object !== undefined) {
    const { identifier, doc, parameters } = object;
    return { kind: object.kind, name: identifier, doc, parameters: parameters.map(ofSpec) };
  }
  return name === "floor" ? floor : undefined;
}

/** What the clause `compile` takes. */
export function compileSignature(): CallSignature {
  const { doc } = keywordDocs["compile"] ?? {};
  return { kind: "keyword", name: "compile", doc, parameters: compileParameters.map(ofSpec) };
}

/** What a model takes where it is used as a layer. */
export function modelSignature({ name, doc }: ModelDeclaration): CallSignature {
  return { kind: "model", name: name.text, doc: docComment(doc), parameters: [ofSpec(trainableParameter)] };
}

/** What a block takes. `textOf` gives the source of a default. */
export function blockSignature(
  { name, doc, parameters }: BlockDeclaration,
  textOf: (span: BlockDeclaration["span"]) => string,
): CallSignature {
  return {
    kind: "block",
    name: name.text,
    doc: docComment(doc),
    parameters: parameters.map(({ name: own, default: preset }) => ({
      name: own.text,
      preset: preset === undefined ? undefined : textOf(preset.span),
      expected: undefined,
      doc: undefined,
      trainingOnly: false,
      spec: undefined,
    })),
  };
}

/** `Dense(units, activation=linear)`, and where each parameter stands in it. */
export function signatureLabel({ name, parameters }: CallSignature): {
  readonly label: string;
  readonly places: readonly { readonly start: number; readonly end: number }[];
} {
  let label = `${name}(`;
  const places = parameters.map(({ name: own, preset }, at) => {
    if (at > 0) label += ", ";
    const start = label.length;
    label += preset === undefined ? own : `${own}=${preset}`;
    return { start, end: label.length };
  });
  return { label: `${label})`, places };
}

/** A checked value as a model file writes it: `linear`, `he_normal(seed=7)`, `none`. */
export function writeConfigValue(value: ConfigValue): string {
  if (value === null) return "none";
  if (typeof value === "string") return /^[A-Za-z]\w*$/.test(value) ? value : JSON.stringify(value);
  if (typeof value === "number") return writeNumber(numberNode(value));
  if (typeof value !== "object") return String(value);
  if (!("kind" in value)) return `[${value.map(writeConfigValue).join(", ")}]`;
  switch (value.kind) {
    case "activation":
      return writeCall(value.definition.name, activationParameters(value.definition), value.args, false);
    case "layer":
      return writeCall(value.definition.className, ...callOf(value), true);
    case "initializer":
    case "regularizer":
    case "constraint":
    case "optimizer":
    case "schedule":
    case "loss":
    case "metric": {
      const definition = [...objects, ...training].find(
        ({ identifier, kind }) => identifier === value.identifier && kind === value.kind,
      );
      return writeCall(value.identifier, definition?.parameters ?? [], value.config, false);
    }
  }
}

/** What a call of a layer gives to which parameters. */
function callOf({ definition, config, trainable }: WrappedLayer) {
  return [callParameters(definition), { ...config, [trainableParameter.name]: trainable ?? true }] as const;
}

/** A number, or the quotient that it surely is: `1/255`. */
function writeNumber(number: Expression): string {
  switch (number.kind) {
    case "number":
      return number.text;
    case "unary":
      return `-${writeNumber(number.operand)}`;
    case "binary":
      return `${writeNumber(number.left)}/${writeNumber(number.right)}`;
    default:
      return "";
  }
}

/** A call with the arguments that differ from their defaults. */
function writeCall(
  name: string,
  parameters: readonly ParameterSpec[],
  config: Readonly<Record<string, ConfigValue>>,
  takesParentheses: boolean,
): string {
  const args = parameters.flatMap((parameter) => {
    const value = config[parameter.name];
    if (value === undefined) return [];
    const text = writeConfigValue(value);
    if (parameter.default === undefined) return [takesParentheses ? text : `${parameter.name}=${text}`];
    return text === writeConfigValue(parameter.default) ? [] : [`${parameter.name}=${text}`];
  });
  return args.length === 0 && !takesParentheses ? name : `${name}(${args.join(", ")})`;
}

/** A parameter as it is shown. */
export function ofSpec(spec: ParameterSpec): SignatureParameter {
  return {
    name: spec.name,
    preset: spec.default === undefined ? undefined : writeConfigValue(spec.default),
    expected: spec.type.expected,
    doc: spec.doc,
    trainingOnly: spec.trainingOnly === true,
    spec,
  };
}

const floor: CallSignature = {
  kind: "function",
  name: "floor",
  doc: "The largest whole number that is not above `x`.",
  parameters: [
    {
      name: "x",
      preset: undefined,
      expected: "a number",
      doc: "The number to round down.",
      trainingOnly: false,
      spec: undefined,
    },
  ],
};

/** The words for activations, initializers, regularizers, constraints and what training names, each by its first name. */
export const keywordNames: readonly string[] = [
  ...activations.map(({ name }) => name),
  ...new Set([...objects, ...training].map(({ identifier }) => identifier)),
];
