import type { BlockStatement, Expression, Statement } from "../python/ast.ts";
import { targetNames } from "./bound-names.ts";
import { applyEffects, effectsOf, isOfTraining, keptAttributes, spoil } from "./effects.ts";
import { rootName } from "./methods.ts";
import { evaluateOperator } from "./operators.ts";
import { setOptimizer } from "./set-optimizer.ts";
import { setTrainable } from "./set-trainable.ts";
import {
  bind,
  changeValue,
  miss,
  quote,
  readName,
  takesSteps,
  tooManySteps,
  type EvaluatedArgument,
  type Run,
} from "./run.ts";
import { takeTrainableLoop } from "./trainable-loop.ts";
import { unknown, type PythonValue, type Scope, type Why } from "./values.ts";

/** What a body of statements comes to. */
export interface Frame {
  /** What a function returns, once it does. */
  returned?: PythonValue;
}

/** Takes statements one after the other, up to a `return`. What only Python can tell leaves what it may have changed unknown. */
export function takeStatements(statements: readonly Statement[], scope: Scope, frame: Frame, run: Run): void {
  let skipsElse = false;
  for (const statement of statements) {
    if (frame.returned !== undefined) return;
    if (!takesSteps(run, statement.span)) {
      frame.returned = unknown({ reason: tooManySteps, span: statement.span });
      return;
    }
    const isElse = statement.kind === "block" && statement.word === "else";
    if (isElse && skipsElse) continue;
    skipsElse = statement.kind === "block" && isMainGuard(statement);
    const number = run.statements.get(statement) ?? run.statements.size;
    run.statements.set(statement, number);
    const before = run.statement;
    run.statement = number;
    take(statement, scope, frame, run);
    run.statement = before;
  }
}

function take(statement: Statement, scope: Scope, frame: Frame, run: Run): void {
  switch (statement.kind) {
    case "assign": {
      const value = run.evaluate(statement.value, scope);
      for (const target of statement.targets) assign(target, value, statement.value, scope, run);
      return;
    }
    case "augmented": {
      const { target, operator, value, span } = statement;
      const operands = [run.evaluate(target, scope), run.evaluate(value, scope)];
      const node = { kind: "binary", operator, left: target, right: value, span, levels: 1 } as const;
      assign(target, evaluateOperator(node, operands, run), value, scope, run);
      return;
    }
    case "expression":
      collectBare(run.evaluate(statement.value, scope), run);
      return;
    case "import":
      for (const { name, path } of statement.names) {
        if (name === "*") run.importsLayers ||= /\bkeras\.layers\.\*$/.test(path);
        else bind(name, { kind: "path", path }, scope, run);
      }
      return;
    case "return":
      frame.returned = statement.value === undefined ? { kind: "none" } : run.evaluate(statement.value, scope);
      return;
    case "other":
      for (const part of statement.parts) {
        if (statement.word === "del") for (const name of targetNames(part)) scope.names.delete(name);
        else run.evaluate(part, scope);
      }
      return;
    case "unread": {
      const why: Why = { reason: statement.reason, span: statement.span, help: "write the line anew" };
      applyEffects(effectsOf([statement], []), why, scope, run);
      return;
    }
    case "block":
      takeBlock(statement, scope, frame, run);
  }
}

/** Layers and models that stand on a line of their own, or between commas. */
function collectBare(value: PythonValue, run: Run): void {
  const items = value.kind === "tuple" || value.kind === "list" ? value.items : [value];
  const isBare = items.every(({ kind }) => kind === "layer" || kind === "model" || kind === "input");
  if (isBare) run.bare.push(...items);
}

function takeBlock(block: BlockStatement, scope: Scope, frame: Frame, run: Run): void {
  const { word, name, body, parts, targets, span } = block;
  if (word === "def" && name !== undefined) {
    bind(name, { kind: "function", definition: block, scope }, scope, run);
    return;
  }
  if (word === "with" || isMainGuard(block)) {
    for (const part of word === "with" ? parts : []) run.evaluate(part, scope);
    for (const target of targets) {
      for (const bound of targetNames(target)) bind(bound, unknown(unreadBlock(block)), scope, run);
    }
    takeStatements(body, scope, frame, run);
    return;
  }
  if (takeTrainableLoop(block, scope, run)) return;
  const why = unreadBlock(block);
  const effects = effectsOf([block], []);
  applyEffects(effects, why, scope, run);
  if (effects.returns && run.depth > 0) frame.returned = unknown({ ...why, span });
}

