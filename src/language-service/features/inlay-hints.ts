import type { CheckedStep } from "../../check/semantics/checked-step.ts";
import { parametersOf } from "../../check/semantics/arguments-of.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { formatShape } from "../../ir/shape.ts";
import type { Argument, BodyItem, LayerStatement, RepeatStatement } from "../../syntax/ast.ts";
import type { Analysis } from "../analysis.ts";
import { commonOutput, stepsByStatement } from "../describe/step-shapes.ts";
import type { TextEdit } from "../text-edit.ts";

/** What an editor shows in a line as if it were written there. */
export interface InlayHint {
  readonly kind: "shape" | "parameter";
  readonly offset: number;
  readonly label: string;
  /** What writes the hint into the file, where it is certain. */
  readonly edits: readonly TextEdit[];
}

export interface InlayHintOptions {
  /** Whether layers show the shape that they give. Default true. */
  readonly shapes?: boolean;
  /** Which positional arguments show the name of their parameter: all, those that are no names themselves, none. */
  readonly parameterNames?: "all" | "literals" | "none";
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The output shape behind every layer, and the names of positional arguments, within a range or in the whole file, in order.
 * A statement that is expanded several times has a shape where it is the same each time.
 */
export function inlayHints(
  { file, result, source }: Analysis,
  range: Range = { start: 0, end: source.text.length },
  { shapes = true, parameterNames = "all" }: InlayHintOptions = {},
): readonly InlayHint[] {
  const steps = stepsByStatement(result.index);
  const hints: InlayHint[] = [];
  const visit = (body: readonly BodyItem[]): void => {
    for (const item of body) {
      if (item.kind !== "layer" && item.kind !== "repeat") continue;
      if (item.span.start > range.end || item.span.end < range.start) continue;
      const own = steps.get(item) ?? [];
      if (item.kind === "repeat") visit(item.body);
      else if (parameterNames !== "none") hints.push(...argumentHints(item, own[0], parameterNames));
      if (shapes) hints.push(...shapeHints(item, own));
    }
  };
  for (const declaration of file.declarations) {
    if (declaration.kind === "model" || declaration.kind === "block") visit(declaration.body);
  }
  return hints.filter(({ offset }) => range.start <= offset && offset <= range.end);
}

/** None where a shape is written already. */
function shapeHints(item: LayerStatement | RepeatStatement, steps: readonly CheckedStep[]): readonly InlayHint[] {
  const output = item.assertion === undefined ? commonOutput(steps) : undefined;
  if (output === undefined) return [];
  const label = `-> ${formatShape(output.shape)}`;
  const { file, end } = item.span;
  const edits = output.isLikely ? [] : [insert(file, end, ` ${label}`)];
  return [{ kind: "shape", offset: end, label: output.isLikely ? `${label}?` : label, edits }];
}

function argumentHints(
  { arguments: args = [] }: LayerStatement,
  step: CheckedStep | undefined,
  which: "all" | "literals",
): readonly InlayHint[] {
  if (step === undefined) return [];
  // Positional arguments come first, so that their places tell their parameters.
  const named = args.findIndex(({ name }) => name !== undefined);
  const positional = named < 0 ? args : args.slice(0, named);
  const parameters = parametersOf(step);
  const nameAt = (at: number): string | undefined => {
    const name = parameters[at]?.name;
    return typeof name === "object" ? name.text : name;
  };
  return positional.flatMap((argument, at): readonly InlayHint[] => {
    const name = nameAt(at);
    if (name === undefined || isTold(argument, name) || (which === "literals" && isName(argument))) return [];
    // An argument behind a named one is named, too.
    const edits =
      positional.length > parameters.length
        ? []
        : positional.slice(at).map(({ span }, behind) => insert(span.file, span.start, `${nameAt(at + behind)}=`));
    return [{ kind: "parameter", offset: argument.span.start, label: `${name}=`, edits }];
  });
}

/** Whether an argument tells what it is for: it is a name that ends in that of the parameter. */
function isTold({ value }: Argument, parameter: string): boolean {
  if (value.kind === "missing") return true;
  return value.kind === "name-expression" && value.name.toLowerCase().endsWith(parameter.toLowerCase());
}

function isName({ value }: Argument): boolean {
  return value.kind === "name-expression";
}

function insert(file: Span["file"], at: number, text: string): TextEdit {
  return { span: { file, start: at, end: at }, text };
}
