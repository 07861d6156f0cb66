import type { Span } from "../diagnostics/diagnostic.ts";
import { bindArguments } from "../layers/arguments/bind.ts";
import { readArguments } from "../layers/arguments/config.ts";
import type { CallArgument, Value } from "../layers/arguments/value.ts";
import type { LayerDefinition } from "../layers/definition.ts";
import { findLayer } from "../layers/index.ts";
import { trainableParameter } from "../layers/trainable.ts";
import type { Argument, BlockDeclaration, LayerStatement, ModelDeclaration } from "../syntax/ast.ts";
import { evaluateArguments, evaluateSettled, settle, type Scope } from "./evaluate.ts";
import { expandAssertion, expandBody } from "./expand.ts";
import { evaluationAt, stopExpansion, type Expansion, type Place } from "./expansion.ts";
import { limits } from "./limits.ts";
import { expressionsOf, meaningsOf, stillMean } from "./memory/meanings.ts";
import type { RememberedLayer } from "./memory/remembered-layer.ts";
import {
  labelOnExpansion,
  missingParentheses,
  modelWithParentheses,
  notALayer,
  removeParentheses,
} from "./rules/callees.ts";
import { unknownCallee } from "./rules/unknown-layers.ts";
import { invalidLayerName, layerNameProblem } from "./rules/layer-names.ts";
import { expansionTooDeep, tooManyLayers } from "./rules/limits.ts";
import type { BlockEntity, Entity, FileScope, ModelEntity } from "./scope.ts";
import { traceRelated, type LayerStep, type NestedStep, type Trace } from "./step.ts";

/** Expands a layer, a block call or a model used as a layer into steps. */
export function expandStatement(statement: LayerStatement, place: Place, expansion: Expansion): void {
  const { callee } = statement;
  const { scope } = place;
  const { damage } = expansion.context;
  const file = scope.file.file;
  const isParameter = scope.parameters?.has(callee.text) === true;
  const definition = isParameter ? undefined : findLayer(callee.text);
  const entity = isParameter ? undefined : scope.file.entities.get(callee.text);
  const gap = (): void => leaveGap(statement, definition ?? usable(entity), place, expansion);
  if (damage.between(file.source.path, statement.span.start, statement.span.end)) return gap();
  if (isParameter) {
    expansion.report(notALayer(callee.span, { name: callee.text, kind: "parameter" }));
    return gap();
  }
  if (definition !== undefined) return expandLayer(statement, definition, place, expansion);
  switch (entity?.kind) {
    case "block":
      return expandBlock(statement, entity, place, expansion);
    case "model":
      return expandModel(statement, entity, place, expansion);
    case "let":
    case "dim": {
      const declared = entity.declaration.name.span;
      expansion.report(notALayer(callee.span, { name: callee.text, kind: entity.kind, declared }));
      return gap();
    }
    case "lost":
      return gap();
    case undefined: {
      if (damage.mayDeclare(file, callee.text)) return gap();
      const { diagnostic, meant } = unknownCallee(statement, scope.file);
      expansion.report(diagnostic);
      // What is wrong with its arguments is told in the same run.
      return meant === undefined ? gap() : expandLayer(statement, meant, place, expansion);
    }
  }
}

/** The block or model that a name stands for. */
function usable(entity: Entity | undefined): BlockDeclaration | ModelDeclaration | undefined {
  return entity?.kind === "block" || entity?.kind === "model" ? entity.declaration : undefined;
}

function expandLayer(statement: LayerStatement, definition: LayerDefinition, place: Place, expansion: Expansion): void {
  checkLabel(statement, expansion);
  if (statement.arguments === undefined) {
    const required = definition.parameters.filter((parameter) => parameter.default === undefined);
    reportMissingParentheses(
      "layer",
      statement,
      required.map(({ name }) => name),
      expansion,
    );
    return leaveGap(statement, definition, place, expansion);
  }
  if (!countLayers(1, statement, place, expansion)) return;
  const span = callSpan(statement, place.scope.file);
  const { trace } = place;
  const known = knownLayer(statement, definition, place, expansion);
  if (known === undefined) {
    const { args, meanings } = evaluateLayerArguments(statement.arguments, place, expansion);
    expansion.steps.push({ kind: "layer", statement, definition, args, meanings, span, trace });
  } else {
    expansion.steps.push(knownStep(known, { statement, span, trace }));
  }
  expandAssertion(statement.assertion, undefined, place, expansion);
}

