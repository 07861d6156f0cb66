import type { CallNode, Expression, Statement } from "../python/ast.ts";
import { partsOf } from "../python/nodes.ts";
import { targetNames } from "./bound-names.ts";
import { isHarmless, libraryItem, methodOf, usualPath } from "./library.ts";
import { emptySequential } from "./make-model.ts";
import { changesList, isUsing, rootName } from "./methods.ts";
import { isBuiltin } from "./pure-functions.ts";
import { bind, lookUp, miss, quote, readName, takesSteps, type Run } from "./run.ts";
import { unknown, type PythonValue, type Scope, type Why } from "./values.ts";

/** What statements that are not read may change. */
export interface Effects {
  /** Names that are given values; by an import the path, which is known. */
  readonly names: ReadonlyMap<string, string | undefined>;
  readonly calls: readonly CallNode[];
  /** `model.x = ...`. */
  readonly attributes: readonly Expression[];
  /** `opt.learning_rate.assign(...)`. */
  readonly variables: readonly Expression[];
  /** Names that stand in a statement that the grammar does not take. */
  readonly unread: readonly string[];
  readonly returns: boolean;
}

/** What may change where statements and expressions are run, any number of times or not at all. */
export function effectsOf(statements: readonly Statement[], expressions: readonly Expression[]): Effects {
  const names = new Map<string, string | undefined>();
  const calls: CallNode[] = [];
  const attributes: Expression[] = [];
  const variables: Expression[] = [];
  const unread: string[] = [];
  let returns = false;

  const visitTarget = (target: Expression): void => {
    for (const name of targetNames(target)) names.set(name, undefined);
    if (target.kind === "attribute" || target.kind === "subscript") attributes.push(target);
    visitExpression(target);
  };
  const visitExpression = (node: Expression): void => {
    if (node.kind === "call") {
      calls.push(node);
      const variable = variableOf(node);
      if (variable !== undefined) variables.push(variable);
    }
    if (node.kind === "opaque") for (const name of node.binds ?? []) names.set(name, undefined);
    for (const part of partsOf(node)) visitExpression(part);
  };
  const visit = (statement: Statement): void => {
    switch (statement.kind) {
      case "assign":
        for (const target of statement.targets) visitTarget(target);
        return visitExpression(statement.value);
      case "augmented":
        visitTarget(statement.target);
        return visitExpression(statement.value);
      case "expression":
        return visitExpression(statement.value);
      case "import":
        for (const { name, path } of statement.names) names.set(name, path);
        return;
      case "return":
        returns = true;
        if (statement.value !== undefined) visitExpression(statement.value);
        return;
      case "other":
        if (statement.word === "del") for (const part of statement.parts) visitTarget(part);
        for (const part of statement.parts) visitExpression(part);
        return;
      case "unread":
        unread.push(...statement.names.slice(0, 1000));
        if (statement.target !== undefined) names.set(statement.target, undefined);
        return;
      case "block":
        for (const target of statement.targets) visitTarget(target);
        for (const part of statement.parts) visitExpression(part);
        if (statement.name !== undefined) names.set(statement.name, undefined);
        // What a function or a class does is done where it is called.
        if (statement.word !== "def" && statement.word !== "class") for (const inner of statement.body) visit(inner);
    }
  };
  for (const statement of statements) visit(statement);
  for (const expression of expressions) visitExpression(expression);
  return { names, calls, attributes, variables, unread, returns };
}

/** The variable that a call sets: `opt.learning_rate.assign(0.1)`, `K.set_value(opt.learning_rate, 0.1)`. */
function variableOf({ callee, arguments: [first] }: CallNode): Expression | undefined {
  if (callee.kind !== "attribute") return undefined;
  const set = callee.name === "assign" ? callee.object : callee.name === "set_value" ? first?.value : undefined;
  return set?.kind === "attribute" ? set : undefined;
}

/** Functions that call others: what is called deeper than that is taken to change nothing. */
const deepest = 5;

/** Everything that may have changed is unknown from there on, for a reason. */
export function applyEffects(effects: Effects, why: Why, scope: Scope, run: Run, depth = 0): void {
  const { names, calls, attributes, variables, unread } = effects;
  if (!takesSteps(run, why.span, calls.length)) return;
  for (const call of calls) {
    applyCall(call, why, scope, run);
    const callee = call.callee.kind === "name" ? lookUp(call.callee.name, scope)?.value : undefined;
    if (callee?.kind !== "function" || depth >= deepest) continue;
    const inner: Scope = { names: new Map(), outer: callee.scope };
    applyEffects(effectsOf(callee.definition.body, []), why, inner, run, depth + 1);
  }
  for (const target of [...attributes, ...variables]) {
    const value = readName(rootName(target) ?? "", scope, run)?.value;
    const isKept = target.kind === "attribute" && keptAttributes.has(target.name);
    const isOfObject = value?.kind === "object";
    if (isOfObject || isOfTraining(target)) {
      const help = hasAttribute(target, "trainable")
        ? "write trainable=false in the layers that it freezes"
        : undefined;
      miss(target.span, `left out: what ${quote(target.span, run)} is set to, for ${why.reason}`, run, help);
    }
    if (!isKept && !isOfTraining(target) && (isOfObject || attributes.includes(target))) spoil(value, why);
  }
  for (const name of unread) spoil(lookUp(name, scope)?.value, why);
  if (unread.some((name) => name === "Sequential" || name === "Model")) run.lost.push(why);
  for (const [name, path] of names) {
    const value = lookUp(name, scope)?.value;
    const isPart = value !== undefined && parts.has(value.kind);
    if (isPart) readName(name, scope, run);
    bind(name, path === undefined ? unknown(why) : { kind: "path", path }, scope, run);
  }
}

