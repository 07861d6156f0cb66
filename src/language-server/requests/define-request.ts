import {
  ErrorCodes,
  ResponseError,
  type CancellationToken,
  type Position,
  type Range,
  type ServerCapabilities,
  type TextDocumentIdentifier,
} from "vscode-languageserver";
import type { Analysis } from "../../language-service/index.ts";
import { isObject } from "../../json/is-object.ts";
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
interface RequestType<Params, Answer> {
  readonly method: string;
  /** Present in types only. */
  readonly _: readonly [Params, Answer, unknown, unknown] | undefined;
}

type Provided = Partial<ServerCapabilities> | ((client: Client) => Partial<ServerCapabilities>);
type Answered<Answer> = NoInfer<Answer> | Promise<NoInfer<Answer>>;

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
  provides: Provided,
  answer: (params: Params, asked: Asked) => Answered<Answer>,
): Request {
  return {
    method: type.method,
    provides: (client) => (typeof provides === "function" ? provides(client) : provides),
    async answer(params, session, token) {
      const uri = documentUri(params);
      return session.inTurn(async () => {
        if (token.isCancellationRequested) return null;
        const asked = await askedAbout(uri, session);
        // What else is missing is told where it is asked for.
        return asked === undefined ? null : answer(params as Params, asked);
      });
    },
  };
}

/** A request about a place of an open document. */
export function positionRequest<
  Params extends { readonly textDocument: TextDocumentIdentifier; readonly position: Position },
  Answer,
>(
  type: RequestType<Params, Answer>,
  provides: Provided,
  answer: (offset: number, asked: Asked, params: Params) => Answered<Answer>,
): Request {
  return documentRequest(type, provides, (params, asked) =>
    answer(asked.own.offset(checkPosition(params.position, "position")), asked, params),
  );
}

/** A request about a range of an open document. */
export function rangeRequest<
  Params extends { readonly textDocument: TextDocumentIdentifier; readonly range: Range },
  Answer,
>(
  type: RequestType<Params, Answer>,
  provides: Provided,
  answer: (range: { readonly start: number; readonly end: number }, asked: Asked, params: Params) => Answered<Answer>,
): Request {
  return documentRequest(type, provides, (params, asked) => {
    const start = asked.own.offset(checkPosition(params.range?.start, "range"));
    const end = asked.own.offset(checkPosition(params.range?.end, "range"));
    return answer({ start, end }, asked, params);
  });
}

/** The document that a request is about. */
export function documentUri(params: unknown): string {
  const uri = isObject(params) && isObject(params["textDocument"]) ? params["textDocument"]["uri"] : undefined;
  if (typeof uri !== "string") throw invalid("textDocument.uri");
  return uri;
}

/** A position that a client sends, if it is one. */
export function checkPosition(position: Position | undefined, name: string): Position {
  const { line, character } = (position ?? {}) as Partial<Position>;
  if (Number.isInteger(line) && Number.isInteger(character)) return position as Position;
  throw invalid(name);
}

function invalid(name: string): ResponseError {
  return new ResponseError(ErrorCodes.InvalidParams, `the request needs ${name}`);
}

/** Undefined for a document that is not open. */
async function askedAbout(uri: string, session: Session): Promise<Asked | undefined> {
  const document = session.documents.get(uri);
  const analysis = document && (await session.projects.analysis(document));
  if (document === undefined || analysis === undefined) return undefined;
  const own = placesOf(analysis.lines, session.client.encoding);
  return { session, document, analysis, places: session.places(analysis), own };
}
