import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { makeSandbox, systemError } from "./sandbox.ts";

const ugly = "let  a  =  1\n\n\n\nlet b=2 // two\n";
const pretty = "let a = 1\n\nlet b = 2 // two\n";
const long = "let list = [first, second, third, fourth]\n";

describe("layerc format", () => {
  test("rewrites files that are not formatted, and leaves the others untouched", async () => {
    const sandbox = makeSandbox({ "a.layers": ugly, "b.layers": pretty, "models/c.layers": ugly });
    const before = fs.statSync(path.join(sandbox.folder, "b.layers"), { bigint: true }).mtimeNs;
    expect(await sandbox.run(["format", "**/*.layers"])).toEqual({
      exitCode: 0,
      stdout: "a.layers  formatted\nmodels/c.layers  formatted\n1 file unchanged\n",
      stderr: "",
    });
    expect(sandbox.contents()).toEqual({ "a.layers": pretty, "b.layers": pretty, "models/c.layers": pretty });
    expect(fs.statSync(path.join(sandbox.folder, "b.layers"), { bigint: true }).mtimeNs).toBe(before);
    expect(await sandbox.run(["format", "a.layers"])).toEqual({
      exitCode: 0,
      stdout: "1 file unchanged\n",
      stderr: "",
    });
  });

  test("without names takes those that the config includes, but for trained models", async () => {
    const sandbox = makeSandbox({
      "layerc.config.json": '{ "include": ["models/*.{layers,keras}"] }',
      "a.layers": ugly,
      "models/b.layers": ugly,
      "models/c.keras": "no text",
    });
    expect(await sandbox.run(["format"])).toMatchObject({ exitCode: 0, stdout: "models/b.layers  formatted\n" });
    expect(sandbox.contents()).toMatchObject({ "a.layers": ugly, "models/b.layers": pretty });
  });

  test("a folder stands for the model files below it, whatever it is called", async () => {
    const files = { "a.layers": ugly, "m[1]/b.layers": ugly, "m[1]/in/c.layers": ugly, "m[1]/d.keras": "no text" };
    const sandbox = makeSandbox(files);
    expect(await sandbox.run(["format", "m[1]/"])).toMatchObject({
      exitCode: 0,
      stdout: "m[1]/b.layers  formatted\nm[1]/in/c.layers  formatted\n",
    });
    expect(sandbox.contents()).toMatchObject({ "a.layers": ugly, "m[1]/in/c.layers": pretty });
    const { exitCode, stdout } = await sandbox.run(["check", "."]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "3 files, 0 models: no errors\n" });
  });

  test("--check names the files that are not formatted, and writes nothing", async () => {
    const sandbox = makeSandbox({ "a.layers": ugly, "b.layers": pretty });
    expect(await sandbox.run(["format", "--check", "*.layers"])).toEqual({
      exitCode: 1,
      stdout: "a.layers is not formatted: run layerc format a.layers\n",
      stderr: "",
    });
    expect(sandbox.contents()).toEqual({ "a.layers": ugly, "b.layers": pretty });
    expect(await sandbox.run(["format", "--check", "b.layers"])).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  });

  test("--report json tells the state of each file", async () => {
    const sandbox = makeSandbox({
      "a.layers": ugly,
      "b.layers": pretty,
      "c.layers": "let a =",
      ".prettierignore": "d*",
    });
    fs.writeFileSync(path.join(sandbox.folder, "d.layers"), ugly);
    const { exitCode, stdout } = await sandbox.run(["format", "*.layers", "--report", "json"]);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      command: "format",
      files: [
        { path: "a.layers", state: "changed" },
        { path: "b.layers", state: "unchanged" },
        { path: "c.layers", state: "wrong" },
        { path: "d.layers", state: "ignored" },
      ],
    });
  });

  test("refuses a file with errors of syntax, in the compiler's words, and formats the others", async () => {
    const wrong = "model M {\n  input [3]\n  Dense(3\n}\nlet = 3\n";
    const sandbox = makeSandbox({ "a.layers": wrong, "b.layers": ugly });
    const { exitCode, stdout, stderr } = await sandbox.run(["format", "*.layers"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "b.layers  formatted\n" });
    expect(stderr).toContain("a.layers:3:10");
    expect(stderr).toMatch(/missing-bracket[^]*unexpected-token[^]*2 errors in 1 file/);
    expect(sandbox.contents()).toEqual({ "a.layers": wrong, "b.layers": pretty });
  });

  test("what only the checker finds wrong is formatted", async () => {
    const sandbox = makeSandbox({ "a.layers": 'model  M { Dense(3,name="x") }' });
    expect(await sandbox.run(["format", "a.layers"])).toMatchObject({ exitCode: 0 });
    expect(sandbox.contents()["a.layers"]).toBe('model M {\n  Dense(3, name="x")\n}\n');
  });

  test("keeps a byte order mark, makes other ends of lines those of the config, and refuses what is not UTF-8", async () => {
    const sandbox = makeSandbox({ "a.layers": `\uFEFF${ugly.replaceAll("\n", "\r\n")}`, "b.layers": "let = 1" });
    expect(await sandbox.run(["format", "a.layers"])).toMatchObject({ exitCode: 0 });
    expect(sandbox.contents()["a.layers"]).toBe(`\uFEFF${pretty}`);
    fs.writeFileSync(path.join(sandbox.folder, "b.layers"), Buffer.from([0xff, 0xfe, 0x6c, 0]));
    expect(await sandbox.run(["format", "*.layers"])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("'b.layers' is UTF-16 text"),
    });
  });

  test("a file that can't be written is told, and none is left half-written", async () => {
    const sandbox = makeSandbox({ "a.layers": ugly, "b.layers": ugly });
    const rename = (): never => {
      throw systemError("EACCES");
    };
    const { exitCode, stderr } = await sandbox.run(["format", "*.layers"], { files: { rename } });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Can't write 'a.layers'");
    expect(sandbox.contents()).toEqual({ "a.layers": ugly, "b.layers": ugly });
  });

  test.each([
    [["format", "a.keras"], "'a.keras' is a trained model"],
    [["format", "none.layers"], "Can't read 'none.layers'"],
    [["format"], "No files are given"],
    [["fmt", "a.layers"], "did you mean: layerc format a.layers"],
    [["format", "a.layers", "--stdin-filepath", "b.layers"], "can't go together with files"],
  ])("%j is a wrong command line", async (argv, message) => {
    const sandbox = makeSandbox({ "a.keras": "", "a.layers": ugly });
    const { exitCode, stderr } = await sandbox.run(argv);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(message) });
    expect(sandbox.contents()["a.layers"]).toBe(ugly);
  });
});

