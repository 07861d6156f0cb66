import type {
  Argument,
  BodyItem,
  Declaration,
  Expression,
  ImportDeclaration,
  ModelFile,
  Name,
  Parameter,
  ShapeAssertion,
} from "../../syntax/ast.ts";

/** A part of a syntax tree that has a place. */
export type SyntaxNode =
  ModelFile | ImportDeclaration | Declaration | Parameter | BodyItem | ShapeAssertion | Argument | Expression | Name;

/** The parts of a node, from left to right. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.kind) {
    case "model-file":
      return [...node.imports, ...node.declarations].sort((a, b) => a.span.start - b.span.start);
    case "import":
      return [...node.names, node.path];
    case "let":
      return [node.name, node.value];
    case "dim":
      return [node.name];
    case "block":
      return [node.name, ...node.parameters, ...node.body];
    case "model":
      return [node.name, ...node.body];
    case "parameter":
      return present(node.name, node.default);
    case "layer":
      return [...present(node.label), node.callee, ...(node.arguments ?? []), ...present(node.assertion)];
    case "repeat":
      return [...present(node.label), node.count, ...node.body, ...present(node.assertion)];
    case "assertion":
    case "input":
      return [node.shape];
    case "weights":
      return present(node.path, node.prefix);
    case "labels":
      return [node.labels];
    case "compile":
      return [node.callee, ...node.arguments];
    case "argument":
      return present(node.name, node.value);
    case "list":
      return node.items;
    case "call":
      return [node.callee, ...node.arguments];
    case "unary":
      return [node.operand];
    case "binary":
      return [node.left, node.right];
    case "name":
    case "number":
    case "string":
    case "boolean":
    case "none":
    case "name-expression":
    case "missing":
      return [];
  }
}

function present(...nodes: readonly (SyntaxNode | undefined)[]): readonly SyntaxNode[] {
  return nodes.filter((node): node is SyntaxNode => node !== undefined);
}
