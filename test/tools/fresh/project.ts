import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { inject } from "vitest";
import { npmEnvironment } from "../npm-environment.ts";

/** A user's project in a folder of its own, in which commands run as they would in the user's terminal. */
export interface FreshProject {
  readonly folder: string;
  write(file: string, content: string | Uint8Array): void;
  read(file: string): string;
  /** What a command prints; throws with all output when it fails. `node` is that of the project and all its commands. */
  run(command: string, ...argv: readonly string[]): string;
  /** A project that a command has made in a folder of this one. */
  inside(name: string): FreshProject;
  remove(): void;
}

/** A folder outside of every package; `node` is the program that scripts with `#!/usr/bin/env node` get. */
export function makeFolder(node: string = process.execPath): FreshProject {
  // Bundlers name modules by their real paths.
  return projectIn(realpathSync(mkdtempSync(path.join(os.tmpdir(), "layerc-fresh-"))), node);
}

function projectIn(folder: string, node: string): FreshProject {
  return {
    folder,
    write(file, content) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), content);
    },
    read: (file) => readFileSync(path.join(folder, file), "utf8"),
    run: (command, ...argv) => runIn(folder, node, command, argv),
    inside: (name) => projectIn(path.join(folder, name), node),
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Adds layerc to a project that has a package.json, with what npm finds its dependencies to be. */
export function installLayerc(project: FreshProject): void {
  project.run("npm", "install", "--save-dev", inject("packedLayerc"));
}

/** A project as `npm init -y` and an install of layerc leave it. */
export function makePackage(): FreshProject {
  const project = makeFolder();
  project.run("npm", "init", "-y");
  installLayerc(project);
  return project;
}

/** What a package says of its modules, and that it says nothing, as `npm init -y` of npm 10 leaves it. */
export function setType(project: FreshProject, type: "module" | "commonjs" | undefined): void {
  if (type === undefined) project.run("npm", "pkg", "delete", "type");
  else project.run("npm", "pkg", "set", `type=${type}`);
}

/** Another project with the same files, which a test may change; packages are installed once for all of them. */
export function copyProject({ folder }: FreshProject, node?: string): FreshProject {
  const copy = makeFolder(node);
  cpSync(folder, copy.folder, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function runIn(folder: string, node: string, command: string, argv: readonly string[]): string {
  // What npm tells the script that runs these tests of this repository is not for the project's npm.
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_(?!config_)|npm_config_local_prefix$)/.test(name));
  const env = {
    ...Object.fromEntries(own),
    ...npmEnvironment,
    PATH: [path.dirname(node), process.env["PATH"]].join(path.delimiter),
    NO_COLOR: "1",
    FORCE_COLOR: undefined,
    NODE_ENV: undefined,
    NODE_OPTIONS: undefined,
    INIT_CWD: undefined,
  };
  const { status, stdout, stderr } = spawnSync(command, argv, { cwd: folder, encoding: "utf8", env });
  if (status !== 0) throw new Error(`${command} ${argv.join(" ")} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}
