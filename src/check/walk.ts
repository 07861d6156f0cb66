import type { BodyItem, Expression, LayerStatement } from "../syntax/ast.ts";

/** The bare words and callees in expressions, each once, in order of appearance. */
export function expressionNames(roots: readonly Expression[]): ReadonlySet<string> {
  const names = new Set<string>();
  const stack = [...roots].reverse();
  for (let expression = stack.pop(); expression !== undefined; expression = stack.pop()) {
    switch (expression.kind) {
      case "name-expression":
        names.add(expression.name);
        break;
      case "call":
        names.add(expression.callee.text);
        stack.push(...expression.arguments.map((argument) => argument.value).reverse());
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
      case "number":
      case "string":
      case "boolean":
      case "none":
      case "missing":
        break;
    }
  }
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
