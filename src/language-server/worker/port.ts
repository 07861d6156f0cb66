/** Something that messages come in by and leave by: the scope of a worker, a `MessagePort`. */
export interface Port {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  removeEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  /** Of a `MessagePort`, which hears nothing before. */
  start?(): void;
  /** Ends a worker. */
  close?(): void;
}