/** What earlier checks know of a layer, where nothing that its arguments depend on has changed. */
function knownLayer(
  statement: LayerStatement,
  definition: LayerDefinition,
  { scope }: Place,
  { context }: Expansion,
): RememberedLayer | undefined {
  const { memory } = context;
  const known = memory?.layers.get(statement);
  if (memory === undefined || known?.definition !== definition) return undefined;
  if (!stillMean(known.meanings, scope, context)) return undefined;
  known.usedBy = memory.check;
  return known;
}

function knownStep(known: RememberedLayer, at: Pick<LayerStep, "statement" | "span" | "trace">): LayerStep {
  const { step, definition, args, meanings } = known;
  if (step !== undefined && step.span === at.span && step.trace === at.trace) return step;
  return (known.step = { kind: "layer", definition, args, isKnown: true, meanings, ...at });
}

function evaluateLayerArguments(
  written: readonly Argument[],
  place: Place,
  expansion: Expansion,
): Pick<LayerStep, "args" | "meanings"> {
  const { context } = expansion;
  if (context.memory === undefined) return { args: evaluateArguments(written, evaluationAt(place, expansion)) };
  let isSilent = true;
  const report: Expansion["report"] = (diagnostic) => {
    isSilent = false;
    expansion.report(diagnostic);
  };
  const args = evaluateArguments(written, { ...evaluationAt(place, expansion), report });
  return { args, meanings: isSilent ? meaningsOf(expressionsOf(written), place.scope, context) : undefined };
}

function expandModel(statement: LayerStatement, entity: ModelEntity, place: Place, expansion: Expansion): void {
  const { context, report } = expansion;
  const { scope, trace, depth } = place;
  checkLabel(statement, expansion);
  const given = nestedArguments(statement, entity, place, expansion);
  if (context.recursive.has(entity.declaration)) return leaveGap(statement, entity.declaration, place, expansion);
  const nested = context.models.get(entity.declaration);
  const deepest = depth + 1 + (nested?.depth ?? 0);
  if (deepest > limits.expansionDepth) {
    report(expansionTooDeep(statement.span, { related: traceRelated(trace) }));
    return stopExpansion(expansion);
  }
  expansion.depth = Math.max(expansion.depth, deepest);
  if (!countLayers(1 + (nested?.layerCount ?? 0), statement, place, expansion)) return;
  expansion.steps.push({ kind: "nested", statement, entity, ...given, span: callSpan(statement, scope.file), trace });
  expandAssertion(statement.assertion, undefined, place, expansion);
}

/** What stands in the parentheses behind a model's name, which are there for nothing but `trainable`. */
function nestedArguments(
  statement: LayerStatement,
  { declaration }: ModelEntity,
  place: Place,
  expansion: Expansion,
): Pick<NestedStep, "args" | "trainable"> {
  const { arguments: written, callee } = statement;
  if (written === undefined) return { args: [], trainable: true };
  const { report } = expansion;
  const { text: name, span } = callee;
  const args = evaluateArguments(written, evaluationAt(place, expansion));
  if (written.every((argument) => argument.name === undefined)) {
    const fix = removeParentheses(statement, place.scope.file);
    report(modelWithParentheses(span, { name, declared: declaration.name.span, fix }));
    return { args, trainable: true };
  }
  const related = [{ span: declaration.name.span, message: "the model is declared here" }];
  const site = { callee: name, span: callSpan(statement, place.scope.file), related, report };
  const { values } = readArguments([trainableParameter], args, site);
  return { args, trainable: values["trainable"] !== false };
}

