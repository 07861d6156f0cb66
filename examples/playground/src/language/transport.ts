import type { Transport } from "@codemirror/lsp-client";
import { nameOf } from "./file-names.ts";
import { quietQuestions } from "./unasked.ts";

export type ReadFile = (name: string) => Promise<Uint8Array | null>;

/** The messages of a port as the client takes them; what the server asks of the page, which is files, is answered here. */
export function portTransport(
  port: MessagePort,
  readFile: ReadFile,
): Transport {
  const handlers = new Set<(message: string) => void>();
  const questions = quietQuestions();
  port.addEventListener("message", ({ data }: MessageEvent<string>) => {
    const message = JSON.parse(data) as Asked;
    if (message.method === "layerc/readFile") {
      void answer(port, message, readFile);
      return;
    }
    const heard = questions.heard(data);
    for (const handler of handlers) handler(heard);
  });
  port.start();
  return {
    send(message) {
      questions.sent(message);
      port.postMessage(message);
    },
    subscribe: (handler) => void handlers.add(handler),
    unsubscribe: (handler) => void handlers.delete(handler),
  };
}

interface Asked {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly uri: string };
}

/** Answers whatever happens: the server waits for it. */
async function answer(
  port: MessagePort,
  asked: Asked,
  readFile: ReadFile,
): Promise<void> {
  const { id } = asked;
  const result = await fileFor(asked, readFile).catch(() => null);
  port.postMessage(JSON.stringify({ jsonrpc: "2.0", id, result }));
}

async function fileFor(
  { params }: Asked,
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
