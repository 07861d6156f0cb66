import { DocumentHighlightKind, DocumentHighlightRequest } from "vscode-languageserver";
import { documentHighlights } from "../../language-service/index.ts";
import { positionRequest } from "./define-request.ts";

/** `textDocument/documentHighlight` */
export const documentHighlight = positionRequest(
  DocumentHighlightRequest.type,
  { documentHighlightProvider: true },
  (offset, { analysis, own }) =>
    documentHighlights(analysis, offset).map(({ span, role }) => ({
      range: own.range(span),
      kind: role === "definition" ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
    })),
);
