import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { nodes } from "../runtimes/nodes.ts";
import { allPrinted, printAll, printedCall } from "./call.ts";
import { compilers } from "./compilers.ts";
import { copyProject, makePackage, setType, type FreshProject } from "./project.ts";

/** Types of packages, and what the modules end in there, as init has them, and as tsc writes them. */
const types = [
  ["module", "ts", "js"],
  ["commonjs", "mts", "mjs"],
  [undefined, "mts", "mjs"],
] as const;

let installed: FreshProject;

beforeAll(() => {
  installed = makePackage();
});
afterAll(() => installed.remove());

/** A fresh project of that type with layerc, a TypeScript, and the tsconfig.json that this makes. */
function startProject(type: (typeof types)[number][0], typescript: string): FreshProject {
  const project = copyProject(installed);
  onTestFinished(project.remove);
  const { version } = JSON.parse(readFileSync(path.join(typescript, "package.json"), "utf8")) as {
    readonly version: string;
  };
  setType(project, type);
  project.run("npm", "pkg", "set", `devDependencies.typescript=${version}`);
  const modules = path.join(project.folder, "node_modules");
  symlinkSync(typescript, path.join(modules, "typescript"));
  mkdirSync(path.join(modules, ".bin"), { recursive: true });
  symlinkSync("../typescript/bin/tsc", path.join(modules, ".bin/tsc"));
  project.run("npx", "tsc", "--init");
  return project;
}

/** Nodes that run TypeScript: those from 22.18 on. */
const stripping = ["Node 22", "Node 24"];

describe.each(compilers)("with %s", (_, typescript) => {
  test.each(types)("a package of type %s builds .%s and calls it as init says", (type, ending, compiled) => {
    const project = startProject(type, typescript);
    const output = project.run("npx", "layerc", "init");
    const { load, call, module } = printedCall(output);
    expect(module).toBe(`./models/xor.${ending}`);
    project.run("npm", "run", "build:models");
    project.run("npm", "run", "check:models");

    // The line about tsc, obeyed; all else is as `tsc --init` wrote it.
    const [, setting] = /^For tsc set (".*": true) in the compilerOptions of tsconfig\.json$/m.exec(output) ?? [];
    const tsconfig = project.read("tsconfig.json");
    project.write("tsconfig.json", tsconfig.replace(/"compilerOptions": \{/, `$&\n    ${setting},`));
    project.write(`use.${ending}`, `${load};\nconsole.log(${call});\n`);
    project.write(`all.${ending}`, printAll(load));
    project.run("npx", "tsc", "--outDir", "out");

    for (const [name, node] of nodes) {
      expect([name, project.run(node, `out/use.${compiled}`)]).toEqual([name, "Float32Array(1) [ 1 ]\n"]);
      expect([name, project.run(node, `out/all.${compiled}`)]).toEqual([name, allPrinted]);
    }
    // Without tsc, from TypeScript and from JavaScript.
    project.write("script.mjs", printAll(load));
    for (const [name, node] of nodes.filter(([name]) => stripping.includes(name))) {
      expect([name, project.run(node, `all.${ending}`)]).toEqual([name, allPrinted]);
      expect([name, project.run(node, "script.mjs")]).toEqual([name, allPrinted]);
    }
  });
});
