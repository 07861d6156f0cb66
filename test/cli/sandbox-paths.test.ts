import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { layerc } from "../importers/support.ts";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { makeSandbox, type Sandbox } from "./sandbox.ts";

const weights = writeSafetensors([
  { name: "dense.kernel", shape: [2, 1], data: Float32Array.of(1, 2) },
  { name: "dense.bias", shape: [1], data: Float32Array.of(3) },
]);
const cases = JSON.stringify({ inputs: [[1, 1]], outputs: [[6]] });
const model = (file: string): string => `model M { weights ${JSON.stringify(file)} input [2] dense: Dense(1) }`;
const block = "block Head() { Dense(1) }";

const outside = {
  "w.safetensors": weights,
  "c.json": cases,
  "head.layers": block,
  "m.layers": model("./w.safetensors"),
};

/** A project `p` beside files that are not its own. */
function project(files: Readonly<Record<string, string | Uint8Array>>): Sandbox {
  const inner = Object.entries({ "package.json": "{}", ...files }).map(([name, text]) => [`p/${name}`, text]);
  return makeSandbox({ ...outside, "q/x": "", ...Object.fromEntries(inner) });
}

const run = (sandbox: Sandbox, ...argv: readonly string[]) => {
  const { folder, ...rest } = sandbox;
  return layerc({ ...rest, folder, run: (given, options) => sandbox.run(given, { ...options, cwd: "p" }) }, ...argv);
};

const refusal = "it lies outside of the project";

/** What reads a file of another folder: how it is told to, and the links that are there. */
const reads: readonly (readonly [string, Record<string, string>, Record<string, string>, readonly string[]])[] = [
  ["weights by ..", { "m.layers": model("../w.safetensors") }, {}, ["check", "m.layers"]],
  [
    "weights by a way through the project",
    { "m.layers": model("./a/../../w.safetensors"), "a/x": "" },
    {},
    ["check", "m.layers"],
  ],
  [
    "weights behind a link",
    { "m.layers": model("./w.safetensors") },
    { "w.safetensors": "../w.safetensors" },
    ["check", "m.layers"],
  ],
  ["weights behind a link to a folder", { "m.layers": model("./l/w.safetensors") }, { l: ".." }, ["check", "m.layers"]],
  [
    "weights behind links to links",
    { "m.layers": model("./a/w.safetensors") },
    { a: "b", b: "../q/.." },
    ["check", "m.layers"],
  ],
  [
    "an import",
    { "m.layers": 'import { Head } from "../head.layers"\nmodel M { input [2] Head() }' },
    {},
    ["check", "m.layers"],
  ],
  [
    "cases",
    { "m.layers": model("./w.safetensors") },
    { "w.safetensors": "w" },
    ["verify", "m.layers", "--against", "../c.json"],
  ],
  [
    "samples for the self-test",
    { "m.layers": "model M { input [2] Dense(1) }" },
    {},
    ["build", "m.layers", "--self-test", "../c.json"],
  ],
  ["a model file", {}, {}, ["build", "../m.layers"]],
  ["a model file behind a link", {}, { "m.layers": "../m.layers" }, ["summary", "m.layers"]],
  ["declarations of one", {}, { "m.layers": "../m.layers" }, ["types", "m.layers"]],
  ["an export of one", {}, { "m.layers": "../m.layers" }, ["export", "m.layers", "--format", "onnx"]],
];

describe.each([["--sandbox-paths"], ["the config"]])("%s keeps reads in the project:", (how) => {
  test.each(reads)("%s", async (name, files, links, argv) => {
    const config = how === "the config" ? { "layerc.config.json": '{ "sandboxPaths": true }' } : {};
    // Of these the config is not read.
    const confining = how === "the config" && argv[0] !== "export" ? [] : ["--sandbox-paths"];
    const sandbox = project({ ...files, ...config });
    for (const [at, to] of Object.entries(links)) fs.symlinkSync(to, path.join(sandbox.folder, "p", at));
    if (name === "cases") fs.writeFileSync(path.join(sandbox.folder, "p/w"), weights);
    const { exitCode, stderr } = await run(sandbox, ...argv, ...confining);
    expect(stderr).toContain(refusal);
    expect(exitCode).toBeGreaterThan(0);
    expect(exitCode).toBeLessThan(3);
    if (how === "the config") return;
    const free = await run(sandbox, ...argv);
    expect(free.stderr).not.toContain(refusal);
  });
});

