import { PublishDiagnosticsNotification, type Connection, type Diagnostic } from "vscode-languageserver";
import { tell } from "../tell.ts";

/** Pushes diagnostics to a client, each file's at one URI: a client may write that of an open document otherwise than the server. */
export interface Publisher {
  publish(path: string, shown: PublishedDiagnostics): void;
  /** Takes back what is shown for a file. */
  clear(path: string): void;
}

interface PublishedDiagnostics {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: readonly Diagnostic[];
}

export function createPublisher(connection: Connection): Publisher {
  /** Where something is shown for a file. */
  const uris = new Map<string, string>();
  const send = (shown: PublishedDiagnostics): void =>
    tell(() => connection.sendNotification(PublishDiagnosticsNotification.method, shown));
  const clear = (path: string): void => {
    const uri = uris.get(path);
    if (uri === undefined) return;
    uris.delete(path);
    send({ uri, diagnostics: [] });
  };
  return {
    publish(path, shown) {
      if (uris.get(path) !== shown.uri) clear(path);
      if (shown.diagnostics.length === 0) uris.delete(path);
      else uris.set(path, shown.uri);
      send(shown);
    },
    clear,
  };
}