describe("layerc format --stdin-filepath", () => {
  const readInput = (text: string) => ({ environment: { readInput: async () => new TextEncoder().encode(text) } });

  test("prints what is read, formatted as the file of this name is", async () => {
    const sandbox = makeSandbox({
      ".prettierrc": '{ "overrides": [{ "files": "n*", "options": { "printWidth": 20 } }] }',
    });
    const run = (name: string) => sandbox.run(["format", "--stdin-filepath", name], readInput(long));
    expect(await run("wide.layers")).toEqual({ exitCode: 0, stdout: long, stderr: "" });
    expect((await run("narrow.layers")).stdout).toBe("let list = [\n  first, second,\n  third, fourth,\n]\n");
  });

  test("prints what is ignored as it is, and nothing for a text that is wrong", async () => {
    const sandbox = makeSandbox({ ".prettierignore": "old/" });
    const argv = ["format", "--stdin-filepath", "old/a.layers"];
    expect(await sandbox.run(argv, readInput(ugly))).toEqual({ exitCode: 0, stdout: ugly, stderr: "" });
    const wrong = await sandbox.run(["format", "--stdin-filepath", "a.layers"], readInput("\uFEFFlet = 3"));
    expect(wrong).toMatchObject({ exitCode: 1, stdout: "", stderr: expect.stringContaining("a.layers:1:5") });
  });

  test("--check says whether it is formatted", async () => {
    const sandbox = makeSandbox({});
    const argv = ["format", "--check", "--stdin-filepath", "a.layers"];
    expect(await sandbox.run(argv, readInput(ugly))).toMatchObject({
      exitCode: 1,
      stdout: "a.layers is not formatted: run layerc format a.layers\n",
    });
    expect(await sandbox.run(argv, readInput(pretty))).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  });
});