test("an absolute path out of the project is refused, one into it is not", async () => {
  const sandbox = project({ "m.layers": "model M { input [2] Dense(1) }", "c.json": cases });
  const at = (name: string): string => path.join(sandbox.folder, name);
  const { stderr } = await run(sandbox, "build", "m.layers", "--self-test", at("c.json"), "--sandbox-paths");
  expect(stderr).toContain(refusal);
  expect((await run(sandbox, "build", at("p/m.layers"), "--sandbox-paths")).exitCode).toBe(0);
});

test("an import reads no weights and no folder from outside", async () => {
  const sandbox = project({});
  fs.symlinkSync("../w.safetensors", path.join(sandbox.folder, "p/m.keras"));
  const { exitCode, stderr } = await run(sandbox, "import", "m.keras", "--sandbox-paths");
  expect({ exitCode: exitCode > 0 && exitCode < 3, stderr }).toEqual({
    exitCode: true,
    stderr: expect.stringContaining(refusal),
  });
});

test("globs find nothing behind links that lead out", async () => {
  const sandbox = project({ "a.layers": "model A { input [2] Dense(1) }" });
  fs.symlinkSync("../q", path.join(sandbox.folder, "p/q"));
  fs.writeFileSync(path.join(sandbox.folder, "q/b.layers"), "model B { input [2] Dense(1) }");
  expect((await run(sandbox, "check", "**/*.layers")).stdout).toContain("2 files");
  expect((await run(sandbox, "check", "**/*.layers", "--sandbox-paths")).stdout).toContain("1 file,");
});

test("inside of the project links and .. are as everywhere", async () => {
  const sandbox = project({ "models/m.layers": model("../weights/w.safetensors"), "weights/x": "", "c.json": cases });
  fs.writeFileSync(path.join(sandbox.folder, "p/weights/own.safetensors"), weights);
  fs.symlinkSync("own.safetensors", path.join(sandbox.folder, "p/weights/w.safetensors"));
  const { exitCode, stderr } = await run(sandbox, "build", "models/m.layers", "--sandbox-paths");
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
});

test("a project that is reached by a link is the project", async () => {
  const sandbox = project({ "m.layers": "model M { input [2] Dense(1) }" });
  fs.symlinkSync("p", path.join(sandbox.folder, "link"));
  const { exitCode, stderr } = await sandbox.run(["check", "m.layers", "--sandbox-paths"], { cwd: "link" });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
});

test.each(["../P/head.layers", "../q/../p-other/head.layers"])(
  "a folder whose name is like the project's is another: %s",
  async (file) => {
    const sandbox = project({ "m.layers": `import { Head } from "${file}"\nmodel M { input [2] Head() }` });
    for (const other of ["P", "p-other"]) {
      fs.mkdirSync(path.join(sandbox.folder, other), { recursive: true });
      fs.writeFileSync(path.join(sandbox.folder, other, "head.layers"), block);
    }
    const sameFolder =
      fs.realpathSync.native(path.join(sandbox.folder, "P")) === fs.realpathSync.native(path.join(sandbox.folder, "p"));
    const { stderr } = await run(sandbox, "check", "m.layers", "--sandbox-paths");
    if (!sameFolder || file.includes("other")) expect(stderr).toContain(refusal);
  },
);

test("sandboxPaths takes true or false", async () => {
  const sandbox = project({
    "layerc.config.json": '{ "sandboxPaths": "yes" }',
    "m.layers": "model M { input [2] Dense(1) }",
  });
  expect((await run(sandbox, "check", "m.layers")).stderr).toContain("'sandboxPaths' is 'yes', expected true or false");
});
