import type { BodyItem, Declaration, Expression } from "../syntax/ast.ts";
import { oncePerNode } from "./once-per-node.ts";
import { expressionNames, layerStatements } from "./walk.ts";

/** The words of declarations that may mean something that is declared elsewhere. */
export function usedNames(declarations: readonly Declaration[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const declaration of declarations) for (const name of namesIn(declaration)) names.add(name);
  return names;
}

/** Those of one declaration. */
export const namesIn = oncePerNode((declaration: Declaration): ReadonlySet<string> => {
  const names = new Set<string>();
  const expressions: Expression[] = [];
  if (declaration.kind === "let") expressions.push(declaration.value);
  if (declaration.kind === "block") {
    for (const { default: preset } of declaration.parameters) if (preset !== undefined) expressions.push(preset);
  }
  if (declaration.kind === "block" || declaration.kind === "model") {
    for (const { callee } of layerStatements(declaration.body)) names.add(callee.text);
    collectExpressions(declaration.body, expressions);
  }
  for (const name of expressionNames(expressions)) names.add(name);
  return names;
});

function collectExpressions(body: readonly BodyItem[], into: Expression[]): void {
  const stack = [...body];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    switch (item.kind) {
      case "layer":
        for (const { value } of item.arguments ?? []) into.push(value);
        if (item.assertion !== undefined) into.push(item.assertion.shape);
        break;
      case "repeat":
        into.push(item.count);
        if (item.assertion !== undefined) into.push(item.assertion.shape);
        for (const inner of item.body) stack.push(inner);
        break;
      case "input":
        into.push(item.shape);
        break;
      case "labels":
        into.push(item.labels);
        break;
      case "compile":
        for (const { value } of item.arguments) into.push(value);
        break;
      case "weights":
        break;
    }
  }
}
