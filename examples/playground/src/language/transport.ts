import type { Transport } from "@codemirror/lsp-client";

export type ReadFile = (name: string) => Promise<Uint8Array | null>;

/** The messages of a port as the client takes them; what the server asks of the page, which is files, is answered here. */
export function portTransport(
  port: MessagePort,
  readFile: ReadFile,
): Transport {
  const handlers = new Set<(message: string) => void>();
  port.addEventListener("message", ({ data }: MessageEvent<string>) => {
    const message = JSON.parse(data) as Asked;
    if (message.method === "layerc/readFile") {
      void answer(port, message, readFile);
      return;
    }
    for (const handler of handlers) handler(data);
  });
  port.start();
  return {
    send: (message) => port.postMessage(message),
    subscribe: (handler) => void handlers.add(handler),
    unsubscribe: (handler) => void handlers.delete(handler),
  };
}

interface Asked {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly uri: string };
}

async function answer(
  port: MessagePort,
  { id, params }: Asked,
  readFile: ReadFile,
): Promise<void> {
  const name = decodeURIComponent(params!.uri.replace("file:///", ""));
  const bytes = await readFile(name).catch(() => null);
  const result = bytes === null ? null : { base64: base64(bytes) };
  port.postMessage(JSON.stringify({ jsonrpc: "2.0", id, result }));
}

function base64(bytes: Uint8Array): string {
  const piece = 0x8000;
  let text = "";
  for (let at = 0; at < bytes.length; at += piece)
    text += String.fromCharCode(...bytes.subarray(at, at + piece));
  return btoa(text);
}
