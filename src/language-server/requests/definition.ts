import { DefinitionRequest } from "vscode-languageserver";
import { findDeclaration } from "../../language-service/index.ts";
import { positionRequest } from "./define-request.ts";

/** `textDocument/definition` */
export const definition = positionRequest(
  DefinitionRequest.type,
  { definitionProvider: true },
  (offset, { analysis, own, places, session: { client } }) => {
    const found = findDeclaration(analysis, offset);
    if (found === undefined) return null;
    const { uri, range } = places.location(found.name);
    if (!client.definitionLinks) return { uri, range };
    return [
      {
        originSelectionRange: own.range(found.origin),
        targetUri: uri,
        targetRange: places.location(found.span).range,
        targetSelectionRange: range,
      },
    ];
  },
);
