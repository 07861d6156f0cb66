import {
  ErrorCodes,
  ResponseError,
  type CancellationToken,
  type Position,
  type Range,
  type ServerCapabilities,
  type TextDocumentIdentifier,
} from "vscode-languageserver";
import { mapLines } from "../../diagnostics/line-map.ts";
import type { Analysis } from "../../language-service/index.ts";
import { isObject } from "../../json/is-object.ts";
import type { Client } from "../client.ts";
import type { OpenDocument } from "../documents.ts";
import { placesOf, type Places } from "../positions.ts";
import type { Session } from "../session.ts";
import type { SourcePlaces } from "../source-places.ts";
import { areCurrent, contentModified } from "../still-current.ts";

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

/** Whether a request about a document as it was can be answered: as far as is known before it is analysed, and by its analysis. */
type Holds<Params> = (document: OpenDocument, session: Session, params: Params, analysis?: Analysis) => boolean;

/** What a request about an open document is answered from. */
export interface Asked {
  readonly session: Session;
  readonly document: OpenDocument;
  readonly analysis: Analysis;
  readonly places: SourcePlaces;
  /** Of the document. */
  readonly own: Places;
}

/**
 * A request about one open document. For one that is not open the answer is null. It is about the text that the client had when it
 * asked: when another one comes before the answer, the places in the request, or in the answer, are those of no text.
 */
export function documentRequest<Params extends { readonly textDocument: TextDocumentIdentifier }, Answer>(
  type: RequestType<Params, Answer>,
  provides: Provided,
  answer: (params: Params, asked: Asked) => Answered<Answer>,
  holds: Holds<Params> = isUnchanged,
): Request {
  return {
    method: type.method,
    provides: (client) => (typeof provides === "function" ? provides(client) : provides),
    async answer(params, session, token) {
      const document = session.documents.get(documentUri(params));
      if (document === undefined) return null;
      return session.inTurn(async () => {
        if (token.isCancellationRequested) return null;
        if (!holds(document, session, params as Params)) throw contentModified();
        const asked = await askedAbout(document, session);
        if (asked === undefined) return null;
        const isGood = (): boolean => holds(document, session, params as Params, asked.analysis);
        if (!isGood()) throw contentModified();
        let answered: Answer;
        try {
          // What else is missing is told where it is asked for.
          answered = await answer(params as Params, asked);
        } catch (error) {
          throw isGood() ? error : contentModified();
        }
        if (!isGood()) throw contentModified();
        return answered;
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
  holds?: Holds<Params>,
): Request {
  return documentRequest(
    type,
    provides,
    (params, asked) => answer(asked.own.offset(checkPosition(params.position, "position")), asked, params),
    holds,
  );
}

/**
 * For a request about the place where somebody writes, who doesn't wait for the answer: it is good for as long as what stands before
 * that place is the same.
 */
export function whileTyping(
  { uri, text }: OpenDocument,
  session: Session,
  { position }: { readonly position: Position },
  analysis?: Analysis,
): boolean {
  const other = analysis?.source.text ?? session.documents.get(uri)?.text;
  if (other === text || other === undefined) return other !== undefined;
  const offset = placesOf(mapLines(text), session.client.encoding).offset(checkPosition(position, "position"));
  return other.startsWith(text.slice(0, offset));
}

/** For a request about nothing but the document's own text: its answer is good whatever becomes of the files that it imports. */
export function whileSameText(
  { uri, text }: OpenDocument,
  { documents }: Session,
  _: unknown,
  analysis?: Analysis,
): boolean {
  return documents.get(uri)?.text === text && (analysis === undefined || analysis.source.text === text);
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

/** Whether neither a document nor what its analysis has read is another one by now. */
function isUnchanged(document: OpenDocument, { documents }: Session, _: unknown, analysis?: Analysis): boolean {
  if (documents.get(document.uri) !== document) return false;
  const textNow = (path: string): string | undefined =>
    path === document.path ? document.text : documents.at(path)?.text;
  return analysis === undefined || areCurrent([analysis], textNow);
}

/** Undefined for a document that is not open any more. */
async function askedAbout(document: OpenDocument, session: Session): Promise<Asked | undefined> {
  const analysis = await session.projects.analysis(document);
  if (analysis === undefined) return undefined;
  const own = placesOf(analysis.lines, session.client.encoding);
  return { session, document, analysis, places: session.places(analysis), own };
}
