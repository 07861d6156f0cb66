import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import * as compiler from "../../src/compile.ts";
import { quickCompiler } from "../support/quick-compiler.ts";
import { makeSandbox, type Run, type Sandbox } from "./sandbox.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** As `npm init -y` of npm 11 writes it, and with the type that a user may give it. */
const manifest = (type: string | undefined): string =>
  JSON.stringify({ name: "x", version: "1.0.0", ...(type === undefined ? {} : { type }) });

/** A model with weights, one without, whose name CommonJS has for itself. */
const models = `model Xor {
  weights "./xor.safetensors"
  input [2]
  hidden: Dense(2, activation=relu)
  out: Dense(1)
  labels ["odd"]
}
model Module { input [2] Activation(relu) labels ["a", "b"] }
model Free { input [2] Dense(1) }
`;

async function projectOf(type: string | undefined, more: Readonly<Record<string, string>> = {}): Promise<Sandbox> {
  const sandbox = makeSandbox({ "package.json": manifest(undefined) });
  await sandbox.run(["init"]);
  // It has an ending for the example; here the build chooses one.
  fs.rmSync(path.join(sandbox.folder, "layerc.config.mjs"));
  const files = { "package.json": manifest(type), "models/net.layers": models, ...more };
  for (const [name, text] of Object.entries(files)) {
    fs.writeFileSync(path.join(sandbox.folder, name), text);
  }
  return sandbox;
}

const build = (sandbox: Sandbox, ...argv: readonly string[]): Promise<Run> =>
  sandbox.run(["build", "models/net.layers", "--no-cache", ...argv], { compiler: quickCompiler });

/** The value of a script, `export default` or `module.exports`, as Node's loaders find it. */
async function evaluate(sandbox: Sandbox, name: string, script: string): Promise<unknown> {
  const file = path.join(sandbox.folder, name);
  fs.writeFileSync(file, script);
  if (name.endsWith(".cjs")) return createRequire(file)(file);
  const { default: value } = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { default: unknown };
  return value;
}

/** Calls of everything that the modules export, and what they give. */
const results = (module: string): string => `[
  xor.forward([0, 1])[0],
  ${module}.forward([-1, 2])[1],
  xorInfo.parameterCount,
  Object.keys(freeInfo).length > 0,
  createFree({ dense: { kernel: [1, 2], bias: [3] } }).forward([1, 1])[0],
  typeof readFreeWeights,
  xorLabels.join(),
  classifyXor([0, 1])[0].label,
  classifyModule([1, 2], { top: 1 })[0].label,
]`;
const expected = [1, 2, 9, true, 6, "function", "odd", "odd", "b"];
const names = "xor, xorInfo, xorLabels, classifyXor, classifyModule, freeInfo, createFree, readFreeWeights";
const imported = (from: string): string =>
  `import { ${names}, module as relu } from "${from}";\nexport default ${results("relu")};`;
const required = (from: string): string =>
  `const { ${names}, module: relu } = require("${from}");\nmodule.exports = ${results("relu")};`;

const keptNote = /^models\/net\.layers -> /;

const toTypeScriptEnding =
  "which tsc compiles and Node runs from 22.18 on; --emit cjs or mjs for JavaScript, --emit ts for .ts";

