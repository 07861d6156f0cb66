import type { ModelFile } from "../../syntax/ast.ts";
import { childrenOf, type SyntaxNode } from "./syntax-node.ts";

/** The nodes that an offset lies in, or right behind, from the file to the innermost. Of two that touch it, the second. */
export function nodesAt(file: ModelFile, offset: number): readonly SyntaxNode[] {
  const path: SyntaxNode[] = [file];
  for (let node: SyntaxNode | undefined = file; node !== undefined;) {
    node = childrenOf(node).findLast(({ span }) => span.start <= offset && offset <= span.end);
    if (node !== undefined) path.push(node);
  }
  return path;
}
