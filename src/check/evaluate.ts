import type { Diagnostic, RelatedPlace, Span } from "../diagnostics/diagnostic.ts";
import type { CallArgument, Value, ValueContent } from "../layers/arguments/value.ts";
import { bindArguments } from "../layers/arguments/bind.ts";
import { reportUnknownFunction, unknownName } from "../layers/arguments/wrong-type.ts";
import { keywords } from "./words.ts";
import type { Argument, CallExpression, Expression, NameExpression } from "../syntax/ast.ts";
import { combine, finite, negate, operand } from "./arithmetic.ts";
import type { CheckContext } from "./context.ts";
import { letValue } from "./lets.ts";
import { joinedStrings, writeJoined } from "./joined-strings.ts";
import { arithmeticOperand, notAFunction, notAValue } from "./rules/expressions.ts";
import type { FileScope } from "./scope.ts";

/** The names an expression sees: those of its file, and in a block its parameters, which hide them. */
export interface Scope {
  readonly file: FileScope;
  readonly parameters?: ReadonlyMap<string, Value>;
}

/** What evaluation needs around it. */
export interface Evaluation {
  readonly context: CheckContext;
  readonly scope: Scope;
  report(diagnostic: Diagnostic): void;
}

/**
 * The value of an expression; the parser bounds how deep it nests. A bare word that names nothing stays a word, for the argument that takes it to judge; use
 * `evaluateSettled` where no keyword can stand.
 */
function evaluate(expression: Expression, evaluation: Evaluation): Value {
  const { span } = expression;
  switch (expression.kind) {
    case "number":
      return finite({ kind: "number", value: expression.value, span, literal: true }, expression.text, evaluation);
    case "string":
    case "boolean":
      return { kind: expression.kind, value: expression.value, span, literal: true } as Value;
    case "none":
      return { kind: "none", span, literal: true };
    case "missing":
      return { kind: "unknown", span, literal: false };
    case "list": {
      const items = expression.items.map((item) => evaluate(item, evaluation));
      return { kind: "list", items, span, literal: true };
    }
    case "unary": {
      const operand = evaluateSettled(expression.operand, evaluation);
      return negate(expression.operator, operand, span, evaluation);
    }
    case "binary": {
      const joined = joinedStrings(expression);
      if (joined !== undefined) {
        const fix = writeJoined(expression, joined);
        evaluation.report(arithmeticOperand(span, { operator: "+", found: "strings", fix }));
        return { kind: "unknown", span, literal: false };
      }
      const left = evaluateSettled(expression.left, evaluation);
      const right = evaluateSettled(expression.right, evaluation);
      return combine(expression.operator, left, right, span, evaluation);
    }
    case "name-expression":
      return evaluateName(expression, evaluation);
    case "call":
      return evaluateCall(expression, evaluation);
  }
}

/** The value of an expression where a misspelt word can only be an undeclared name: reports it. */
export function evaluateSettled(expression: Expression, evaluation: Evaluation, isAxis = false): Value {
  return settle(evaluate(expression, evaluation), evaluation, isAxis);
}

/** Turns words and calls that no argument anywhere takes into unknown values, and reports them. */
export function settle(value: Value, evaluation: Evaluation, isAxis = false): Value {
  // A list behind a name has been settled where it was written; going through it again would take exponential time.
  if (value.kind === "list" && value.literal) {
    return { ...value, items: value.items.map((item) => settle(item, evaluation)) };
  }
  if (value.kind === "word" && !value.keyword) {
    const place = value.literal ? value.span : undefined;
    evaluation.report(unknownName(value.span, { name: value.text, candidates: value.namesInScope(), place, isAxis }));
    return { kind: "unknown", span: value.span, literal: false };
  }
  if (value.kind === "call" && !value.keyword) {
    reportUnknownFunction(value, evaluation);
    return { kind: "unknown", span: value.span, literal: false };
  }
  return value;
}

/** The arguments of a call, evaluated. */
export function evaluateArguments(args: readonly Argument[], evaluation: Evaluation): readonly CallArgument[] {
  return args.map(({ name, value, span }) => ({
    ...(name === undefined ? {} : { name: name.text, nameSpan: name.span }),
    value: evaluate(value, evaluation),
    span,
  }));
}

function evaluateName({ name, span }: NameExpression, evaluation: Evaluation): Value {
  const { context, scope, report } = evaluation;
  const parameter = scope.parameters?.get(name);
  if (parameter !== undefined) return refer(parameter, span, `'${name}' is given here`);
  const entity = scope.file.entities.get(name);
  switch (entity?.kind) {
    case "let":
      return refer(letValue(entity, context), span, `'${name}' is declared here`);
    case "dim":
      return { kind: "dim", name: entity.declaration.name.text, span, literal: false };
    case "block":
    case "model":
      report(notAValue(span, { name, kind: entity.kind, declared: entity.declaration.name.span }));
      return { kind: "unknown", span, literal: false };
    case "lost":
      return { kind: "unknown", span, literal: false };
    case undefined:
      if (context.damage.mayDeclare(scope.file.file, name)) return { kind: "unknown", span, literal: false };
      return {
        kind: "word",
        text: name,
        keyword: keywords.has(name),
        namesInScope: () => valueNames(scope),
        span,
        literal: true,
      };
  }
}

/** A value seen through a name: it stands where the name stands, and comes from where it was written. */
function refer(value: Value, span: Span, message: string): Value {
  const from: RelatedPlace = value.from ?? { span: value.span, message };
  return { ...(value as ValueContent), span, literal: false, from };
}

function evaluateCall(expression: CallExpression, evaluation: Evaluation): Value {
  const { callee, span } = expression;
  const { scope, report } = evaluation;
  const name = callee.text;
  const unknown: Value = { kind: "unknown", span, literal: false };
  const args = evaluateArguments(expression.arguments, evaluation);
  if (name === "floor") {
    const site = { callee: "floor", span, related: [], report };
    const argument = bindArguments([{ name: "x", required: true }], args, site).byName.get("x");
    if (argument === undefined) return unknown;
    const number = operand("floor", settle(argument.value, evaluation), evaluation);
    return number === undefined ? unknown : { kind: "number", value: Math.floor(number), span, literal: false };
  }
  const entity = scope.file.entities.get(name);
  const parameter = scope.parameters?.has(name) === true;
  if (!parameter && entity?.kind === "lost") return unknown;
  if (parameter || entity !== undefined) {
    report(notAFunction(callee.span, { name, kind: parameter ? "parameter" : (entity?.kind ?? "name") }));
    return unknown;
  }
  return {
    kind: "call",
    callee: name,
    calleeSpan: callee.span,
    keyword: keywords.has(name),
    args,
    span,
    literal: true,
  };
}

function valueNames(scope: Scope): readonly string[] {
  const names = [...(scope.parameters?.keys() ?? [])];
  for (const [name, entity] of scope.file.entities) {
    if (entity.kind === "let" || entity.kind === "dim") names.push(name);
  }
  return names;
}
