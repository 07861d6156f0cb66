import {
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type DidChangeTextDocumentParams,
  type DidCloseTextDocumentParams,
  type DidOpenTextDocumentParams,
} from "vscode-languageserver";
import type { Listen } from "./listen.ts";

/** Keeps the open documents as the client has them. */
export function followDocuments(listen: Listen): void {
  listen<DidOpenTextDocumentParams>(DidOpenTextDocumentNotification.method, ({ textDocument }, session) => {
    const document = session.documents.open(textDocument);
    session.projects.update(document);
    session.diagnose.changed([document.path]);
  });
  listen<DidChangeTextDocumentParams>(DidChangeTextDocumentNotification.method, (params, session) => {
    const document = session.documents.change(params);
    if (document === undefined) return;
    session.projects.update(document);
    session.diagnose.changed([document.path]);
  });
  listen<DidCloseTextDocumentParams>(DidCloseTextDocumentNotification.method, ({ textDocument }, session) => {
    const document = session.documents.close(textDocument.uri);
    if (document === undefined) return;
    session.projects.close(document);
    session.modelFiles.changed(document.path);
    session.diagnose.closed(document);
  });
}
