import { TextDocumentSyncKind, type ServerCapabilities } from "vscode-languageserver";
import type { Client } from "./client.ts";
import { requests } from "./requests/index.ts";

/** What the server says at the start that it does. It registers nothing later but what can't be said here. */
export function capabilitiesFor(client: Client): ServerCapabilities {
  return Object.assign(
    {
      positionEncoding: client.encoding,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    } satisfies ServerCapabilities,
    ...requests.map(({ provides }) => provides(client)),
  );
}
