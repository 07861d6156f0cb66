import { PublishDiagnosticsNotification, type Connection } from "vscode-languageserver";
import type { Client } from "../client.ts";
import type { Project } from "../platform.ts";
import { sourcePlaces } from "../source-places.ts";
import { tell } from "../tell.ts";
import { lspDiagnostic } from "./lsp-diagnostic.ts";

/** Shows what is wrong with configs, where they are. No client asks for the diagnostics of such a file: they are pushed to all. */
export interface ConfigProblems {
  show(project: Project): void;
  /** Before configs are read again. */
  clear(): void;
}

export function showConfigProblems(
  connection: Connection,
  client: Client,
  uriOf: (path: string) => string,
): ConfigProblems {
  const shown = new Set<string>();
  const publish = (uri: string, diagnostics: readonly unknown[]): void =>
    tell(() => connection.sendNotification(PublishDiagnosticsNotification.method, { uri, diagnostics }));
  return {
    show({ problems, sources, dependencies }) {
      const [config] = dependencies;
      if (problems.length === 0 || config === undefined) return;
      const places = sourcePlaces(sources, client.encoding, uriOf);
      const uri = uriOf(config);
      shown.add(uri);
      publish(
        uri,
        problems.map((problem) => lspDiagnostic(problem, places, client)),
      );
    },
    clear() {
      for (const uri of shown) publish(uri, []);
      shown.clear();
    },
  };
}
