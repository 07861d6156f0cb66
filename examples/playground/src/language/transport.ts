import type { Transport } from "@codemirror/lsp-client";
import { nameOf } from "./file-names.ts";

export type ReadFile = (name: string) => Promise<Uint8Array | null>;

/** What the client asks by itself while somebody types or points. */
const unasked: readonly string[] = [
  "textDocument/completion",
  "textDocument/hover",
  "textDocument/signatureHelp",
];
/** `RequestCancelled` and `ContentModified`: the text is another one by now. */
const outdated: readonly number[] = [-32800, -32801];

/**
 * The messages of a port as the client takes them; what the server asks of the page, which is files, is answered here. Where a
 * question came to nothing that nobody asked, it had no result: the client would tell of an error, in the console.
 */
export function portTransport(
  port: MessagePort,
  readFile: ReadFile,
): Transport {
  const handlers = new Set<(message: string) => void>();
  const asked = new Set<number>();
  port.addEventListener("message", ({ data }: MessageEvent<string>) => {
    const message = JSON.parse(data) as Message;
    if (message.method === "layerc/readFile") {
      void answer(port, message, readFile);
      return;
    }
    const { id, error } = message;
    const isNothing =
      asked.delete(id!) && error !== undefined && outdated.includes(error.code);
    const heard = isNothing
      ? JSON.stringify({ jsonrpc: "2.0", id, result: null })
      : data;
    for (const handler of handlers) handler(heard);
  });
  port.start();
  return {
    send(message) {
      const { id, method } = JSON.parse(message) as Message;
      if (id !== undefined && unasked.includes(method!)) asked.add(id);
      port.postMessage(message);
    },
    subscribe: (handler) => void handlers.add(handler),
    unsubscribe: (handler) => void handlers.delete(handler),
  };
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly error?: { readonly code: number };
  readonly params?: { readonly uri: string };
}

/** Answers whatever happens: the server waits for it. */
async function answer(
  port: MessagePort,
  asked: Message,
  readFile: ReadFile,
): Promise<void> {
  const { id } = asked;
  const result = await fileFor(asked, readFile).catch(() => null);
  port.postMessage(JSON.stringify({ jsonrpc: "2.0", id, result }));
}

async function fileFor(
  { params }: Message,
  readFile: ReadFile,
): Promise<{ readonly base64: string } | null> {
  const bytes = await readFile(nameOf(params!.uri));
  return bytes === null ? null : { base64: base64(bytes) };
}

function base64(bytes: Uint8Array): string {
  const piece = 0x8000;
  let text = "";
  for (let at = 0; at < bytes.length; at += piece)
    text += String.fromCharCode(...bytes.subarray(at, at + piece));
  return btoa(text);
}
