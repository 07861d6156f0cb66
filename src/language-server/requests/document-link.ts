import { DocumentLinkRequest } from "vscode-languageserver";
import { documentLinks } from "../../language-service/index.ts";
import { documentRequest } from "./define-request.ts";

/** `textDocument/documentLink` */
export const documentLink = documentRequest(
  DocumentLinkRequest.type,
  { documentLinkProvider: {} },
  async (_, { analysis, document, own, session }) => {
    const { host } = await session.projects.of(document.path);
    return documentLinks(analysis).map(({ span, path }) => ({
      range: own.range(span),
      target: session.uriOf(host.resolve(document.path, path)),
    }));
  },
);
