import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** Milliseconds from the start of `layerc language-server`, bundled beside the running script, to the first diagnostics of a file. */
export async function firstDiagnostics(file: string): Promise<number> {
  const cli = path.join(path.dirname(process.argv[1] ?? ""), "cli.js");
  const uri = pathToFileURL(file).href;
  const start = performance.now();
  const server = spawn(process.execPath, [cli, "language-server", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const send = (message: object): void => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const rootUri = pathToFileURL(path.dirname(file)).href;
  send({ id: 1, method: "initialize", params: { processId: process.pid, rootUri, capabilities: {} } });
  try {
    return await new Promise<number>((resolve, reject) => {
      let [read, isInitialized] = ["", false];
      server.on("error", reject);
      server.on("close", () => reject(new Error("the server ended")));
      server.stdout.on("data", (data: Buffer) => {
        read += data.toString();
        if (!isInitialized && read.includes('"capabilities"')) {
          isInitialized = true;
          send({ method: "initialized", params: {} });
          const text = readFileSync(file, "utf8");
          send({
            method: "textDocument/didOpen",
            params: { textDocument: { uri, languageId: "layers", version: 1, text } },
          });
        }
        if (read.includes('"textDocument/publishDiagnostics"')) resolve(performance.now() - start);
      });
    });
  } finally {
    server.kill("SIGKILL");
  }
}