describe("Prettier's configs", () => {
  const broken = "let list = [\n  first, second,\n  third, fourth,\n]\n";

  test.each<readonly [string, Readonly<Record<string, string>>]>([
    [".prettierrc in JSON", { ".prettierrc": '{ "printWidth": 20 }' }],
    [".prettierrc in YAML", { ".prettierrc": "# narrow\nprintWidth: 20\n" }],
    [".prettierrc.toml", { ".prettierrc.toml": "printWidth = 20" }],
    [".prettierrc.json5", { ".prettierrc.json5": "{ printWidth: 20, }" }],
    [
      "prettier.config.mjs",
      { "prettier.config.mjs": "export default { printWidth: 20, plugins: ['no-such-plugin'] };" },
    ],
    ["package.json", { "package.json": '{ "prettier": { "printWidth": 20 } }' }],
    [".editorconfig", { ".editorconfig": "root = true\n[*.layers]\nmax_line_length = 20\n" }],
    ["overrides", { ".prettierrc": "overrides: [{ files: '**/*.layers', options: { printWidth: 20 } }]" }],
  ])("%s", async (_, files) => {
    const sandbox = makeSandbox({ ...files, "in/a.layers": long });
    expect(await sandbox.run(["format", "in/*.layers"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(sandbox.contents()["in/a.layers"]).toBe(broken);
    // As with Prettier's option of this name.
    expect(await sandbox.run(["format", "in/*.layers", "--no-config"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(sandbox.contents()["in/a.layers"]).toBe(long);
  });

  test.each([
    [".prettierrc", "{ printWidth: ", "YAML Error in"],
    [".prettierrc.json", '{ "printWidth": }', "JSON Error in"],
    [".prettierrc", '{ "printWidth": "wide" }', "Invalid printWidth value"],
    ["prettier.config.mjs", "throw new Error('out of order');", "out of order"],
  ])("%s of %j is a problem that is told once, and nothing is written", async (name, text, message) => {
    const sandbox = makeSandbox({ [name]: text, "a.layers": ugly, "b.layers": ugly });
    const { exitCode, stdout, stderr } = await sandbox.run(["format", "*.layers"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("error[prettier-fails]: Prettier can't format 'a.layers': ");
    expect(stderr).toContain(message);
    expect(stderr).toContain("1 error\n");
    expect(sandbox.contents()).toMatchObject({ "a.layers": ugly, "b.layers": ugly });
  });
});

describe("the project's own Prettier", () => {
  test("is used where it is installed", async () => {
    const sandbox = makeSandbox({ "a.layers": ugly });
    const fake = path.join(sandbox.folder, "node_modules/prettier");
    fs.mkdirSync(fake, { recursive: true });
    fs.writeFileSync(path.join(fake, "package.json"), '{ "name": "prettier", "main": "index.cjs" }');
    fs.writeFileSync(
      path.join(fake, "index.cjs"),
      `module.exports = {
        version: "3.0.1",
        clearConfigCache: async () => undefined,
        getFileInfo: async () => ({ ignored: false }),
        resolveConfig: async () => ({ printWidth: 33 }),
        format: async (text, { parser, printWidth, plugins }) =>
          \`// \${parser} \${printWidth} \${plugins[0].languages[0].name}\\n\${text}\`,
      };`,
    );
    expect(await sandbox.run(["format", "a.layers"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(sandbox.contents()["a.layers"]).toBe(`// layers 33 Layers\n${ugly}`);
  });

  test.each([
    ["of version 2 is left aside", 'module.exports = { version: "2.8.8" };', 0, ""],
    ["that is broken is told", 'throw new Error("half installed");', 2, "half installed"],
  ])("%s", async (_, code, exitCode, message) => {
    const sandbox = makeSandbox({ "a.layers": ugly, "node_modules/prettier/index.js": code });
    expect(await sandbox.run(["format", "a.layers"])).toMatchObject({
      exitCode,
      stderr: expect.stringContaining(message),
    });
    expect(sandbox.contents()["a.layers"]).toBe(exitCode === 0 ? pretty : ugly);
  });

  test("in earnest gives the same bytes", async () => {
    const sandbox = makeSandbox({ "a.layers": long, ".prettierrc": '{ "printWidth": 20, "useTabs": true }' });
    fs.mkdirSync(path.join(sandbox.folder, "node_modules"));
    const installed = path.dirname(fileURLToPath(import.meta.resolve("prettier/package.json")));
    fs.symlinkSync(installed, path.join(sandbox.folder, "node_modules/prettier"));
    expect(await sandbox.run(["format", "a.layers"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(sandbox.contents()["a.layers"]).toBe("let list = [\n\tfirst, second,\n\tthird, fourth,\n]\n");
  });
});
