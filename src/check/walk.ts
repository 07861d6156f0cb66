import type { BodyItem, Expression, LayerStatement } from "../syntax/ast.ts";

/** Visits expressions and all within them, in order of appearance. A stack of its own: expressions may nest deeply. */
export function walkExpressions(roots: readonly Expression[], visit: (expression: Expression) => void): void {
  const stack = [...roots].reverse();
  for (let expression = stack.pop(); expression !== undefined; expression = stack.pop()) {
    visit(expression);
    switch (expression.kind) {
      case "call":
        for (const { value } of [...expression.arguments].reverse()) stack.push(value);
        break;
      case "list":
        for (const item of [...expression.items].reverse()) stack.push(item);
        break;
      case "unary":
        stack.push(expression.operand);
        break;
      case "binary":
        stack.push(expression.right, expression.left);
        break;
      case "name-expression":
      case "number":
      case "string":
      case "boolean":
      case "none":
      case "missing":
        break;
    }
  }
}

/** The bare words and callees in expressions, each once, in order of appearance. */
export function expressionNames(roots: readonly Expression[]): ReadonlySet<string> {
  const names = new Set<string>();
  walkExpressions(roots, (expression) => {
    if (expression.kind === "name-expression") names.add(expression.name);
    if (expression.kind === "call") names.add(expression.callee.text);
  });
  return names;
}

/** The layer statements of a body, those in repeats included, in order. */
export function layerStatements(body: readonly BodyItem[]): readonly LayerStatement[] {
  const statements: LayerStatement[] = [];
  const stack = [...body].reverse();
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    if (item.kind === "layer") statements.push(item);
    if (item.kind === "repeat") for (const inner of [...item.body].reverse()) stack.push(inner);
  }
  return statements;
}
