/** The language server for clients at the other end of a port. */
export { servePort } from "./worker/serve-port.ts";
export type { Port } from "./worker/port.ts";
export type { PageFile } from "./worker/page-files.ts";
