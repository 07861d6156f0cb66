import { InlayHintKind, InlayHintRequest, type InlayHint } from "vscode-languageserver";
import { inlayHints } from "../../language-service/index.ts";
import { rangeRequest } from "./define-request.ts";

/** `textDocument/inlayHint` */
export const inlayHint = rangeRequest(
  InlayHintRequest.type,
  { inlayHintProvider: true },
  (range, { analysis, own, session }) => {
    return inlayHints(analysis, range, session.settings.inlayHints).map(
      ({ kind, offset, label, edits }): InlayHint => ({
        position: own.position(offset),
        label,
        ...(kind === "shape" ? { kind: InlayHintKind.Type, paddingLeft: true } : { kind: InlayHintKind.Parameter }),
        ...(edits.length === 0
          ? {}
          : { textEdits: edits.map(({ span, text }) => ({ range: own.range(span), newText: text })) }),
      }),
    );
  },
);
