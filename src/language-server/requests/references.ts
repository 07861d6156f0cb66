import { ReferencesRequest } from "vscode-languageserver";
import { findReferences } from "../../language-service/index.ts";
import { analyzeImporters } from "../importers.ts";
import { sourcePlaces } from "../source-places.ts";
import { positionRequest } from "./define-request.ts";

/** `textDocument/references` */
export const references = positionRequest(
  ReferencesRequest.type,
  { referencesProvider: true },
  async (offset, asked, { context }) => {
    const { analysis, session } = asked;
    const others = await analyzeImporters(asked, offset);
    const sources = [analysis, ...others].flatMap(({ result }) => result.sources);
    const places = sourcePlaces(sources, session.client.encoding, session.uriOf);
    return findReferences(analysis, offset, others)
      .filter(({ role }) => role !== "definition" || context?.includeDeclaration !== false)
      .map(({ span }) => places.location(span));
  },
);
