import { CodeLensRequest, type CodeLens } from "vscode-languageserver";
import { codeLenses } from "../../language-service/index.ts";
import { documentRequest } from "./define-request.ts";

/** `textDocument/codeLens` */
export const codeLens = documentRequest(
  CodeLensRequest.type,
  { codeLensProvider: {} },
  (_, { analysis, document, own, session }) => {
    if (!session.settings.codeLens) return [];
    return codeLenses(analysis).map(({ span, title, model, command }): CodeLens => ({
      range: own.range(span),
      // A lens that only says something has a command that is none.
      command:
        command === undefined
          ? { title, command: "" }
          : { title, command: command.name, arguments: [{ uri: document.uri, model }] },
    }));
  },
);
