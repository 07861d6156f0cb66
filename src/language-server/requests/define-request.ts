import type { CancellationToken, ServerCapabilities, TextDocumentIdentifier } from "vscode-languageserver";
import type { Analysis } from "../../language-service/analysis.ts";
import type { Client } from "../client.ts";
import type { OpenDocument } from "../documents.ts";
import { placesOf, type Places } from "../positions.ts";
import type { Session } from "../session.ts";
import type { SourcePlaces } from "../source-places.ts";

/** A request that the server answers, with what it says of that at the start. */
export interface Request {
  readonly method: string;
  /** Nothing for a client for which it is not meant. */
  provides(client: Client): Partial<ServerCapabilities>;
  answer(params: unknown, session: Session, token: CancellationToken): Promise<unknown>;
}

/** The type of a request in the protocol's library, as far as its parameters and answer are told from it. */
export interface RequestType<Params, Answer> {
  readonly method: string;
  /** Present in types only. */
  readonly _: readonly [Params, Answer, unknown, unknown] | undefined;
}

/** What a request about an open document is answered from. */
export interface Asked {
  readonly session: Session;
  readonly document: OpenDocument;
  readonly analysis: Analysis;
  readonly places: SourcePlaces;
  /** Of the document. */
  readonly own: Places;
}

/** A request about one open document. For one that is not open the answer is null. */
export function documentRequest<Params extends { readonly textDocument: TextDocumentIdentifier }, Answer>(
  type: RequestType<Params, Answer>,
  provides: Partial<ServerCapabilities> | ((client: Client) => Partial<ServerCapabilities>),
  answer: (params: Params, asked: Asked) => Answer | Promise<Answer>,
): Request {
  return {
    method: type.method,
    provides: (client) => (typeof provides === "function" ? provides(client) : provides),
    answer(params, session, token) {
      // A client that sends something else gets what that leads to: an error.
      const typed = params as Params;
      return session.inTurn(async () => {
        if (token.isCancellationRequested) return null;
        const asked = await askedAbout(typed.textDocument.uri, session);
        return asked === undefined ? null : answer(typed, asked);
      });
    },
  };
}

/** Undefined for a document that is not open. */
async function askedAbout(uri: string, session: Session): Promise<Asked | undefined> {
  const document = session.documents.get(uri);
  const analysis = document && (await session.projects.analysis(document));
  if (document === undefined || analysis === undefined) return undefined;
  const own = placesOf(analysis.lines, session.client.encoding);
  return { session, document, analysis, places: session.places(analysis), own };
}