/** `if __name__ == "__main__":`, which is true where a script is a script. */
function isMainGuard({ word, parts }: BlockStatement): boolean {
  const [test] = parts;
  if (word !== "if" || test?.kind !== "binary" || test.operator !== "==") return false;
  const sides = [test.left, test.right];
  return (
    sides.some((side) => side.kind === "name" && side.name === "__name__") &&
    sides.some((side) => side.kind === "string" && side.value === "__main__")
  );
}

const blocks: Readonly<Record<string, string>> = {
  for: "a loop (for)",
  while: "a loop (while)",
  if: "a condition (if)",
  elif: "a condition (elif)",
  else: "a condition (else)",
  match: "a condition (match)",
  case: "a condition (case)",
  try: "an exception handler (try)",
  except: "an exception handler (except)",
  finally: "an exception handler (finally)",
  class: "a class",
  with: "a context (with)",
};

/** Why what a block changes is not known. */
function unreadBlock({ word, name, span }: BlockStatement): Why {
  const what = blocks[word] ?? `a block (${word})`;
  const isLoop = word === "for" || word === "while";
  const help = isLoop ? { help: writeOut } : {};
  return {
    reason: `${name === undefined ? what : `${what}, ${name},`} takes part in it, and a script is read, not run`,
    span,
    ...help,
  };
}

const writeOut =
  "write its layers one by one in the script\nor save the model in Python and import its file: layerc import model.keras";

function assign(target: Expression, value: PythonValue, node: Expression, scope: Scope, run: Run): void {
  switch (target.kind) {
    case "name":
      bind(target.name, value, scope, run);
      return;
    case "list":
    case "tuple": {
      const items = (value.kind === "list" || value.kind === "tuple") && value.why === undefined ? value.items : [];
      const fits = items.length === target.items.length;
      for (const [at, part] of target.items.entries()) {
        const reason = `${quote(part.span, run)} is a part of ${quote(node.span, run)}, which only Python knows`;
        assign(part, (fits ? items[at] : undefined) ?? unknown({ reason, span: node.span }), node, scope, run);
      }
      return;
    }
    case "attribute":
    case "subscript":
      assignPart(target, { node, span: node.span, value }, scope, run);
      return;
    default:
      for (const name of targetNames(target)) {
        const reason = `${quote(target.span, run)} is a part of ${quote(node.span, run)}, which only Python knows`;
        bind(name, unknown({ reason, span: node.span }), scope, run);
      }
  }
}

/** `config["units"] = 64`, `model.trainable = False`, `layer.activation = ...`. */
function assignPart(
  target: Extract<Expression, { readonly kind: "attribute" | "subscript" }>,
  given: EvaluatedArgument,
  scope: Scope,
  run: Run,
): void {
  const { value } = given;
  if (target.kind === "attribute" && target.name === "trainable" && value.kind === "boolean") {
    setTrainable(run.evaluate(target.object, scope), value.value);
    run.settings.add(run.statement);
    return;
  }
  const root = readName(rootName(target) ?? "", scope, run)?.value;
  if (target.kind === "attribute" && keptAttributes.has(target.name)) {
    const reason = `left out: ${quote(target.span, run)} is set, and the clause has what compile is given`;
    if (root?.kind === "model" && isOfTraining(target)) miss(target.span, reason, run);
    return;
  }
  const isMade = root?.kind === "object" || root?.kind === "model";
  if (target.kind === "attribute" && isMade && setOptimizer(run.evaluate(target, scope), target, given, run)) return;
  if (target.kind === "subscript" && root?.kind === "dict" && target.object.kind === "name") {
    const key = run.evaluate(target.index, scope);
    if (key.kind === "string") root.entries.set(key.value, value);
    changeValue(root, run);
    return;
  }
  spoil(root, { reason: `${quote(target.span, run)} is changed, which is not read`, span: target.span });
}
