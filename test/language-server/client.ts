import { PassThrough } from "node:stream";
import { onTestFinished } from "vitest";
import {
  CancellationTokenSource,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type MessageConnection,
  type PublishDiagnosticsParams,
} from "vscode-languageserver";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { nodePlatform } from "../../src/language-server/node/node-platform.ts";
import { serve } from "../../src/language-server/serve.ts";
import { memoryFileSystem, type MemoryFiles } from "./memory-files.ts";

/** A client in this process. Names of documents are those of files in its folder. */
export interface TestClient {
  readonly initialized: InitializeResult;
  /** What lies on the disk, by absolute paths. */
  readonly files: MemoryFiles;
  request<Answer = unknown>(method: string, params?: unknown): Promise<Answer>;
  /** Starts a request that can be cancelled. */
  start(method: string, params: unknown): { readonly answer: Promise<unknown>; cancel(): void };
  notify(method: string, params?: unknown): void;
  open(text: string, name?: string): void;
  /** Sends the whole text, or changes as they are. */
  change(change: string | readonly unknown[], name?: string): void;
  close(name?: string): void;
  /** What was pushed last for a document, once the server is at rest: once it is what is answered for its last text. */
  pushed(name?: string): Promise<readonly Diagnostic[]>;
  /** All that the server has sent by itself. */
  readonly sent: { readonly method: string; readonly params: unknown }[];
  /** With which the server's process would have ended. */
  readonly exitCodes: readonly number[];
  /** Sends bytes to the server. */
  write(text: string): void;
}

export interface ClientOptions {
  /** In the folder, by their names. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** What the client says at the start, where that is not usual. */
  readonly params?: Readonly<Record<string, unknown>>;
  readonly capabilities?: Readonly<Record<string, unknown>>;
  /** What it answers to requests of the server; null where nothing is said. */
  readonly answers?: Readonly<Record<string, (params: never) => unknown>>;
}

export const folder = "/project";
export const uriOf = (name: string): string => `file://${folder}/${name}`;
export const documentOf = (name = "a.layers") => ({ textDocument: { uri: uriOf(name) } });

/** A server, and a client that has not said anything yet. */
export function connectClient({ files: given = {}, answers = {} }: ClientOptions = {}): Connected {
  const files: MemoryFiles = new Map(Object.entries(given).map(([name, content]) => [`${folder}/${name}`, content]));
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const exitCodes: number[] = [];
  const watchDog = {
    shutdownReceived: false,
    initialize: () => undefined,
    exit: (code: number) => void exitCodes.push(code),
  };
  const server = createConnection(
    (logger) => createProtocolConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient), logger),
    watchDog,
  );
  serve(server, nodePlatform(memoryFileSystem(files), folder));

  const sent: { readonly method: string; readonly params: unknown }[] = [];
  const connection = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  connection.onNotification((method, params) => void sent.push({ method, params }));
  connection.onRequest((method, params) => {
    sent.push({ method, params });
    return answers[method]?.(params as never) ?? null;
  });
  connection.listen();
  onTestFinished(() => {
    connection.dispose();
    server.dispose();
  });
  return { connection, files, sent, exitCodes, write: (text) => void toServer.write(text) };
}

interface Connected extends Pick<TestClient, "files" | "sent" | "exitCodes" | "write"> {
  readonly connection: MessageConnection;
}

/** Starts a server and a client that has the folder open. */
export async function startClient(options: ClientOptions = {}): Promise<TestClient> {
  const { connection, ...connected } = connectClient(options);
  const versions = new Map<string, number>();
  const nextVersion = (name: string): number => {
    versions.set(name, (versions.get(name) ?? 0) + 1);
    return versions.get(name) as number;
  };
  const notify = (method: string, params?: unknown): void => void connection.sendNotification(method, params);
  const request = <Answer>(method: string, params?: unknown): Promise<Answer> =>
    connection.sendRequest<Answer>(method, params);
  const initialized = await request<InitializeResult>("initialize", {
    processId: null,
    rootUri: `file://${folder}`,
    capabilities: options.capabilities ?? {},
    ...options.params,
  });
  notify("initialized", {});
  return {
    ...connected,
    initialized,
    request,
    notify,
    start(method, params) {
      const source = new CancellationTokenSource();
      const answer = connection.sendRequest(method, params, source.token);
      return { answer, cancel: () => source.cancel() };
    },
    open(text, name = "a.layers") {
      const textDocument = { uri: uriOf(name), languageId: "layers", version: nextVersion(name), text };
      notify("textDocument/didOpen", { textDocument });
    },
    change(change, name = "a.layers") {
      const contentChanges = typeof change === "string" ? [{ text: change }] : change;
      notify("textDocument/didChange", {
        textDocument: { uri: uriOf(name), version: nextVersion(name) },
        contentChanges,
      });
    },
    close(name = "a.layers") {
      notify("textDocument/didClose", documentOf(name));
    },
    async pushed(name = "a.layers") {
      const { items } = await request<{ readonly items: readonly Diagnostic[] }>(
        "textDocument/diagnostic",
        documentOf(name),
      );
      const last = (): readonly Diagnostic[] | undefined =>
        connected.sent
          .filter(({ method }) => method === "textDocument/publishDiagnostics")
          .map(({ params }) => params as PublishDiagnosticsParams)
          .findLast(({ uri }) => uri === uriOf(name))?.diagnostics;
      for (let wait = 0; wait < 400; wait++) {
        const pushed = last();
        if (pushed !== undefined && JSON.stringify(pushed) === JSON.stringify(items)) return pushed;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      throw new Error(`pushed ${JSON.stringify(last())}, expected ${JSON.stringify(items)}`);
    },
  };
}
