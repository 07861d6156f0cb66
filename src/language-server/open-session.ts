import {
  CodeLensRefreshRequest,
  DiagnosticRefreshRequest,
  InlayHintRefreshRequest,
  SemanticTokensRefreshRequest,
  type Connection,
  type InitializeParams,
} from "vscode-languageserver";
import { isObject } from "../json/is-object.ts";
import { readClient, type Client } from "./client.ts";
import { showConfigProblems } from "./diagnostics/config-problems.ts";
import { createDiagnose } from "./diagnostics/diagnose.ts";
import { createPublisher } from "./diagnostics/publish.ts";
import { createDocuments } from "./documents.ts";
import { filesChanged } from "./follow-files.ts";
import { guard } from "./guard.ts";
import { createTurns } from "./in-turn.ts";
import { createModelFiles } from "./model-files.ts";
import { createProjects } from "./projects.ts";
import type { MakePlatform } from "./platform.ts";
import { rootPathUri } from "./root-path-uri.ts";
import type { Session } from "./session.ts";
import { readSettings } from "./settings.ts";
import { showSlowReads } from "./slow-reads.ts";
import { sourcePlaces } from "./source-places.ts";
import { tell } from "./tell.ts";

/** Makes the session of a client that has just said who it is. */
export function openSession(connection: Connection, params: InitializeParams, makePlatform: MakePlatform): Session {
  const client = readClient(params);
  const folders = foldersOf(params);
  const platform = makePlatform(folders, params, connection);
  const documents = createDocuments(platform.pathOf, client.encoding);
  const uriOf = (path: string): string => documents.at(path)?.uri ?? platform.uriOf(path);
  const configProblems = showConfigProblems(connection, client, uriOf);
  const projects = createProjects(platform, documents, {
    host: (host) => showSlowReads(host, connection, client, platform),
    loaded: (project) => configProblems.show(project),
    unloaded: () => configProblems.clear(),
  });
  const base = {
    connection,
    client,
    platform,
    documents,
    projects,
    inTurn: createTurns(),
    modelFiles: createModelFiles(documents),
    uriOf,
    places: ({ result }: Parameters<Session["places"]>[0]) => sourcePlaces(result.sources, client.encoding, uriOf),
  };
  const refresh = (): void => refreshAll(connection, client);
  const publisher = createPublisher(connection);
  const initialSettings = readSettings(params.initializationOptions);
  const session: Session = {
    ...base,
    folders,
    suggestCommand: suggestCommandOf(params.initializationOptions),
    initialSettings,
    settings: initialSettings,
    refresh,
    diagnose: createDiagnose(base, {
      published(path, { items }, by) {
        const document = documents.at(path);
        if (client.pullsDiagnostics && (document !== undefined || client.relatedDocuments)) {
          publisher.clear(path);
          // Of what changed itself the client knows.
          if (path !== by) refresh();
          return;
        }
        const version = document === undefined ? {} : { version: document.version };
        publisher.publish(path, { uri: uriOf(path), ...version, diagnostics: items });
      },
      analysed() {
        const changed = (path: string): void => guard(connection, "watched files", () => filesChanged([path], session));
        platform.watch?.(projects.dependencies, client.watchesFiles, changed);
      },
      othersChanged: refresh,
    }),
  };
  return session;
}

/** The URIs of the folders that a client has open, by whichever of the three ways it says so. */
function foldersOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): readonly string[] {
  if (Array.isArray(workspaceFolders)) return workspaceFolders.map(({ uri }) => uri);
  if (typeof rootUri === "string") return [rootUri];
  return typeof rootPath === "string" ? [rootPathUri(rootPath)] : [];
}

function suggestCommandOf(options: unknown): string | undefined {
  const command = isObject(options) ? options["suggestCommand"] : undefined;
  return typeof command === "string" ? command : undefined;
}

function refreshAll(connection: Connection, { refreshes }: Client): void {
  if (refreshes.diagnostics) tell(() => connection.sendRequest(DiagnosticRefreshRequest.method));
  if (refreshes.inlayHint) tell(() => connection.sendRequest(InlayHintRefreshRequest.method));
  if (refreshes.codeLens) tell(() => connection.sendRequest(CodeLensRefreshRequest.method));
  if (refreshes.semanticTokens) tell(() => connection.sendRequest(SemanticTokensRefreshRequest.method));
}
