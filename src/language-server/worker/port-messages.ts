import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageReader,
  type MessageWriter,
} from "vscode-languageserver/browser";
import type { Port } from "./port.ts";

/**
 * The messages of a port. They are objects, or texts in JSON: whoever sends texts gets texts, as CodeMirror's client expects it.
 */
export function portMessages(port: Port): { readonly reader: MessageReader; readonly writer: MessageWriter } {
  const state = { speaksText: false };
  return { reader: new PortReader(port, state), writer: new PortWriter(port, state) };
}

class PortReader extends AbstractMessageReader implements MessageReader {
  readonly #port: Port;
  readonly #state: { speaksText: boolean };

  constructor(port: Port, state: { speaksText: boolean }) {
    super();
    this.#port = port;
    this.#state = state;
  }

  listen(callback: DataCallback): Disposable {
    const heard = ({ data }: { readonly data: unknown }): void => {
      this.#state.speaksText = typeof data === "string";
      try {
        callback((typeof data === "string" ? JSON.parse(data) : data) as Message);
      } catch (error) {
        this.fireError(error);
      }
    };
    this.#port.addEventListener("message", heard);
    this.#port.start?.();
    return { dispose: () => this.#port.removeEventListener("message", heard) };
  }
}

class PortWriter extends AbstractMessageWriter implements MessageWriter {
  readonly #port: Port;
  readonly #state: { readonly speaksText: boolean };

  constructor(port: Port, state: { readonly speaksText: boolean }) {
    super();
    this.#port = port;
    this.#state = state;
  }

  async write(message: Message): Promise<void> {
    // A port is no window: there is no origin to name.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    this.#port.postMessage(this.#state.speaksText ? JSON.stringify(message) : message);
  }

  end(): void {
    // A port stays open for as long as its other end.
  }
}
