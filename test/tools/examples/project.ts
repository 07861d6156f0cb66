import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, inject, onTestFinished } from "vitest";
import { endProcess } from "../end-process.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
/** Where the tools lie that the examples use. */
const installed = [path.join(root, "node_modules"), path.join(root, "test/tools/bundlers/node_modules")];

interface Manifest {
  readonly version?: string;
  readonly bin?: string | Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** What goes when the tests of a file are done. */
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })));

/** An example project as a user has it after `npm install`. */
export interface Project {
  readonly folder: string;
  /** What a script of its package.json prints. Throws, with all output, when it fails. */
  run(script: string): string;
  /** Starts a program of `node_modules/.bin`, which ends with the test; resolves with the first match in its output. */
  start(program: string, argv: readonly string[], ready: RegExp): Promise<string>;
}

interface InstallOptions {
  /** Paths of programs by the names of their packages. */
  readonly programs?: Readonly<Record<string, string>>;
  /** Examples beside this one, of which it imports files. */
  readonly beside?: readonly string[];
}

/**
 * Copies an example into a temporary folder and installs what its package.json names: layerc from `npm pack`, the rest from
 * this repository's own packages, or from `programs`.
 */
export function installExample(name: string, { programs = {}, beside = [] }: InstallOptions = {}): Project {
  const parent = mkdtempSync(path.join(os.tmpdir(), `layerc-${name}-`));
  folders.push(parent);
  for (const each of [name, ...beside]) copyExample(each, path.join(parent, each));
  const folder = path.join(parent, name);

  const modules = path.join(folder, "node_modules");
  const { dependencies, devDependencies } = readManifest(folder);
  for (const [dependency, range] of Object.entries({ ...dependencies, ...devDependencies })) {
    const program = programs[dependency];
    if (program !== undefined) link(program, path.join(modules, ".bin", dependency));
    else if (dependency === "layerc") installPacked(modules);
    else link(findInstalled(dependency, range), path.join(modules, dependency));
    if (program === undefined) linkPrograms(modules, dependency);
  }
  const environment = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined };
  return {
    folder,
    run: (script) => {
      const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", script], {
        cwd: folder,
        encoding: "utf8",
        env: environment,
      });
      if (status !== 0) throw new Error(`npm run ${script} failed: ${stdout}${stderr}`);
      return stdout;
    },
    start: (program, argv, ready) =>
      new Promise((resolve, reject) => {
        const child = spawn(path.join(modules, ".bin", program), argv, { cwd: folder, env: environment });
        onTestFinished(() => endProcess(child));
        let said = "";
        const listen = (text: string): void => {
          said += text;
          const found = ready.exec(said);
          if (found !== null) resolve(found[0]);
        };
        child.stdout.setEncoding("utf8").on("data", listen);
        child.stderr.setEncoding("utf8").on("data", listen);
        child.once("error", reject);
        child.once("exit", (code) => reject(new Error(`${program} ended with ${code}: ${said}`)));
      }),
  };
}

function copyExample(name: string, folder: string): void {
  const source = path.join(root, "examples", name);
  // What was made in the example's own folder is not what a user gets; its .gitignore lists plain paths.
  const made = readFileSync(path.join(source, ".gitignore"), "utf8").trim().split("\n");
  cpSync(source, folder, {
    recursive: true,
    filter: (file) => !made.some((name) => path.relative(source, file) === path.normalize(name).replace(/[/\\]$/, "")),
  });
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Manifest;
}

function installPacked(modules: string): void {
  const folder = path.join(modules, "layerc");
  mkdirSync(folder, { recursive: true });
  execFileSync("tar", ["-xzf", inject("packedLayerc"), "--strip-components=1", "-C", folder]);
  for (const [name, range] of Object.entries(readManifest(folder).dependencies ?? {})) {
    link(findInstalled(name, range), path.join(modules, name));
  }
}

function findInstalled(name: string, range: string): string {
  for (const modules of installed) {
    const folder = path.join(modules, name);
    // All ranges are of the form ^1.2.3.
    const major = /^\^(\d+)\./.exec(range)?.[1];
    if (existsSync(folder) && readManifest(folder).version?.split(".")[0] === major) return folder;
  }
  throw new Error(`${name} ${range} is not installed in ${installed.join(" or ")}`);
}

function linkPrograms(modules: string, name: string): void {
  const { bin } = readManifest(path.join(modules, name));
  const programs = typeof bin === "string" ? { [path.basename(name)]: bin } : (bin ?? {});
  for (const [program, file] of Object.entries(programs)) {
    link(path.join(modules, name, file), path.join(modules, ".bin", program));
  }
}

function link(target: string, at: string): void {
  expect(existsSync(target), target).toBe(true);
  if (existsSync(at)) return;
  mkdirSync(path.dirname(at), { recursive: true });
  symlinkSync(target, at);
}
