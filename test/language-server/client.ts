import { PassThrough } from "node:stream";
import { pathToFileURL } from "node:url";
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
import { pagePlatform } from "../../src/language-server/worker/page-platform.ts";
import { nodeFileSystem } from "../../src/node/file-system.ts";
import { serve } from "../../src/language-server/serve.ts";
import { tolerance } from "../../src/language-server/tolerance.ts";
import { memoryFileSystem, type MemoryFiles } from "./memory-files.ts";

/** A client in this process. Names of documents are those of files in its folder. */
export interface TestClient {
  readonly initialized: InitializeResult;
  /** Of a document. */
  uri(name: string): string;
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
  /** All that was pushed for a document so far. */
  published(name: string): readonly PublishDiagnosticsParams[];
  /** Waits until the server has sent something by itself. */
  told(method: string, count?: number): Promise<void>;
  /** All that the server has sent by itself. */
  readonly sent: { readonly method: string; readonly params: unknown }[];
  /** With which the server's process would have ended. */
  readonly exitCodes: readonly number[];
  /** Sends bytes to the server. */
  write(text: string): void;
}

export interface ClientOptions {
  /** A real folder, with whatever lies in it, in place of one in memory. */
  readonly root?: string;
  /** The server's place is a page, which has no files but those that it is told of. */
  readonly inPage?: boolean;
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
export function connectClient({ files: given = {}, answers = {}, root, inPage }: ClientOptions = {}): Connected {
  const files: MemoryFiles = new Map(Object.entries(given).map(([name, content]) => [`${folder}/${name}`, content]));
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const exitCodes: number[] = [];
  const watchDog = {
    shutdownReceived: false,
    initialize: () => undefined,
    exit: (code: number) => void exitCodes.push(code),
  };
  const server = createConnection(
    (logger) =>
      createProtocolConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient), logger, tolerance),
    watchDog,
  );
  const onNode = nodePlatform(root === undefined ? memoryFileSystem(files) : nodeFileSystem, root ?? folder);
  serve(server, inPage === true ? pagePlatform : onNode);

  const sent: { readonly method: string; readonly params: unknown }[] = [];
  const connection = createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  connection.onNotification((method, params) => void sent.push({ method, params }));
  connection.onUnhandledProgress((params) => void sent.push({ method: "$/progress", params }));
  connection.onRequest((method, params) => {
    sent.push({ method, params });
    return answers[method]?.(params as never) ?? null;
  });
  connection.listen();
  onTestFinished(async () => {
    await connection.sendRequest("shutdown");
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
  const { root = folder } = options;
  const uriIn = (name: string): string => pathToFileURL(`${root}/${name}`).href;
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
    rootUri: pathToFileURL(root).href,
    capabilities: options.capabilities ?? {},
    ...options.params,
  });
  notify("initialized", {});
  const published = (name: string): readonly PublishDiagnosticsParams[] =>
    connected.sent
      .filter(({ method }) => method === "textDocument/publishDiagnostics")
      .map(({ params }) => params as PublishDiagnosticsParams)
      .filter(({ uri }) => uri === uriIn(name));
  return {
    ...connected,
    initialized,
    uri: uriIn,
    published,
    told: async (method, count = 1) =>
      void (await waitFor(
        () => connected.sent.filter((one) => one.method === method).length >= count || undefined,
        method,
      )),
    request,
    notify,
    start(method, params) {
      const source = new CancellationTokenSource();
      const answer = connection.sendRequest(method, params, source.token);
      return { answer, cancel: () => source.cancel() };
    },
    open(text, name = "a.layers") {
      const textDocument = { uri: uriIn(name), languageId: "layers", version: nextVersion(name), text };
      notify("textDocument/didOpen", { textDocument });
    },
    change(change, name = "a.layers") {
      const contentChanges = typeof change === "string" ? [{ text: change }] : change;
      notify("textDocument/didChange", {
        textDocument: { uri: uriIn(name), version: nextVersion(name) },
        contentChanges,
      });
    },
    close(name = "a.layers") {
      notify("textDocument/didClose", { textDocument: { uri: uriIn(name) } });
    },
    async pushed(name = "a.layers") {
      const { items } = await request<{ readonly items: readonly Diagnostic[] }>("textDocument/diagnostic", {
        textDocument: { uri: uriIn(name) },
      });
      const expected = JSON.stringify(items);
      return waitFor(() => {
        const pushed = published(name).at(-1)?.diagnostics;
        return JSON.stringify(pushed) === expected ? pushed : undefined;
      }, `what is pushed for ${name} to be ${expected}`);
    },
  };
}

/** What `look` gives as soon as it gives something. */
async function waitFor<Value>(look: () => Value | undefined, what: string): Promise<Value> {
  for (let wait = 0; wait < 1000; wait++) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`waited too long for ${what}`);
}
