#!/usr/bin/env node
import { version } from "../version.ts";
import type { OutputStream } from "./environment.ts";
import { nodeFileSystem } from "./file-system.ts";
import { run } from "./run.ts";

/** The command `layerc`: connects `run` with the process. */
process.exitCode = await run(process.argv.slice(2), version, {
  cwd: currentFolder(),
  variables: process.env,
  stdout: outputStream(process.stdout),
  stderr: outputStream(process.stderr),
  files: nodeFileSystem,
  loadCompiler: () => import("../compile.ts"),
});

function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    // The folder was deleted meanwhile. Names on the command line that need it get their own messages.
    return "/";
  }
}

function outputStream(stream: NodeJS.WriteStream): OutputStream {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // A reader that has seen enough (`layerc ... | head`) is no failure.
    if (error.code === "EPIPE") return;
    if (stream === process.stdout) process.stderr.write(`layerc can't write its output: ${error.message}\n`);
    process.exitCode = 2;
  });
  return {
    write: (text) => void stream.write(text),
    isTerminal: stream.isTTY === true,
    ...(stream.isTTY ? { columns: stream.columns } : {}),
  };
}