describe("modules run in Node", () => {
  test.each([
    // --emit, the type of the package, what is written
    ["js", "module", "js", "d.ts"],
    ["js", "commonjs", "mjs", "d.mts"],
    ["mjs", "commonjs", "mjs", "d.mts"],
    ["mjs", "module", "mjs", "d.mts"],
    ["cjs", "commonjs", "cjs", "d.cts"],
    ["cjs", "module", "cjs", "d.cts"],
    ["cjs", undefined, "cjs", "d.cts"],
  ])("--emit %s in a package of type %s: .%s with .%s", async (emit, type, ending, declarations) => {
    const sandbox = await projectOf(type);
    const { exitCode, stderr } = await build(sandbox, "--emit", emit);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const made = Object.keys(sandbox.contents()).filter((name) => name.startsWith("models/net."));
    expect(made).toEqual([`models/net.${ending}`, `models/net.${declarations}`, "models/net.layers"].toSorted());
    expect(await evaluate(sandbox, "use.mjs", imported(`./models/net.${ending}`))).toEqual(expected);
    if (ending === "cjs") expect(await evaluate(sandbox, "use.cjs", required("./models/net.cjs"))).toEqual(expected);
  });

  // From Node 20.19 on, with a warning.
  test("ES modules can be required", async () => {
    const found: unknown[] = [];
    const kinds = [
      ["js", "module", "js"],
      ["js", "commonjs", "mjs"],
      ["mjs", "commonjs", "mjs"],
      ["mjs", "module", "mjs"],
    ] as const;
    for (const [emit, type, ending] of kinds) {
      const sandbox = await projectOf(type);
      await build(sandbox, "--emit", emit);
      found.push(await evaluate(sandbox, "use.cjs", required(`./models/net.${ending}`)));
    }
    expect(found).toEqual(kinds.map(() => expected));
  });

  test("what CommonJS exports can be listed, and is marked as made from an ES module", async () => {
    const sandbox = await projectOf("commonjs");
    await build(sandbox, "--emit", "cjs");
    const script = 'const net = require("./models/net.cjs");\nconsole.log(Object.keys(net).join(" "), net.__esModule);';
    fs.writeFileSync(path.join(sandbox.folder, "use.cjs"), script);
    const { stdout, stderr } = spawnSync(process.execPath, ["use.cjs"], { cwd: sandbox.folder, encoding: "utf8" });
    expect(stdout + stderr).toBe(
      "xor xorLabels classifyXor xorInfo module moduleLabels classifyModule moduleInfo createFree readFreeWeights freeInfo true\n",
    );
  });

  test("CommonJS is what the ES module is, but for how it exports", async () => {
    const sandbox = await projectOf("module");
    for (const emit of ["js", "cjs"]) await sandbox.run(["build", "models/net.layers", "--emit", emit], { compiler });
    const { "models/net.js": es = "", "models/net.cjs": common = "" } = sandbox.contents();
    const start = '\n"use strict";\nObject.defineProperty(exports, "__esModule", { value: true });\n';
    expect(common).toContain(start);
    const checksum = /(?<=@generated )\w+/;
    const body = common
      .replace(checksum, "")
      .replace(start, "")
      .replace(/\n\nexports\.xor = [^]*$/, "\n")
      .replaceAll("module_2", "module");
    expect(body).toBe(es.replace(checksum, "").replaceAll(/^export /gm, ""));
  });

  test("a self-test is exported", async () => {
    const cases = JSON.stringify({ models: { Xor: { inputs: [[0, 1]], outputs: [[1]] } } });
    const sandbox = await projectOf("commonjs", { "cases.json": cases });
    const argv = ["--emit", "cjs", "--self-test", "cases.json", "--target", "wasm"];
    expect((await build(sandbox, ...argv)).exitCode).toBe(0);
    const script = 'module.exports = require("./models/net.cjs").selfTest().passed;';
    expect(await evaluate(sandbox, "use.cjs", script)).toBe(true);
  });
});

