import path from "node:path";
import { describe, expect, test } from "vitest";
import { makeSandbox } from "./sandbox.ts";

const base = { "package.json": "{}", "models/a.layers": "model A", "models/deep/b.layers": "model B" };
const config = (value: object) => ({ "layerc.config.json": JSON.stringify(value) });

describe("commands without files take those of the config", () => {
  const files = { ...base, ...config({ include: ["models/**/*.layers"] }) };

  test.each([
    ["build", "models/a.layers -> models/a.ts  145 B\nmodels/deep/b.layers -> models/deep/b.ts  145 B\n"],
    ["check", "2 files, 2 models: no errors\n"],
    ["summary", /Model: "A"[^]*Model: "B"/],
  ])("%s", async (command, expected) => {
    const { exitCode, stdout, stderr } = await makeSandbox(files).run([command]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toEqual(typeof expected === "string" ? expected : expect.stringMatching(expected));
  });

  test("files of the command line come instead of them", async () => {
    expect((await makeSandbox(files).run(["check", "models/a.layers"])).stdout).toBe("1 file, 1 model: no errors\n");
  });

  test("a pattern with ! takes files out", async () => {
    const sandbox = makeSandbox({ ...base, ...config({ include: ["models/**", "!models/deep/**"] }) });
    expect((await sandbox.run(["check"])).stdout).toBe("1 file, 1 model: no errors\n");
    const none = makeSandbox({ ...base, ...config({ include: ["models/**", "!**/*.layers"] }) });
    expect(await none.run(["check"])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("No model file matches 'models/** !**/*.layers'"),
    });
  });

  test("a single pattern needs no list", async () => {
    const sandbox = makeSandbox({ ...base, ...config({ include: "models/*.layers" }) });
    expect((await sandbox.run(["check"])).stdout).toBe("1 file, 1 model: no errors\n");
  });

  test("without a config, or without include, they are asked for", async () => {
    expect(await makeSandbox(base).run(["build"])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/^error\[no-files-given\]: No files are given, expected model files or globs\n/),
    });
    expect(await makeSandbox({ ...base, ...config({}) }).run(["build"])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("expected model files or globs, or 'include' in layerc.config.json\n"),
    });
  });
});

describe("paths are seen from the config's folder", () => {
  test("from a folder below it", async () => {
    const sandbox = makeSandbox({ ...base, ...config({ include: ["models/**/*.layers"], outDir: "out" }) });
    const { exitCode, stderr } = await sandbox.run(["build"], { cwd: "models/deep" });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(Object.keys(sandbox.contents())).toEqual(expect.arrayContaining(["out/a.ts", "out/deep/b.ts"]));
  });

  test("in a folder whose name looks like a glob", async () => {
    const sandbox = makeSandbox({
      "[a]{b}*/package.json": "{}",
      "[a]{b}*/layerc.config.json": `{ "include": ["m/*.layers"], "overrides": [{ "files": "m/*", "emit": "js" }] }`,
      "[a]{b}*/m/a.layers": "model A",
    });
    const { exitCode, stdout } = await sandbox.run(["build"], { cwd: "[a]{b}*" });
    expect({ exitCode, stdout: stdout.split("\n")[0] }).toEqual({ exitCode: 0, stdout: "m/a.layers -> m/a.js  145 B" });
  });

  test("those of the command line are seen from the working folder", async () => {
    const sandbox = makeSandbox({ ...base, ...config({ outDir: "out" }) });
    await sandbox.run(["build", "a.layers", "--out-dir", "here"], { cwd: "models" });
    expect(Object.keys(sandbox.contents())).toContain("models/here/a.ts");
  });
});

describe("options", () => {
  const options = {
    include: "models/**/*.layers",
    unroll: "none",
    weights: "file",
    overrides: [{ files: "models/deep/**", unroll: "full", weights: "inline", emit: "js" }],
  };

  test("come from the config, its overrides first", async () => {
    const sandbox = makeSandbox({ ...base, ...config(options) });
    expect((await sandbox.run(["build"])).exitCode).toBe(0);
    const contents = sandbox.contents();
    expect(
      Object.keys(contents)
        .filter((name) => !(name in base))
        .sort(),
    ).toEqual([
      "layerc.config.json",
      "models/a.ts",
      "models/a.weights.safetensors",
      "models/deep/b.d.ts",
      "models/deep/b.js",
    ]);
    expect(contents["models/a.ts"]).toContain("ts_none");
    expect(contents["models/deep/b.js"]).toContain("js_full");
  });

  test("those of the command line win", async () => {
    const sandbox = makeSandbox({ ...base, ...config(options) });
    await sandbox.run(["build", "--unroll", "auto", "--emit", "ts", "--weights", "inline"]);
    expect(Object.keys(sandbox.contents()).filter((name) => !(name in base))).toEqual([
      "layerc.config.json",
      "models/a.ts",
      "models/deep/b.ts",
    ]);
    expect(sandbox.contents()["models/deep/b.ts"]).toContain("ts_auto");
  });

  test("--no-config leaves them aside, and --config takes others", async () => {
    const sandbox = makeSandbox({
      ...base,
      ...config(options),
      "other/small.json": `{ "include": "../models/a.layers", "emit": "js" }`,
    });
    const none = await sandbox.run(["build", "models/deep/b.layers", "--no-config"]);
    expect(none.stdout).toBe("models/deep/b.layers -> models/deep/b.ts  145 B\n");
    const other = await sandbox.run(["build", "--config", path.join("other", "small.json"), "--check"]);
    expect(other).toMatchObject({ exitCode: 1, stdout: expect.stringMatching(/^models\/a\.js is missing/) });
  });

  test("--list-outputs knows them", async () => {
    const sandbox = makeSandbox({ ...base, ...config({ ...options, outDir: "out" }) });
    expect((await sandbox.run(["build", "--list-outputs"])).stdout.split("\n")).toEqual(
      expect.arrayContaining(["out/a.ts", "out/deep/b.js", "out/deep/b.d.ts"]),
    );
  });
});

test.each(["build", "check", "summary", "types"])("%s stops at a wrong config, with its place", async (command) => {
  const sandbox = makeSandbox({ ...base, "layerc.config.json": `{\n  "targt": "wasm"\n}\n` });
  const { exitCode, stdout, stderr } = await sandbox.run([command]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toBe(`error[config-unknown-key]: 'targt' is not a key of the config
  ┌─ layerc.config.json:2:3
2 │   "targt": "wasm"
  │   ^^^^^^^
  = help: did you mean 'target'?

1 error in 1 file
`);
  const json = JSON.parse((await sandbox.run([command, "--format", "json"])).stdout) as unknown;
  expect(json).toMatchObject({
    exitCode: 2,
    diagnostics: [
      { code: "config-unknown-key", location: { file: "layerc.config.json", start: { line: 2, column: 3 } } },
    ],
  });
});
