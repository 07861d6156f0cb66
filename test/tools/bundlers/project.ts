import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { inject, onTestFinished } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const tools = path.join(root, "test/tools/bundlers/node_modules");

/** A user's project in a folder of its own, which goes with the test. */
export interface Project {
  readonly folder: string;
  write(file: string, content: string | Uint8Array): void;
  read(file: string): string;
}

/** Makes a project that has layerc as `npm pack` made it, its dependencies, and the bundlers. */
export function createProject(files: Readonly<Record<string, string | Uint8Array>>): Project {
  // Bundlers name modules by their real paths.
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "layerc-bundlers-")));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const project: Project = {
    folder,
    write(file, content) {
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      fs.writeFileSync(path.join(folder, file), content);
    },
    read: (file) => fs.readFileSync(path.join(folder, file), "utf8"),
  };
  project.write("package.json", '{ "type": "module" }');
  for (const [file, content] of Object.entries(files)) project.write(file, content);
  install(path.join(folder, "node_modules"));
  return project;
}

function install(modules: string): void {
  const layerc = path.join(modules, "layerc");
  fs.mkdirSync(layerc, { recursive: true });
  execFileSync("tar", ["-xzf", inject("packedLayerc"), "--strip-components=1", "-C", layerc]);
  const { dependencies } = JSON.parse(fs.readFileSync(path.join(layerc, "package.json"), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  for (const name of Object.keys(dependencies)) link(path.join(root, "node_modules", name), modules, name);
  for (const name of ["@rspack/core", "esbuild", "rolldown", "rollup", "typescript", "vite", "webpack"]) {
    link(path.join(tools, name), modules, name);
  }
}

function link(target: string, modules: string, name: string): void {
  const at = path.join(modules, name);
  fs.mkdirSync(path.dirname(at), { recursive: true });
  if (!fs.existsSync(at)) fs.symlinkSync(target, at);
}
