import type { Connection } from "vscode-languageserver";
import type { Host } from "../load/host.ts";
import type { Client } from "./client.ts";
import type { Platform } from "./platform.ts";
import { within } from "./within.ts";

/** Bytes of a file from which on reading and comparing it takes more than a moment. */
const slowBytes = 16 * 2 ** 20;

/** Milliseconds to wait for a client that has to allow a progress first. */
const patience = 1000;

/** A host that says so to the client while it reads a large file, and until what was asked for it has been worked out. */
export function showSlowReads(host: Host, connection: Connection, client: Client, platform: Platform): Host {
  return {
    ...host,
    async readBytes(path, most) {
      const bytes = client.progress ? (platform.sizeOf?.(path) ?? 0) : 0;
      if (bytes < slowBytes) return host.readBytes(path, most);
      const progress = await within(patience, connection.window.createWorkDoneProgress());
      progress?.begin(`Reading ${path} (${Math.round(bytes / 1e6)} MB)`);
      // The message leaves before the process is busy.
      await pause();
      try {
        return await host.readBytes(path, most);
      } finally {
        void pause().then(() => progress?.done());
      }
    },
  };
}

/** Until everything that is ready to run has run. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
