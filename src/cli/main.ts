#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { version } from "../version.ts";
import type { OutputStream } from "../node/environment.ts";
import { nodeFileSystem } from "../node/file-system.ts";
import { maxTextBytes } from "../node/limits.ts";
import { digestOf } from "../node/read-log.ts";
import { run } from "./run.ts";

const stop = new AbortController();

/** The command `layerc`: connects `run` with the process. */
process.exitCode = await run(process.argv.slice(2), version, {
  cwd: currentFolder(),
  variables: process.env,
  stdout: outputStream(process.stdout),
  stderr: outputStream(process.stderr),
  readInput,
  files: nodeFileSystem,
  compilerId,
  stopSignal,
  loadCompiler: () => import("../compile.ts"),
  async serveEditor(transport) {
    const { serveNode } = await import("../language-server/node/serve-node.ts");
    return serveNode(transport, nodeFileSystem, currentFolder());
  },
});

async function readInput(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Uint8Array);
    bytes += (chunk as Uint8Array).length;
    // An endless input is told by its first byte too many.
    if (bytes > maxTextBytes) break;
  }
  return Buffer.concat(chunks);
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    // The folder was deleted meanwhile. Names on the command line that need it get their own messages.
    return "/";
  }
}

/**
 * The version, and the content of this file: in the published bundle it names the other files of the compiler, whose names
 * are made from their content.
 */
function compilerId(): string | undefined {
  try {
    const here = fileURLToPath(import.meta.url);
    if (!here.endsWith(".js")) return undefined;
    return [version, process.version, digestOf(readFileSync(here))].join(" ");
  } catch {
    return undefined;
  }
}

/** From the first call on, signals do not end the process any more. */
function stopSignal(): AbortSignal {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop.abort());
  return stop.signal;
}

function outputStream(stream: NodeJS.WriteStream): OutputStream {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`layerc ... | head`) is no failure.
    if (error.code === "EPIPE") return stop.abort();
    if (stream === process.stdout) process.stderr.write(`layerc can't write its output: ${error.message}\n`);
    process.exitCode = 2;
  });
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    ...(stream.isTTY ? { columns: stream.columns } : {}),
  };
}
