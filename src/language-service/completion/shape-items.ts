import { stepsOf } from "../../check/semantics/steps-at.ts";
import { formatShape } from "../../ir/shape.ts";
import type { BodyItem, LayerStatement, RepeatStatement } from "../../syntax/ast.ts";
import { commonOutput } from "../describe/step-shapes.ts";
import { nodesAt } from "../tree/nodes-at.ts";
import { plainSnippet, type CompletionItem } from "./completion-item.ts";
import { item, type CompletionRequest } from "./request.ts";

/** The shape that a statement gives, behind its arrow. */
export function assertionItems(request: CompletionRequest): readonly CompletionItem[] {
  const { analysis, cursor, offset } = request;
  const [next] = cursor.behind;
  if (next?.text === "[" || cursor.word.start < cursor.word.end) return [];
  const statement = statementBefore(request, offset);
  const output = statement === undefined ? undefined : commonOutput(stepsOf(analysis.result.index, statement));
  if (
    output === undefined ||
    output.shape.some(({ dims, factor }) => dims.length > 1 || (dims.length === 1 && factor > 1))
  ) {
    return [];
  }
  const shape = formatShape(output.shape);
  const before = analysis.source.text[offset - 1] === ">" ? " " : "";
  const behind = /^[\s})]|^$/.test(analysis.source.text.slice(offset, offset + 1)) ? "" : " ";
  return [item(request, plainSnippet(before + shape + behind), { label: shape, kind: "shape", sortText: "0" })];
}

/** The statement of the innermost body that ends last before an offset, or goes on over it. */
function statementBefore(
  { analysis }: CompletionRequest,
  offset: number,
): LayerStatement | RepeatStatement | undefined {
  const bodies = nodesAt(analysis.file, offset).flatMap((node) => ("body" in node ? [node.body] : []));
  const isBefore = (item: BodyItem): item is LayerStatement | RepeatStatement =>
    (item.kind === "layer" || item.kind === "repeat") && item.span.start < offset;
  return bodies.at(-1)?.findLast(isBefore);
}
