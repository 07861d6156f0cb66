import type { Activation } from "../activations/definition.ts";
import type { Diagnostic, Fix, RelatedPlace, Span } from "../diagnostics/diagnostic.ts";
import type { Shape } from "../ir/shape.ts";
import { isStatic } from "../ir/size.ts";
import type { Value } from "../layers/arguments/value.ts";
import { resolveAxis } from "../layers/axis.ts";
import type { LossDefinition } from "../training/losses/definition.ts";
import type { MetricDefinition } from "../training/metrics/definition.ts";
import { deletion, givenArgument } from "./given-argument.ts";
import type { Chosen } from "./model.ts";
import type { ActivationAlong, OutputActivation } from "./output-activation.ts";
import { classesAxis, labelsAxis, logitsOfProbabilities, oneClass, probabilitiesExpected } from "./rules/losses.ts";

/** What a model gives, for those who say whether something fits it. */
export interface Outputs {
  readonly shape: Shape;
  /** Where the shape comes from. */
  readonly origin: RelatedPlace;
  readonly activation: OutputActivation | undefined;
  /** What makes shares of classes of them, along whichever axis. */
  readonly shares: ActivationAlong | undefined;
}

type Measure = Chosen<LossDefinition | MetricDefinition>;

/** Activations that give probabilities; the outputs of all others may be below 0 or above 1. */
const probabilities: ReadonlySet<string> = new Set([
  "softmax",
  "sparsemax",
  "sigmoid",
  "hard_sigmoid",
  "sparse_sigmoid",
]);
/** Those of positive numbers, of which categorical losses make shares. */
const positive: ReadonlySet<string> = new Set(["exponential", "softplus", "squareplus"]);

export function isProbability({ definition }: Activation): boolean {
  return probabilities.has(definition.name);
}

/** Whether an axis of a shape, counted from 0, has the size 1. */
export function isOne(shape: Shape, axis: number): boolean {
  const size = shape[axis];
  return size !== undefined && isStatic(size) && size.factor === 1;
}

/**
 * Says that there is no such axis as a loss or a metric works along, or but one value where it tells classes apart, or that the
 * outputs are shares along another one.
 */
export function classProblem(
  { definition, config }: Measure,
  value: Value,
  { shape, origin, activation, shares }: Outputs,
): Diagnostic | undefined {
  const { identifier, parameters } = definition;
  let at = shape.length - 1;
  const axis = config["axis"];
  if (typeof axis === "number") {
    const given = value.literal ? givenArgument("axis", parameters, value) : undefined;
    const span = given?.value.span ?? value.span;
    const resolved = resolveAxis(axis, shape, { title: identifier, span, related: [origin] });
    if (resolved.kind === "rejected") return resolved.diagnostic;
    at = resolved.axis;
    if (definition.targets === "labels" && at !== shape.length - 1) {
      const source = value.from === undefined ? [] : [value.from];
      return labelsAxis(span, { word: identifier, axis, output: shape, related: [origin, ...source] });
    }
  }
  if (definition.outputs?.endsWith("classes") !== true) return undefined;
  if (shares !== undefined && shares.axis !== at && config["from_logits"] !== true) {
    const places = [{ span: shares.span, message: "the outputs come from here" }];
    const { name } = shares.activation.definition;
    // Counted with the batch axis, as in both arguments.
    const axes = { own: at + 1, other: shares.axis + 1, isLast: at === shape.length - 1 };
    const canMove = definition.targets === "same" && parameters.some((parameter) => parameter.name === "axis");
    return classesAxis(value.span, {
      word: identifier,
      activation: name,
      axes,
      canMove,
      output: shape,
      related: places,
    });
  }
  if (!isOne(shape, at)) return undefined;
  // For one probability there is a measure of the same form, where nothing but its name is written.
  const isProbable = activation?.activation.definition.name === "sigmoid";
  const isPlain = value.kind === "word" || (value.kind === "call" && value.args.length === 0);
  const [, measure] = /^(?:sparse_)?categorical_(crossentropy|accuracy)$/.exec(identifier) ?? [];
  const fix = isProbable && isPlain && measure !== undefined ? rename(value, `binary_${measure}`) : undefined;
  const help =
    definition.kind === "loss"
      ? "for one probability write binary_crossentropy behind a sigmoid, for a number mean_squared_error"
      : "for one probability write binary_accuracy";
  return oneClass(value.span, { word: identifier, output: shape, related: [origin], help, fix });
}

/** Another word in place of the one that is written. */
export function rename(value: Value, word: string): Fix | undefined {
  if (!value.literal || (value.kind !== "word" && value.kind !== "call")) return undefined;
  const span = value.kind === "call" ? value.calleeSpan : value.span;
  return { title: `Write ${word}`, edits: [{ span, text: word }] };
}

/** What speaks against a loss or a metric of probabilities, for outputs of that activation. */
export function probabilityProblems(
  { definition, config }: Measure,
  value: Value,
  { activation, span: layer }: OutputActivation,
): readonly Diagnostic[] {
  const { identifier: word, parameters, outputs } = definition;
  if (outputs?.startsWith("probabilities") !== true) return [];
  const { name } = activation.definition;
  const source = value.from === undefined ? [] : [value.from];
  const related = [{ span: layer, message: "the outputs come from here" }, ...source];
  const given = givenArgument("from_logits", parameters, value)?.value.span;
  if (config["from_logits"] === true) {
    if (!isProbability(activation)) return [];
    const fix = given === undefined ? undefined : withoutLogits(value, given);
    const help = `leave out from_logits, or ${name} of the layer`;
    // The argument of a value behind a name may stand in another file.
    const place = value.literal ? (given ?? value.span) : value.span;
    return [logitsOfProbabilities(place, { word, activation: name, related, help, fix })];
  }
  const isOfClasses = outputs === "probabilities of classes";
  if (isProbability(activation) || (isOfClasses && positive.has(name))) return [];
  const takesLogits = parameters.some((parameter) => parameter.name === "from_logits");
  const end = `the model with ${isOfClasses ? "softmax" : "sigmoid"}`;
  const help = takesLogits ? `write from_logits=true, or end ${end}` : `end ${end}`;
  const fix = takesLogits ? withLogits(value, given) : undefined;
  return [probabilitiesExpected(value.span, { word, activation: name, related, help, fix })];
}

function withoutLogits(value: Value, given: Span): Fix | undefined {
  if (!value.literal || value.kind !== "call") return undefined;
  const at = value.args.findIndex((argument) => argument.value.span === given);
  return { title: "Delete from_logits", edits: [{ span: deletion(value.args, at), text: "" }] };
}

function withLogits(value: Value, given: Span | undefined): Fix | undefined {
  if (!value.literal || (value.kind !== "word" && value.kind !== "call")) return undefined;
  const title = "Write from_logits=true";
  if (given !== undefined) return { title, edits: [{ span: given, text: "true" }] };
  const last = value.kind === "call" ? value.args.at(-1) : undefined;
  if (last !== undefined) return { title, edits: [{ span: behind(last.span), text: ", from_logits=true" }] };
  const written = "(from_logits=true)";
  if (value.kind === "word") return { title, edits: [{ span: behind(value.span), text: written }] };
  return { title, edits: [{ span: { ...value.span, start: value.calleeSpan.end }, text: written }] };
}

function behind(span: Span): Span {
  return { ...span, start: span.end };
}
