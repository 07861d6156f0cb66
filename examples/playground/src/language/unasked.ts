/** What the client asks by itself while somebody types or points. */
const unasked: readonly string[] = [
  "textDocument/completion",
  "textDocument/hover",
  "textDocument/signatureHelp",
];
/** `RequestCancelled` and `ContentModified`: the text is another one by now. */
const outdated: readonly number[] = [-32800, -32801];

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly error?: { readonly code: number };
}

/** Messages between a client and its server. */
export interface Questions {
  /** Notes a message to the server. */
  sent(message: string): void;
  /** A message of the server as the client takes it. */
  heard(message: string): string;
}

/** Where a question came to nothing that nobody asked, it had no result: the client would tell of an error, in the console. */
export function quietQuestions(): Questions {
  const asked = new Set<number>();
  return {
    sent(message) {
      const { id, method } = JSON.parse(message) as Message;
      if (id !== undefined && unasked.includes(method!)) asked.add(id);
    },
    heard(message) {
      const { id, error } = JSON.parse(message) as Message;
      if (id === undefined || !asked.delete(id)) return message;
      if (error === undefined || !outdated.includes(error.code)) return message;
      return JSON.stringify({ jsonrpc: "2.0", id, result: null });
    },
  };
}
