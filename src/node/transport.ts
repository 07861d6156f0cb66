/** How an editor talks to the language server. */
export type Transport =
  | { readonly kind: "stdio" }
  | { readonly kind: "node-ipc" }
  /** The editor listens on a port of this machine. */
  | { readonly kind: "socket"; readonly port: number }
  /** The editor listens on a pipe, or a socket with a name. */
  | { readonly kind: "pipe"; readonly name: string };
