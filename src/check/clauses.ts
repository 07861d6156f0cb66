import { counted } from "../diagnostics/counted.ts";
import type { Fix, RelatedPlace, Span } from "../diagnostics/diagnostic.ts";
import { describeValue, type Value } from "../layers/arguments/value.ts";
import { formatShape, type Shape } from "../ir/shape.ts";
import { isStatic } from "../ir/size.ts";
import type { CompileClause, InputClause, LabelsClause, ModelDeclaration, WeightsClause } from "../syntax/ast.ts";
import type { Clauses } from "./checked-model.ts";
import { evaluateSettled, type Evaluation } from "./evaluate.ts";
import {
  duplicateClause,
  duplicateLabel,
  emptyWeightsPath,
  inputAfterLayer,
  labelCount,
  labelNotAString,
  missingInput,
} from "./rules/clauses.ts";

/** Collects the clauses of a model and reports those that are missing, doubled, or out of place. */
export function readClauses(declaration: ModelDeclaration, { context, report, scope }: Evaluation): Clauses {
  const source = scope.file.file.source.text;
  const { body, name, span } = declaration;
  const found: { input?: InputClause; weights?: WeightsClause; labels?: LabelsClause; compile?: CompileClause } = {};
  const firstLayer = body.find((item) => item.kind === "layer" || item.kind === "repeat");
  for (const item of body) {
    if (item.kind === "layer" || item.kind === "repeat") continue;
    const first = found[item.kind];
    if (first !== undefined) {
      const line = repeated(first.span, item.span, source);
      report(duplicateClause(item.span, { kind: item.kind, first: first.span, line }));
    } else if (item.kind === "input") found.input = item;
    else if (item.kind === "weights") found.weights = item;
    else if (item.kind === "labels") found.labels = item;
    else found.compile = item;
  }
  if (found.input === undefined) {
    // Of a body without anything it is said that it has no layers.
    if (
      body.length > 0 &&
      declaration.isBodyLost !== true &&
      !context.damage.between(span.file, span.start, span.end)
    ) {
      report(missingInput(name.span, { model: name.text }));
    }
  } else if (firstLayer !== undefined && firstLayer.span.start < found.input.span.start) {
    const fix = moveBefore(firstLayer.span, found.input.span, source);
    report(inputAfterLayer(found.input.span, { layer: firstLayer.span, fix }));
  }
  if (found.weights?.path.value === "") report(emptyWeightsPath(found.weights.path.span));
  return found;
}

/** Moves a clause to a line of its own before a layer, or beside it where they stand on one line. */
function moveBefore(layer: Span, clause: Span, source: string): Fix {
  const indent = /(?:^|\n)([ \t]*)$/.exec(source.slice(0, layer.start));
  const gap = indent === null ? " " : `\n${indent[1]}`;
  const text = source.slice(clause.start, clause.end) + gap;
  const edits = [
    { span: { ...layer, end: layer.start }, text },
    { span: { ...clause, start: source.slice(0, clause.start).trimEnd().length }, text: "" },
  ];
  return { title: "Move it", edits };
}

/** A clause with the space before it, if it says the same as the first one once more. */
function repeated(first: Span, second: Span, source: string): Span | undefined {
  const text = (span: Span): string => source.slice(span.start, span.end);
  if (text(first) !== text(second)) return undefined;
  return { ...second, start: source.slice(0, second.start).trimEnd().length };
}

/** The labels of a clause, or undefined after reporting what is wrong with them. */
export function readLabels(clause: LabelsClause, evaluation: Evaluation): readonly string[] | undefined {
  const first = new Map<string, (typeof clause.labels.items)[number]>();
  let valid = true;
  for (const item of clause.labels.items) {
    const value = evaluateSettled(item, evaluation);
    if (value.kind !== "string") {
      valid = false;
      if (value.kind === "unknown") continue;
      const related = value.from === undefined ? [] : [value.from];
      evaluation.report(labelNotAString(value.span, { found: describeValue(value), related, fix: quoted(value) }));
      continue;
    }
    const before = first.get(value.value);
    if (before === undefined) {
      first.set(value.value, item);
    } else {
      valid = false;
      evaluation.report(duplicateLabel(value.span, { label: value.value, first: before.span }));
    }
  }
  return valid ? [...first.keys()] : undefined;
}

/** A number as a label is certainly meant as its digits. */
function quoted({ kind, literal, span, ...value }: Value): Fix | undefined {
  if (kind !== "number" || !literal || !("value" in value)) return undefined;
  const text = `"${value.value}"`;
  return { title: `Write ${text}`, edits: [{ span, text }] };
}

/** Reports labels that do not fit the model's output. */
export function checkLabelCount(
  clause: LabelsClause,
  output: Shape,
  related: readonly RelatedPlace[],
  report: Evaluation["report"],
): void {
  const found = clause.labels.items.length;
  const last = output.at(-1);
  if (last !== undefined && isStatic(last) && last.factor === found) return;
  const expected =
    last !== undefined && isStatic(last)
      ? `${counted(last.factor, "value")} long in ${formatShape(output)}`
      : `which has no fixed length in ${formatShape(output)}`;
  const isOneProbability = found === 2 && last !== undefined && isStatic(last) && last.factor === 1;
  report(labelCount(clause.labels.span, { found, expected, isOneProbability, related }));
}
