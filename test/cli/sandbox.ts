import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { Compiler, Environment } from "../../src/node/environment.ts";
import { nodeFileSystem, type FileSystem } from "../../src/node/file-system.ts";
import { run } from "../../src/cli/run.ts";
import { fakeCompiler } from "./fake-compiler.ts";

/** What a run of `layerc` gave. */
export interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly variables?: Readonly<Record<string, string>>;
  readonly files?: Partial<FileSystem>;
  readonly compiler?: Compiler;
  /** Anything else. */
  readonly environment?: Partial<Environment>;
  readonly terminal?: { readonly columns: number };
  /** The working folder, seen from that of the sandbox. */
  readonly cwd?: string;
}

/** A temporary folder to run `layerc` in, without a process and with a compiler of a few words. */
export interface Sandbox {
  readonly folder: string;
  run(argv: readonly string[], options?: RunOptions): Promise<Run>;
  /** Every file below the folder, sorted, with its text. */
  contents(): Readonly<Record<string, string>>;
}

export function makeSandbox(files: Readonly<Record<string, string | Uint8Array>>): Sandbox {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-test-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
  return {
    folder,
    async run(argv, options = {}) {
      let stdout = "";
      let stderr = "";
      const exitCode = await run(argv, "1.2.3", {
        cwd: path.join(folder, options.cwd ?? ""),
        variables: options.variables ?? {},
        stdout: {
          write: (text) => void (stdout += text),
          isTerminal: options.terminal !== undefined,
          ...options.terminal,
        },
        stderr: { write: (text) => void (stderr += text), isTerminal: options.terminal !== undefined },
        files: { ...nodeFileSystem, ...options.files },
        loadCompiler: async () => options.compiler ?? fakeCompiler,
        ...options.environment,
      });
      return { exitCode, stdout, stderr };
    },
    contents() {
      const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
      const found = names.filter((name) => fs.statSync(path.join(folder, name)).isFile());
      return Object.fromEntries(found.map((name) => [name, fs.readFileSync(path.join(folder, name), "utf8")]));
    },
  };
}

/** An error as Node's file system throws it. */
export function systemError(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: made by a test`), { code });
}