describe("the kind of module is chosen by the package", () => {
  const line = (ending: string, instead: string, otherwise: string, file = "package.json"): string =>
    `${file} has "type": "commonjs", where Node takes no ES module that ends in .${instead}: written as .${ending} (${otherwise})\n`;
  const toTypeScript = line("mts", "ts", toTypeScriptEnding);
  const toJavaScript = line("mjs", "js", "--emit cjs for CommonJS");

  test.each<readonly [string | undefined, readonly string[], string, string]>([
    ["commonjs", [], "mts", toTypeScript],
    ["commonjs", ["--emit", "ts"], "ts", ""],
    ["commonjs", ["--emit", "mts"], "mts", ""],
    ["commonjs", ["--emit", "js"], "mjs", toJavaScript],
    ["commonjs", ["--emit", "cjs"], "cjs", ""],
    ["module", [], "ts", ""],
    ["module", ["--emit", "js"], "js", ""],
    [undefined, [], "ts", ""],
    [undefined, ["--emit", "js"], "js", ""],
    ["something", [], "ts", ""],
  ])("of type %s, with %j: .%s", async (type, argv, ending, reason) => {
    const sandbox = await projectOf(type);
    const { stdout } = await build(sandbox, ...argv);
    expect(stdout).toMatch(keptNote);
    expect(stdout).toContain(`-> models/net.${ending} `);
    expect(stdout.includes('has "type"')).toBe(reason !== "");
    expect(stdout).toContain(reason);
    // It is the same to all that asks what is written.
    expect((await build(sandbox, "--check", ...argv)).exitCode).toBe(0);
    const listed = (await build(sandbox, "--list-outputs", ...argv)).stdout.trim().split("\n");
    expect(listed).toEqual([...stdout.matchAll(/ -> (\S+)/g)].map(([, name]) => name));
  });

  test("of the folder that the output lies in", async () => {
    const sandbox = makeSandbox({
      "package.json": manifest("module"),
      "a.layers": "model A { input [2] Activation(relu) }",
      "sub/package.json": manifest("commonjs"),
      "other/package.json": "{}",
      "broken/package.json": "{",
      "sub/node_modules/x/y.txt": "",
    });
    const written = async (folder: string): Promise<string> =>
      (await sandbox.run(["build", "a.layers", "--out-dir", folder], { compiler: quickCompiler })).stdout;
    expect(await written("sub/deep/er")).toBe(
      `a.layers -> sub/deep/er/a.mts  ${/\S+ kB/.exec(await written("sub/deep/er"))?.[0]}\n` +
        line("mts", "ts", toTypeScriptEnding, "sub/package.json"),
    );
    expect(await written("other")).toMatch(/ -> other\/a\.ts .*\n$/);
    expect(await written("broken")).toMatch(/ -> broken\/a\.ts .*\n$/);
    // A package ends where others are installed.
    expect(await written("sub/node_modules/x")).toMatch(/ -> sub\/node_modules\/x\/a\.ts .*\n$/);
    expect(await written(".")).toMatch(/ -> a\.ts .*\n$/);
  });

  test("of the config too", async () => {
    const sandbox = await projectOf("commonjs", { "layerc.config.mjs": 'export default { emit: "js" };' });
    expect((await build(sandbox)).stdout).toContain(toJavaScript);
    expect((await build(sandbox, "--emit", "ts")).stdout).not.toContain("commonjs");
  });

  test("of package.json as it is now: a build from the cache, and what make waits for", async () => {
    const sandbox = await projectOf("commonjs");
    const run = (...argv: readonly string[]): Promise<Run> =>
      sandbox.run(["build", "models/net.layers", "--cache-dir", "cache", ...argv], {
        compiler: quickCompiler,
        environment: { compilerId: () => "one" },
      });
    expect((await run("--depfile", "d")).stdout).toContain("models/net.mts");
    const cached = await run("--format", "json");
    expect(JSON.parse(cached.stdout)).toMatchObject({ outputs: [{ path: "models/net.mts", cached: true }] });
    expect(sandbox.contents()["d"]).toMatch(/^models\/net\.mts: .*package\.json/);
    fs.writeFileSync(path.join(sandbox.folder, "package.json"), manifest("module"));
    expect((await run("--depfile", "d")).stdout).toContain("models/net.ts");
    expect(sandbox.contents()["d"]).not.toContain("package.json");
  });
});

test("TypeScript reads the declarations of each kind, and the modules in TypeScript", { timeout: 60_000 }, async () => {
  const sandbox = await projectOf("commonjs", {
    "use.cts": `import net = require("./models/net.cjs");
const weights: net.FreeWeights = { dense: { kernel: Float32Array.of(1, 2), bias: Float32Array.of(3) } };
const one: Float32Array = net.xor.forward([0, 1]);
export = [one, net.module.forward([1, 2]), net.createFree(weights)];
`,
    "use.mts": `import { xor } from "./models/net.mjs";
import { xor as common, type XorOutput, type Xor } from "./models/net.cjs";
const both: Xor = xor;
export const output: XorOutput = common.forward(new Float32Array(2));
export default both;
`,
    "other.mts": `import { xor, type XorInput } from "./typescript/net.mts";
export const input = [0, 1] as unknown as XorInput;
export const output: Float32Array = xor.forward(input);
// @ts-expect-error: there is none
export { nothing } from "./models/net.cjs";
`,
  });
  for (const emit of ["mjs", "cjs"]) await build(sandbox, "--emit", emit);
  await build(sandbox, "--out-dir", "typescript");
  const options = {
    strict: true,
    noEmit: true,
    module: "nodenext",
    target: "es2023",
    lib: ["es2023", "dom"],
    types: [],
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
  };
  const config = { compilerOptions: options, files: ["use.cts", "use.mts", "other.mts"] };
  fs.writeFileSync(path.join(sandbox.folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = path.join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", "."], { cwd: sandbox.folder, encoding: "utf8" });
  expect(stdout).toBe("");
});
