import { FoldingRangeKind, FoldingRangeRequest, type FoldingRange as LspFoldingRange } from "vscode-languageserver";
import { foldingRanges, type FoldingRange } from "../../language-service/index.ts";
import { documentRequest } from "./define-request.ts";

/** Bodies and calls are of no kind that the protocol knows. */
const kinds: Readonly<Record<FoldingRange["kind"], FoldingRangeKind | undefined>> = {
  imports: FoldingRangeKind.Imports,
  comment: FoldingRangeKind.Comment,
  region: undefined,
};

/** `textDocument/foldingRange` */
export const folding = documentRequest(
  FoldingRangeRequest.type,
  { foldingRangeProvider: true },
  (_, { analysis, own, session }) =>
    foldingRanges(analysis).map(({ kind, span }): LspFoldingRange => {
      const { start, end } = own.range(span);
      const lines = { startLine: start.line, endLine: end.line };
      const lspKind = kinds[kind];
      return {
        ...lines,
        ...(session.client.foldsWholeLines ? {} : { startCharacter: start.character, endCharacter: end.character }),
        ...(lspKind === undefined ? {} : { kind: lspKind }),
      };
    }),
);
