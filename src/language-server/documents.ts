import type {
  DidChangeTextDocumentParams,
  Range,
  TextDocumentContentChangeEvent,
  TextDocumentItem,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { mapLines } from "../diagnostics/line-map.ts";
import { placesOf, type Encoding } from "./positions.ts";

/** A document that the client holds open. */
export interface OpenDocument {
  readonly uri: string;
  /** As the compiler knows it. */
  readonly path: string;
  /** Grows with every change. */
  readonly version: number;
  readonly text: string;
}

/** The documents that the client holds open, by what it says of them. */
export interface Documents {
  open(item: TextDocumentItem): OpenDocument;
  /** The document with its changes; undefined for one that is not open. */
  change(params: DidChangeTextDocumentParams): OpenDocument | undefined;
  close(uri: string): OpenDocument | undefined;
  get(uri: string): OpenDocument | undefined;
  /** By its path. */
  at(path: string): OpenDocument | undefined;
  readonly all: readonly OpenDocument[];
}

export function createDocuments(pathOf: (uri: string) => string, encoding: Encoding): Documents {
  const texts = new Map<string, TextDocument>();
  const documents = new Map<string, OpenDocument>();
  const byPath = new Map<string, OpenDocument>();
  const keep = (document: OpenDocument): OpenDocument => {
    documents.set(document.uri, document);
    byPath.set(document.path, document);
    return document;
  };
  return {
    open({ uri, languageId, version, text }) {
      texts.set(uri, TextDocument.create(uri, languageId, version, text));
      return keep({ uri, path: pathOf(uri), version, text });
    },
    change({ textDocument: { uri, version }, contentChanges }) {
      const text = texts.get(uri);
      const before = documents.get(uri);
      if (text === undefined || before === undefined) return undefined;
      // Some clients leave the version out.
      const next = Number.isInteger(version) ? version : before.version + 1;
      for (const change of contentChanges) TextDocument.update(text, [readChange(change, text, encoding)], next);
      return keep({ ...before, version: next, text: text.getText() });
    },
    close(uri) {
      const closed = documents.get(uri);
      texts.delete(uri);
      documents.delete(uri);
      if (closed !== undefined && byPath.get(closed.path)?.uri === uri) byPath.delete(closed.path);
      return closed;
    },
    get: (uri) => documents.get(uri),
    at: (path) => byPath.get(path),
    get all() {
      return [...documents.values()];
    },
  };
}

/**
 * A change with its range in UTF-16 units, as seen from the text before it. The length of the range, which nobody needs, may be
 * null, as may the range of a whole text.
 */
function readChange(
  change: TextDocumentContentChangeEvent,
  document: TextDocument,
  encoding: Encoding,
): TextDocumentContentChangeEvent {
  const { text } = change;
  const range = "range" in change ? (change.range as Range | null | undefined) : undefined;
  if (range === undefined || range === null) return { text };
  if (encoding === "utf-16") return { text, range };
  const places = placesOf(mapLines(document.getText()), encoding);
  const { start, end } = range;
  return {
    text,
    range: {
      start: document.positionAt(places.offset(start)),
      end: document.positionAt(places.offset(end)),
    },
  };
}
