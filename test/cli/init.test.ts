import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { configTemplates } from "../../src/cli/init/init-templates.ts";
import { loadConfig } from "../../src/node/load-config.ts";
import { quickCompiler as compiler } from "../support/quick-compiler.ts";
import { makeSandbox, systemError } from "./sandbox.ts";

const lines = (text: string): readonly string[] => text.split("\n").map((line) => line.replace(/ {2,}/, " | "));

describe("layerc init", () => {
  test("in a project writes a config, an example and scripts, and says so", async () => {
    const manifest = `{\n\t"type": "module",\n\t"devDependencies": { "layerc": "1" }\n}\n`;
    const sandbox = makeSandbox({ "package.json": manifest, "tsconfig.json": "{}" });
    const { exitCode, stdout, stderr } = await sandbox.run(["init"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(lines(stdout)).toEqual([
      "layerc.config.ts | written",
      "models/xor.layers | written",
      "models/xor.safetensors | written",
      `package.json | has the new scripts "build:models" and "check:models"`,
      "",
      "Build the models with: npm run build:models",
      'Call the model with: import { xor } from "./models/xor.ts"; xor.forward([0, 1])',
      'For tsc set "rewriteRelativeImportExtensions": true in the compilerOptions of tsconfig.json',
      "",
    ]);
    expect(sandbox.contents()["package.json"]).toBe(`{
\t"type": "module",
\t"devDependencies": { "layerc": "1" },
\t"scripts": {
\t\t"build:models": "layerc build",
\t\t"check:models": "layerc build --check"
\t}
}
`);
  });

  test("what it writes builds and runs at once", async () => {
    const sandbox = makeSandbox({ "package.json": "{}" });
    await sandbox.run(["init"]);
    const { exitCode, stdout, stderr } = await sandbox.run(["build", "--emit", "js"], { compiler });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/^models\/xor\.layers -> models\/xor\.js /);
    expect((await sandbox.run(["build", "--check", "--emit", "js"], { compiler })).exitCode).toBe(0);
    const source = fs.readFileSync(path.join(sandbox.folder, "models/xor.js"));
    fs.writeFileSync(path.join(sandbox.folder, "models/xor.mjs"), source);
    const file = pathToFileURL(path.join(sandbox.folder, "models/xor.mjs")).href;
    const { xor } = (await import(file)) as { readonly xor: { forward(input: readonly number[]): Float32Array } };
    expect(
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ].map((input) => [...xor.forward(input)]),
    ).toEqual([[0], [1], [1], [0]]);
  });

  test("a second time changes nothing", async () => {
    const sandbox = makeSandbox({ "package.json": "{}\n" });
    await sandbox.run(["init"]);
    const before = sandbox.contents();
    const { exitCode, stdout } = await sandbox.run(["init"]);
    expect(exitCode).toBe(0);
    expect(lines(stdout).slice(0, 4)).toEqual([
      "layerc.config.mjs | exists already and stays as it is",
      "models/xor.layers | exists already and stays as it is",
      "models/xor.safetensors | exists already and stays as it is",
      `package.json | has "build:models" and "check:models" already, left as written`,
    ]);
    expect(sandbox.contents()).toEqual(before);
  });

  test("in an empty folder makes no package.json and says what to do", async () => {
    const sandbox = makeSandbox({});
    const { exitCode, stdout } = await sandbox.run(["init"]);
    expect(exitCode).toBe(0);
    expect(Object.keys(sandbox.contents())).toEqual([
      "layerc.config.mjs",
      "models/xor.layers",
      "models/xor.safetensors",
    ]);
    expect(lines(stdout).slice(3)).toEqual([
      "package.json | is not here, so no scripts are added",
      "",
      "Build the models with: npx layerc build",
      'Call the model with: import { xor } from "./models/xor.mjs"; xor.forward([0, 1])',
      "For npm scripts, make a package.json with npm init and run layerc init again.",
      "",
    ]);
  });

  test.each([
    ["package.json", `{ "type": "module", "devDependencies": { "typescript": "5" } }`, "layerc.config.ts"],
    ["package.json", `{ "devDependencies": { "typescript": "5" } }`, "layerc.config.mts"],
    ["package.json", `{ "dependencies": null }`, "layerc.config.mjs"],
    ["tsconfig.json", "", "layerc.config.mts"],
  ])("%s %s asks for %s", async (name, text, expected) => {
    const sandbox = makeSandbox({ [name]: text });
    await sandbox.run(["init"]);
    expect(Object.keys(sandbox.contents())).toContain(expected);
  });

  test.each(["layerc.config.json", "layerc.config.js", "layerc.config.mts"])(
    "%s stays the only config",
    async (name) => {
      const sandbox = makeSandbox({ "package.json": "{}", [name]: "mine" });
      const { stdout } = await sandbox.run(["init"]);
      expect(lines(stdout)[0]).toBe(`${name} | exists already and stays as it is`);
      expect(Object.keys(sandbox.contents()).filter((file) => file.startsWith("layerc.config"))).toEqual([name]);
      expect(sandbox.contents()[name]).toBe("mine");
    },
  );

  test("so does the field of package.json", async () => {
    const sandbox = makeSandbox({ "package.json": `{ "layerc": {} }` });
    const { stdout } = await sandbox.run(["init"]);
    expect(lines(stdout)[0]).toBe(`package.json | has the config in its field "layerc"`);
    expect(Object.keys(sandbox.contents()).filter((file) => file.startsWith("layerc.config"))).toEqual([]);
  });

  test.each(["models/xor.layers", "models/xor.safetensors", "models/xor.mjs"])(
    "with %s in the way there is no example",
    async (name) => {
      const sandbox = makeSandbox({ [name]: "mine" });
      expect((await sandbox.run(["init"])).exitCode).toBe(0);
      expect(Object.keys(sandbox.contents())).toEqual(["layerc.config.mjs", name]);
      expect(sandbox.contents()[name]).toBe("mine");
    },
  );

  test("scripts of the same name stay", async () => {
    const sandbox = makeSandbox({ "package.json": `{ "scripts": { "build:models": "mine" } }` });
    const { stdout } = await sandbox.run(["init"]);
    expect(lines(stdout)[3]).toBe(
      `package.json | has the new script "check:models"; has "build:models" already, left as written`,
    );
    expect(JSON.parse(sandbox.contents()["package.json"] ?? "")).toEqual({
      scripts: { "build:models": "mine", "check:models": "layerc build --check" },
    });
  });

  test("scripts that are no object stay", async () => {
    const sandbox = makeSandbox({ "package.json": `{ "scripts": [] }` });
    expect((await sandbox.run(["init"])).stdout).toContain(`has no object in "scripts": add "build:models"`);
    expect(sandbox.contents()["package.json"]).toBe(`{ "scripts": [] }`);
  });

  test.each([
    [`{ "name": }`, "config-syntax"],
    [`[]`, "config-unreadable"],
    [`{ "a": 1, }`, "config-syntax"],
  ])("with the package.json %s nothing is written", async (text, code) => {
    const sandbox = makeSandbox({ "package.json": text });
    const { exitCode, stdout, stderr } = await sandbox.run(["init"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^error\\[${code}\\]`));
    expect(sandbox.contents()).toEqual({ "package.json": text });
  });

  test("where writing fails nothing is left", async () => {
    const sandbox = makeSandbox({ "package.json": "{}" });
    let written = 0;
    const { exitCode, stderr } = await sandbox.run(["init"], {
      files: {
        writeNew(file, content) {
          if (++written === 3) throw systemError("EACCES");
          fs.writeFileSync(file, content);
        },
      },
    });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("permission denied") });
    expect(sandbox.contents()).toEqual({ "package.json": "{}" });
    expect(fs.existsSync(path.join(sandbox.folder, "models"))).toBe(false);
  });

  test("--format json", async () => {
    const { stdout } = await makeSandbox({ "package.json": "{}" }).run(["init", "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      command: "init",
      files: [
        { path: "layerc.config.mjs", state: "written" },
        { path: "models/xor.layers", state: "written" },
        { path: "models/xor.safetensors", state: "written" },
        { path: "package.json", state: "changed" },
      ],
    });
  });
});

test.each(Object.entries(configTemplates))("what the comments of %s offer is right", async (name, text) => {
  const offered = text.replace(/^ {2}\/\/ (?=\w+: .*,$)/gm, "  ");
  expect(offered.match(/^ {2}\w+:/gm)?.length).toBe(10);
  const { folder } = makeSandbox({ "package.json": "{}", [name]: offered });
  expect(await loadConfig(folder)).toMatchObject({
    ok: true,
    config: {
      include: ["models/**/*.layers"],
      types: "d.layers.ts",
      overrides: [{ target: "wasm" }],
    },
  });
});
