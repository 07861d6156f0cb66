import { parametersOf } from "../../check/semantics/arguments-of.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { formatShape, type Shape } from "../../ir/shape.ts";
import type { Argument, BodyItem, LayerStatement, RepeatStatement } from "../../syntax/ast.ts";
import { compileParameters } from "../../training/compile-parameters.ts";
import type { Analysis } from "../analysis.ts";
import { commonOutput, stepsByStatement, type CommonShape } from "../describe/step-shapes.ts";
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
  { start, end }: Range = { start: 0, end: source.text.length },
  { shapes = true, parameterNames = "all" }: InlayHintOptions = {},
): readonly InlayHint[] {
  const steps = stepsByStatement(result.index);
  const hints: InlayHint[] = [];
  const add = (hint: InlayHint): void => {
    if (start <= hint.offset && hint.offset <= end) hints.push(hint);
  };
  const visit = (body: readonly BodyItem[]): void => {
    for (const item of body) {
      if (item.span.start > end || item.span.end < start) continue;
      if (item.kind === "compile" && parameterNames !== "none") {
        addArgumentHints(item.arguments, compileParameters, parameterNames, add);
      }
      if (item.kind !== "layer" && item.kind !== "repeat") continue;
      const own = steps.get(item) ?? [];
      if (item.kind === "repeat") visit(item.body);
      else if (parameterNames !== "none" && own[0] !== undefined) {
        addArgumentHints(item.arguments ?? [], parametersOf(own[0]), parameterNames, add);
      }
      // None where a shape is written already.
      const output = shapes && item.assertion === undefined ? commonOutput(own) : undefined;
      if (output !== undefined) add(new ShapeHint(item, output));
    }
  };
  for (const declaration of file.declarations) {
    if (declaration.kind === "model" || declaration.kind === "block") visit(declaration.body);
  }
  return hints;
}

function addArgumentHints(
  args: readonly Argument[],
  all: Parameters,
  which: "all" | "literals",
  add: (hint: InlayHint) => void,
): void {
  const parameters = all.filter((each) => !("keywordOnly" in each && each.keywordOnly === true));
  // Positional arguments come first, so that their places tell their parameters.
  for (const [at, argument] of args.entries()) {
    if (argument.name !== undefined) return;
    const name = nameOf(parameters[at]);
    if (name === undefined || isTold(argument, name) || (which === "literals" && isName(argument))) continue;
    add(new ParameterHint(args, parameters, at, name));
  }
}

/** There are thousands of hints at every key, and edits of hardly any are asked for: they are made then. */
class ShapeHint implements InlayHint {
  readonly kind = "shape";
  readonly offset: number;
  readonly label: string;
  readonly #file: string;
  readonly #isLikely: boolean;

  constructor({ span }: LayerStatement | RepeatStatement, { shape, isLikely }: CommonShape) {
    this.offset = span.end;
    this.label = isLikely ? `${arrowTo(shape)}?` : arrowTo(shape);
    this.#file = span.file;
    this.#isLikely = isLikely;
  }

  get edits(): readonly TextEdit[] {
    return this.#isLikely ? [] : [insert(this.#file, this.offset, ` ${this.label}`)];
  }
}

class ParameterHint implements InlayHint {
  readonly kind = "parameter";
  readonly offset: number;
  readonly label: string;
  readonly #args: readonly Argument[];
  readonly #parameters: Parameters;
  readonly #at: number;

  constructor(args: readonly Argument[], parameters: Parameters, at: number, name: string) {
    this.offset = (args[at] as Argument).span.start;
    this.label = equals(name);
    this.#args = args;
    this.#parameters = parameters;
    this.#at = at;
  }

  get edits(): readonly TextEdit[] {
    const named = this.#args.findIndex(({ name }) => name !== undefined);
    const positional = named < 0 ? this.#args : this.#args.slice(0, named);
    if (positional.length > this.#parameters.length) return [];
    // An argument behind a named one is named, too.
    return positional
      .slice(this.#at)
      .map(({ span }, behind) => insert(span.file, span.start, equals(nameOf(this.#parameters[this.#at + behind]))));
  }
}

type Parameters = ReturnType<typeof parametersOf>;

function nameOf(parameter: Parameters[number] | undefined): string | undefined {
  return typeof parameter?.name === "object" ? parameter.name.text : parameter?.name;
}

/** Whether an argument tells what it is for: it is a name that ends in that of the parameter. */
function isTold({ value }: Argument, parameter: string): boolean {
  if (value.kind === "missing") return true;
  return value.kind === "name-expression" && value.name.toLowerCase().endsWith(parameter.toLowerCase());
}

function isName({ value }: Argument): boolean {
  return value.kind === "name-expression";
}

/** `-> [64]` */
function arrowTo(shape: Shape): string {
  return `-> ${formatShape(shape)}`;
}

/** `units=` */
function equals(name: string | undefined): string {
  return `${name}=`;
}

function insert(file: Span["file"], at: number, text: string): TextEdit {
  return { span: { file, start: at, end: at }, text };
}
