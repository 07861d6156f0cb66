import { createConnection } from "vscode-languageserver/browser";
import { serve } from "../serve.ts";
import { tolerance } from "../tolerance.ts";
import { pagePlatform } from "./page-platform.ts";
import { portMessages } from "./port-messages.ts";
import type { Port } from "./port.ts";

/**
 * Serves a client at the other end of a port, in a worker or in a page. The files that it sees are those that the client gives:
 * documents that it opens, `initializationOptions.files`, and the notification `layerc/files`.
 */
export function servePort(port: Port): void {
  const { reader, writer } = portMessages(port);
  const connection = createConnection(reader, writer, tolerance);
  connection.onExit(() => port.close?.());
  serve(connection, pagePlatform);
}
