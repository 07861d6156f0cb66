import { Writable } from "node:stream";
import { createConnection, IPCMessageReader, IPCMessageWriter, type Connection } from "vscode-languageserver/node";
import { createServerPipeTransport, createServerSocketTransport } from "vscode-languageserver/node";
import type { FileSystem } from "../../node/file-system.ts";
import type { Transport } from "../../node/transport.ts";
import { reportBug } from "../guard.ts";
import { serve } from "../serve.ts";
import { tolerance } from "../tolerance.ts";
import { nodePlatform } from "./node-platform.ts";

/**
 * Serves the client that has started this process, until it ends it: by `exit`, or by going away itself. Then the process ends,
 * with 0 after a `shutdown` and 1 without. Never answers.
 */
export function serveNode(transport: Transport, files: FileSystem, cwd: string): Promise<never> {
  const connection = connect(transport);
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error: unknown) => void reportBug(connection, "the background", error));
  }
  serve(connection, nodePlatform(files, cwd));
  return new Promise(() => undefined);
}

function connect(transport: Transport): Connection {
  switch (transport.kind) {
    case "stdio":
      return createConnection(process.stdin, takeStdout(), tolerance);
    case "node-ipc":
      process.on("disconnect", () => process.exit(1));
      return createConnection(new IPCMessageReader(process), new IPCMessageWriter(process), tolerance);
    case "socket":
      return endingWith(createServerSocketTransport(transport.port));
    case "pipe":
      return endingWith(createServerPipeTransport(transport.name));
  }
}

/** A connection without which there is nothing left to do. */
function endingWith([reader, writer]: ReturnType<typeof createServerSocketTransport>): Connection {
  reader.onClose(() => process.exit(1));
  return createConnection(reader, writer, tolerance);
}

/** Standard output, for the protocol alone: what a config script prints goes to standard error from now on. */
function takeStdout(): NodeJS.WritableStream {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;
  return new Writable({
    write: (chunk: Uint8Array, _encoding, done) => void write(chunk, done),
  });
}
