import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { nodes } from "../runtimes/nodes.ts";
import { allPrinted, printAll, printedCall } from "./call.ts";
import { compilers } from "./compilers.ts";
import { copyProject, makePackage, setType, type FreshProject } from "./project.ts";

/** Types of packages, and what a newcomer's index.js is in them. */
const types = [
  ["module", "./models/xor.js"],
  ["commonjs", "./models/xor.cjs"],
  [undefined, "./models/xor.mjs"],
] as const;

let installed: FreshProject;

beforeAll(() => {
  installed = makePackage();
});
afterAll(() => installed.remove());

/** A fresh project of that type in which layerc is installed and nothing else was done. */
function startProject(type: (typeof types)[number][0], node?: string): FreshProject {
  const project = copyProject(installed, node);
  onTestFinished(project.remove);
  setType(project, type);
  return project;
}

describe.each(nodes)("in %s", (_, node) => {
  test.each(types)("a package of type %s builds %s and calls it as init says", (type, module) => {
    const project = startProject(type, node);
    const { load, call, ...printed } = printedCall(project.run("npx", "layerc", "init"));
    expect(printed.module).toBe(module);
    project.run("npm", "run", "build:models");
    project.run("npm", "run", "check:models");
    project.write("index.js", `${load};\nconsole.log(${call});\n`);
    expect(project.run("node", "index.js")).toBe("Float32Array(1) [ 1 ]\n");

    project.write("use.mjs", printAll(`import { xor } from "${module}"`));
    project.write("use.cjs", printAll(`const { xor } = require("${module}")`));
    expect(project.run("node", "use.mjs")).toBe(allPrinted);
    expect(project.run("node", "use.cjs")).toBe(allPrinted);
  });
});

/** What reads the declarations of such a module: every kind of file that may load it. */
const typed = `const input: number[] = [0, 1];
export const output: Float32Array = xor.forward(input);
// @ts-expect-error: the model takes numbers
xor.forward("01");
`;

test.each(types)("in a package of type %s the declarations of %s are those that tsc finds", (type, module) => {
  const project = startProject(type);
  project.run("npx", "layerc", "init");
  project.run("npm", "run", "build:models");
  project.write("use.mts", `import { xor } from "${module}";\n${typed}`);
  project.write("use.cts", `import { xor } from "${module}";\n${typed}`);
  const compilerOptions = { module: "nodenext", target: "es2023", types: [], strict: true, noEmit: true };
  project.write("tsconfig.json", JSON.stringify({ compilerOptions, files: ["use.mts", "use.cts"] }));
  for (const [name, folder] of compilers) {
    expect(() => project.run("node", `${folder}/bin/tsc`, "-p", "."), name).not.toThrow();
  }
});