function expandBlock(statement: LayerStatement, entity: BlockEntity, place: Place, expansion: Expansion): void {
  const { context, report, steps } = expansion;
  const { callee, label } = statement;
  const { declaration } = entity;
  if (label !== undefined) {
    const related = traceRelated(place.trace);
    report(labelOnExpansion(label.span, { name: label.text, on: "a block call", related }));
  }
  if (statement.arguments === undefined) {
    const required = declaration.parameters.filter((parameter) => parameter.default === undefined);
    reportMissingParentheses(
      "block",
      statement,
      required.map(({ name }) => name.text),
      expansion,
    );
    return leaveGap(statement, declaration, place, expansion);
  }
  const span = callSpan(statement, place.scope.file);
  const trace: Trace = { block: callee.text, span, outer: place.trace };
  const args = evaluateArguments(statement.arguments, evaluationAt(place, expansion));
  const parameters = bindParameters(statement, args, entity, place, expansion);
  steps.push({ kind: "enter", call: { kind: "block", statement, declaration, args }, trace: place.trace });
  if (expansion.loose || context.recursive.has(declaration) || declaration.isBodyLost === true) {
    steps.push({ kind: "gap" });
  } else {
    const scope: Scope = { file: entity.scope, parameters };
    const inner: Place = { scope, trace, depth: place.depth + 1, inside: "block" };
    const start = declaration.parameters.at(-1)?.span.end ?? declaration.name.span.end;
    expandBody(declaration.body, { start, end: declaration.span.end }, inner, expansion);
  }
  steps.push({ kind: "leave" });
  expandAssertion(statement.assertion, `Block '${callee.text}'`, place, expansion);
}

/** The values of a block's parameters for one call. A missing one is unknown, after its error. */
function bindParameters(
  statement: LayerStatement,
  args: readonly CallArgument[],
  { declaration, scope }: BlockEntity,
  place: Place,
  expansion: Expansion,
): ReadonlyMap<string, Value> {
  const { context, report } = expansion;
  const outside = evaluationAt(place, expansion);
  const specs = declaration.parameters.map(({ name, default: preset }) => ({
    name: name.text,
    required: preset === undefined,
  }));
  const { byName } = bindArguments(specs, args, {
    callee: statement.callee.text,
    span: callSpan(statement, place.scope.file),
    related: [{ span: declaration.name.span, message: "the block is declared here" }],
    // Of two parameters with one name it is said at the block.
    report: new Set(specs.map(({ name }) => name)).size < specs.length ? () => {} : report,
  });
  const parameters = new Map<string, Value>();
  for (const { name, default: preset } of declaration.parameters) {
    const argument = byName.get(name.text);
    if (argument !== undefined) {
      parameters.set(name.text, settle(argument.value, outside));
    } else if (preset !== undefined) {
      // A default sees the file and the parameters before it.
      parameters.set(name.text, evaluateSettled(preset, { context, scope: { file: scope, parameters }, report }));
    } else {
      parameters.set(name.text, { kind: "unknown", span: statement.span, literal: false });
    }
  }
  return parameters;
}

function countLayers(count: number, statement: LayerStatement, place: Place, expansion: Expansion): boolean {
  expansion.layerCount += count;
  if (expansion.layerCount <= limits.layers) return true;
  expansion.report(tooManyLayers(statement.span, { related: traceRelated(place.trace) }));
  stopExpansion(expansion);
  return false;
}

function checkLabel({ label }: LayerStatement, expansion: Expansion): void {
  const problem = label === undefined ? undefined : layerNameProblem(label.text);
  if (label === undefined || problem === undefined) return;
  expansion.report(invalidLayerName(label.span, { name: label.text, problem }));
}

function reportMissingParentheses(
  kind: "layer" | "block",
  { callee }: LayerStatement,
  required: readonly string[],
  expansion: Expansion,
): void {
  const end: Span = { ...callee.span, start: callee.span.end };
  expansion.report(missingParentheses(callee.span, { kind, name: callee.text, end, required }));
}

/** The statement without its assertion. */
function callSpan(statement: LayerStatement, scope: FileScope): Span {
  const { label, callee, assertion, span } = statement;
  const start = (label ?? callee).span.start;
  if (assertion === undefined) return start === span.start ? span : { ...span, start };
  const text = scope.file.source.text.slice(start, assertion.span.start);
  return { ...span, start, end: start + text.trimEnd().length };
}

function leaveGap(
  statement: LayerStatement,
  callee: LayerDefinition | BlockDeclaration | ModelDeclaration | undefined,
  { trace }: Place,
  { steps }: Expansion,
): void {
  steps.push({ kind: "gap", cause: { statement, callee, trace } });
}
