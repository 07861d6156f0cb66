import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { EngineProgram } from "./engine-programs.ts";

/** Nanoseconds per call, and how many times as fast as naive loops. */
export type Measured = Readonly<Record<string, { readonly nanoseconds: number; readonly timesAsFast: number }>>;

/** Runs a script of `engineScript` in an engine. */
export async function runInEngine(engine: EngineProgram, script: string): Promise<Measured> {
  return JSON.parse(
    engine.isBrowser === true ? await inPage(engine, script) : await inProgram(engine, script),
  ) as Measured;
}

async function inProgram({ command }: EngineProgram, script: string): Promise<string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "layerc-engine-"));
  try {
    const file = path.join(folder, "script.js");
    writeFileSync(file, `${script}\n(typeof print === "function" ? print : console.log)(run());\n`);
    return await output(command(file));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A page is isolated, so that its clock is exact. */
async function inPage({ command }: EngineProgram, script: string): Promise<string> {
  const headers = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };
  const server = createServer((request, response) => {
    const isPage = request.url === "/";
    response.writeHead(200, { ...headers, "content-type": isPage ? "text/html" : "text/javascript" });
    response.end(isPage ? '<!doctype html><script src="/script.js"></script>' : `${script}\nvar runEverywhere = run;`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const printed = await output(command(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
    return JSON.stringify((JSON.parse(printed) as { readonly found: unknown }).found);
  } finally {
    server.close();
  }
}

async function output([program = "", ...rest]: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(program, rest, { maxBuffer: 2 ** 24 });
  return stdout;
}
