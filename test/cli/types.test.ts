import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { nodeFileSystem } from "../../src/node/file-system.ts";
import { typesName, writeTypes } from "../../src/node/write-types.ts";
import { fakeModule } from "./fake-compiler.ts";
import { makeSandbox, systemError } from "./sandbox.ts";

const models = { "package.json": "{}", "a.layers": "model A", "m/b.layers": "model B" };
const declarations = (name: string, text: string): string => fakeModule(name, text, "dts");

describe("layerc types", () => {
  test("writes a declaration file beside each model file", async () => {
    const sandbox = makeSandbox(models);
    const { exitCode, stdout, stderr } = await sandbox.run(["types", "a.layers", "m/*.layers"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toBe(`a.layers -> a.d.layers.ts  146 B
m/b.layers -> m/b.d.layers.ts  146 B
TypeScript reads them with "allowArbitraryExtensions": true in the compilerOptions of tsconfig.json
`);
    expect(sandbox.contents()).toEqual({
      ...models,
      "a.d.layers.ts": declarations("a", "model A"),
      "m/b.d.layers.ts": declarations("b", "model B"),
    });
  });

  test("leaves current ones untouched, and says nothing about settings then", async () => {
    const sandbox = makeSandbox({ ...models, "a.d.layers.ts": declarations("a", "model A") });
    const none = { writeNew: () => expect.unreachable("something is written") };
    expect(await sandbox.run(["types", "a.layers"], { files: none })).toEqual({
      exitCode: 0,
      stdout: "a.layers -> a.d.layers.ts  146 B (unchanged)\n",
      stderr: "",
    });
  });

  test("--ending, and the config's types, choose the name", async () => {
    const config = { "layerc.config.json": `{ "include": "a.layers", "types": "layers.d.ts" }` };
    const sandbox = makeSandbox({ ...models, ...config });
    expect((await sandbox.run(["types"])).stdout).toBe(`a.layers -> a.layers.d.ts  146 B
TypeScript finds them with "moduleResolution": "bundler" in the compilerOptions of tsconfig.json
`);
    expect((await sandbox.run(["types", "--ending", "d.layers.ts"])).stdout).toMatch(/^a\.layers -> a\.d\.layers\.ts /);
  });

  test("the declarations are those of the file's options", async () => {
    const config = {
      include: "*.layers",
      unroll: "none",
      outDir: "out",
      overrides: [{ files: "a.layers", emit: "ts" }],
    };
    const sandbox = makeSandbox({ ...models, "layerc.config.json": JSON.stringify(config) });
    expect((await sandbox.run(["types"])).exitCode).toBe(0);
    expect(sandbox.contents()["a.d.layers.ts"]).toContain("dts_none");
  });

  test("--check writes nothing and fails while one is missing or out of date", async () => {
    const sandbox = makeSandbox({ ...models, "a.d.layers.ts": declarations("a", "older") });
    const before = sandbox.contents();
    const check = () => sandbox.run(["types", "**/*.layers", "--check"]);
    expect(await check()).toEqual({
      exitCode: 1,
      stdout: `a.d.layers.ts is out of date: run layerc types for a.layers
m/b.d.layers.ts is missing: run layerc types for m/b.layers
`,
      stderr: "",
    });
    expect(sandbox.contents()).toEqual(before);
    await sandbox.run(["types", "**/*.layers"]);
    expect(await check()).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  });

  test("a file of other origin stays, and nothing is written", async () => {
    const sandbox = makeSandbox({ ...models, "a.d.layers.ts": "export const mine = 1;\n" });
    const before = sandbox.contents();
    const { exitCode, stderr } = await sandbox.run(["types", "**/*.layers"]);
    expect(exitCode).toBe(2);
    expect(stderr)
      .toBe(`error[output-not-generated]: 'a.d.layers.ts' was not written by layerc and would be replaced by the output of 'a.layers'
  = help: move or delete it

1 error
`);
    expect(sandbox.contents()).toEqual(before);
  });

  test("wrong models give their diagnostics and no declarations", async () => {
    const sandbox = makeSandbox({ ...models, "m/b.layers": "model B error" });
    const { exitCode, stderr } = await sandbox.run(["types", "**/*.layers"]);
    expect({ exitCode, first: stderr.split("\n")[0] }).toEqual({
      exitCode: 1,
      first: "error[fake-error]: found 'error'",
    });
    expect(Object.keys(sandbox.contents())).toEqual(Object.keys(models).sort());
  });

  test("a disk that is full leaves what was there", async () => {
    const sandbox = makeSandbox({ ...models, "a.d.layers.ts": declarations("a", "older") });
    const before = sandbox.contents();
    const full = {
      writeNew: () => {
        throw systemError("ENOSPC");
      },
    };
    const { exitCode, stderr } = await sandbox.run(["types", "**/*.layers"], { files: full });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("the disk is full") });
    expect(sandbox.contents()).toEqual(before);
  });

  test("--format json", async () => {
    const { stdout } = await makeSandbox(models).run(["types", "a.layers", "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      command: "types",
      exitCode: 0,
      outputs: [{ source: "a.layers", path: "a.d.layers.ts", bytes: 146, state: "missing" }],
    });
  });
});

describe("writeTypes, as plugins call it", () => {
  test("takes absolute names and answers what it did", async () => {
    const { folder } = makeSandbox({});
    const file = path.join(folder, "digits.layers");
    const declared = declarations("digits", "");
    const result = {
      files: [
        { name: "digits.js", content: "" },
        { name: "digits.d.ts", content: declared },
      ],
      dependencies: [],
      models: [],
    };
    const write = () => writeTypes([{ file, result }], { cwd: folder, ending: "layers.d.ts" });
    expect(await write()).toMatchObject({ value: [{ path: "digits.layers.d.ts", state: "missing" }], diagnostics: [] });
    expect(await write()).toMatchObject({ value: [{ state: "current" }], diagnostics: [] });
    expect(fs.readFileSync(path.join(folder, "digits.layers.d.ts"), "utf8")).toBe(declared);
  });

  test("writes nothing for a file without models", async () => {
    const { folder } = makeSandbox({});
    const result = { files: [], dependencies: [], models: [] };
    expect(await writeTypes([{ file: "a.layers", result }], { cwd: folder, files: nodeFileSystem })).toEqual({
      value: [],
      diagnostics: [],
    });
  });

  test("names", () => {
    expect(typesName("m/digits.layers")).toBe("digits.d.layers.ts");
    expect(typesName("digits.v2.layers", "layers.d.ts")).toBe("digits.v2.layers.d.ts");
  });
});