const parts: ReadonlySet<PythonValue["kind"]> = new Set(["model", "tensor", "layer", "list"]);

/** Attributes of models and layers that leave what they compute as it is. */
export const keptAttributes: ReadonlySet<string> = new Set(
  "trainable _name name stop_training optimizer loss metrics history seed supports_masking".split(" "),
);

/** Whether what is set says how a model is trained: `layer.trainable`, `model.optimizer.learning_rate`. */
export function isOfTraining(target: Expression): boolean {
  return ["trainable", "optimizer", "loss", "metrics"].some((name) => hasAttribute(target, name));
}

/** What a value may be is not known any more. */
export function spoil(value: PythonValue | undefined, why: Why): void {
  if (value?.kind === "model") value.model.problems.push(why);
  if (value?.kind === "layer") value.layer.problems.push(why);
  if (value?.kind === "object" && value.converted.why === undefined) value.converted = { written: {}, why };
  if (value?.kind === "list") {
    value.why ??= why;
    for (const item of value.items) if (item.kind === "model") item.model.problems.push(why);
  }
}

function applyCall(call: CallNode, why: Why, scope: Scope, run: Run): void {
  const { callee, arguments: args } = call;
  const path = pathOf(callee, scope, run);
  if (path !== undefined) {
    const { kind } = libraryItem(path);
    if (kind === "sequential" || kind === "model" || kind === "torch") run.lost.push(why);
    const method = methodOf(path);
    const [given] = args;
    const self = given?.value.kind === "name" ? readName(given.value.name, scope, run)?.value : undefined;
    if (method !== undefined && self?.kind === "model") {
      if (method === "compile") missCompile(call, why, run);
      if (!isUsing(method)) spoil(self, why);
    }
    if (kind !== "other" || isHarmless(path)) return;
  }
  if (callee.kind === "attribute") {
    const root = rootName(callee);
    const value = root === undefined ? undefined : readName(root, scope, run)?.value;
    if (value?.kind === "model") {
      const isDirect = callee.object.kind === "name";
      if (isDirect && callee.name === "compile") missCompile(call, why, run);
      if (isDirect ? !isUsing(callee.name) : changesList(callee.name) && hasAttribute(callee, "layers"))
        spoil(value, why);
    } else if (value?.kind === "list") {
      if (changesList(callee.name)) spoil(value, why);
    } else if (
      value === undefined &&
      root !== undefined &&
      callee.name === "add" &&
      args.some(({ value: layer }) => isLayerCall(layer, scope, run))
    ) {
      const model = emptySequential(call.span, run);
      model.problems.push(why);
      bind(root, { kind: "model", model }, run.root, run);
    }
  }
  for (const { value: argument } of args) {
    const given = argument.kind === "name" ? lookUp(argument.name, scope)?.value : undefined;
    if (given?.kind === "model" && given.model.content.kind === "sequential") spoil(given, why);
    if (given?.kind === "list") spoil(given, why);
  }
}

/** What a model is compiled with where only Python knows whether it is. */
function missCompile({ callee, span }: CallNode, { reason }: Why, run: Run): void {
  const help = "write the clause compile in the model\nor call compile on a line of its own";
  miss(span, `left out: what ${quote(callee.span, run)} is given, for ${reason}`, run, help);
}

function hasAttribute(node: Expression, name: string): boolean {
  let at = node;
  while (at.kind === "attribute" || at.kind === "subscript") {
    if (at.kind === "attribute" && at.name === name) return true;
    at = at.object;
  }
  return false;
}

/** The path of a library that a dotted name stands for. */
function pathOf(node: Expression, scope: Scope, run: Run): string | undefined {
  const words: string[] = [];
  let at = node;
  for (; at.kind === "attribute"; at = at.object) words.unshift(at.name);
  if (at.kind !== "name") return undefined;
  const value = lookUp(at.name, scope)?.value;
  const root =
    value === undefined
      ? isBuiltin(at.name)
        ? `builtins.${at.name}`
        : usualPath(at.name, run.importsLayers)
      : value.kind === "path"
        ? value.path
        : undefined;
  return root === undefined ? undefined : [root, ...words].join(".");
}

function isLayerCall(node: Expression, scope: Scope, run: Run): boolean {
  const path = node.kind === "call" ? pathOf(node.callee, scope, run) : undefined;
  return path !== undefined && ["layer", "input", "input-layer", "sequential"].includes(libraryItem(path).kind);
}
