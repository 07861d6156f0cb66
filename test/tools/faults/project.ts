import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { writeSafetensors } from "../../../src/files/write-safetensors.ts";

/** The command as it is installed. */
export const cli = fileURLToPath(new URL("../../../dist/cli.js", import.meta.url));

/** A folder with files, gone after the test. */
export function makeProject(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "layerc-faults-")));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  writeFiles(folder, files);
  return folder;
}

export function writeFiles(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), content);
  }
}

/** All files below a folder by name, with a short text that differs when the content does. */
export function contents(folder: string): Readonly<Record<string, string>> {
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const found = names.filter((name) => fs.statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(found.map((name) => [name, digest(path.join(folder, name))]));
}

function digest(file: string): string {
  const content = fs.readFileSync(file);
  return `${content.length} bytes, SHA-256 ${createHash("sha256").update(content).digest("hex")}`;
}

/** Those of the files that builds write. */
export function outputsOf(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(contents(folder)).filter(([name]) => /\.(?:ts|js|weights\.safetensors)$/.test(name)),
  );
}

/** Temporary files of builds. */
export function leftovers(folder: string): readonly string[] {
  return fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tmp"));
}

const { NO_COLOR: _, FORCE_COLOR: __, CI: ___, ...env } = process.env;

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `layerc` to its end. */
export function layerc(cwd: string, argv: readonly string[], options: SpawnOptions = {}): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...argv], {
    env,
    ...options,
    cwd,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

/** Starts `layerc`; `done` gives what it printed. */
export function startLayerc(
  cwd: string,
  argv: readonly string[],
): {
  readonly child: ChildProcess;
  readonly done: Promise<Run & { readonly signal: string | null }>;
  output(): string;
} {
  const child = spawn(process.execPath, [cli, ...argv], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const done = new Promise<Run & { readonly signal: string | null }>((resolve) => {
    child.on("close", (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
  return { child, done, output: () => stdout + stderr };
}

/** Ten model files, `m0.layers` and on, with weights of their own; `scale` tells one state of them from another. */
export function tenModels(scale: number): Readonly<Record<string, string | Uint8Array>> {
  const files: Record<string, string | Uint8Array> = {};
  const activation = scale === 1 ? "" : ", activation=relu";
  for (let index = 0; index < 10; index++) {
    files[`m${index}.layers`] =
      `model M${index} {\n  weights "m${index}.safetensors"\n  input [64]\n  Dense(64${activation})\n}\n`;
    files[`m${index}.safetensors`] = denseWeights(64, 64, scale + index);
  }
  return files;
}

/** The weights of a dense layer, all of one value. */
export function denseWeights(inputs: number, units: number, value: number): Uint8Array {
  return writeSafetensors(
    [
      { name: "dense.kernel", shape: [inputs, units], data: new Float32Array(inputs * units).fill(value) },
      { name: "dense.bias", shape: [units], data: new Float32Array(units).fill(value) },
    ],
    {},
  );
}
