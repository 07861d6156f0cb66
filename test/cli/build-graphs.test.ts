import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatDepfile } from "../../src/cli/build/depfile.ts";
import { nodeFileSystem } from "../../src/node/file-system.ts";
import { quickCompiler as compiler } from "../support/quick-compiler.ts";
import { makeSandbox } from "./sandbox.ts";

const root = new URL("../../", import.meta.url).pathname;

const xor = "model Xor {\n  input [2]\n  Dense(8, activation=tanh)\n  Dense(1, activation=sigmoid)\n}\n";
const imports = 'import { Hidden } from "../blocks.layers"\nmodel Deep {\n  input [4]\n  Hidden(8)\n  Dense(2)\n}\n';
const blocks = "block Hidden(units) {\n  Dense(units, activation=relu)\n}\n";

describe("--depfile", () => {
  test("names what each output is made from", async () => {
    const sandbox = makeSandbox({ "m/deep.layers": imports, "blocks.layers": blocks, "xor.layers": xor });
    const argv = ["build", "**/*.layers", "--depfile", "o/all.d", "--out-dir", "o"];
    const { exitCode, stderr } = await sandbox.run(argv, { compiler });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(sandbox.contents()["o/all.d"]).toBe(
      [
        "o/m/deep.ts: blocks.layers m/deep.layers",
        "o/xor.ts: xor.layers",
        "blocks.layers:",
        "m/deep.layers:",
        "xor.layers:",
        "",
      ].join("\n"),
    );
  });

  test("names weights, cases files and every file that a build writes", async () => {
    const sandbox = makeSandbox({
      "digits.layers": fs.readFileSync(`${root}examples/digits.layers`),
      "digits.keras": fs.readFileSync(`${root}examples/digits.keras`),
    });
    await sandbox.run(["build", "digits.layers", "--depfile", "d", "--weights", "file", "--emit", "js"], { compiler });
    expect(sandbox.contents()["d"]?.split("\n")[0]).toBe(
      "digits.js digits.d.ts digits.weights.safetensors: digits.keras digits.layers",
    );
  });

  test("has absolute names where the command line has", async () => {
    const sandbox = makeSandbox({ "xor.layers": xor });
    const at = (name: string): string => path.join(sandbox.folder, name);
    await sandbox.run(["build", at("xor.layers"), "--depfile", "d"], { compiler });
    expect(sandbox.contents()["d"]?.split("\n")[0]).toBe(`${at("xor.ts")}: ${at("xor.layers")}`);
    await sandbox.run(["build", "xor.layers", "--depfile", "d", "--out-dir", at("o")], { compiler });
    expect(sandbox.contents()["d"]?.split("\n")[0]).toBe(`${at("o/xor.ts")}: xor.layers`);
  });

  test("outputs that are right already get the present time, and only then", async () => {
    const sandbox = makeSandbox({ "xor.layers": xor });
    const output = path.join(sandbox.folder, "xor.ts");
    await sandbox.run(["build", "xor.layers"], { compiler });
    fs.utimesSync(output, 1_000, 1_000);
    await sandbox.run(["build", "xor.layers"], { compiler });
    expect(fs.statSync(output).mtimeMs).toBe(1_000_000);
    await sandbox.run(["build", "xor.layers", "--depfile", "d"], { compiler });
    expect(fs.statSync(output).mtimeMs).toBeGreaterThan(Date.now() - 60_000);
  });

  test.each([
    ["xor.ts", "it is an output of the same build"],
    ["xor.layers", "this build reads it"],
    ["other.layers", "the file that lies there is of another kind"],
    ["notes.md", "the file that lies there is of another kind"],
    ["folder", "it is a folder"],
    ["", "the name is empty"],
    ["xor.layers/d", "this build reads it|a part of its path"],
  ])("is not written to '%s'", async (file, reason) => {
    const files = { "xor.layers": xor, "other.layers": blocks, "notes.md": "# To do: this\n", "folder/x": "" };
    const sandbox = makeSandbox(files);
    const { exitCode, stdout, stderr } = await sandbox.run(["build", "xor.layers", "--depfile", file], { compiler });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(new RegExp(`^error\\[(?:depfile-unusable|output-unwritable)\\]: .*(?:${reason})`));
    expect(sandbox.contents()).toEqual(files);
  });

  test.each(["a=b", "a;b", "a%b", "a\nb"])("does not pretend to name %j", async (name) => {
    const sandbox = makeSandbox({ [`${name}.layers`]: "model A" });
    const { exitCode, stderr } = await sandbox.run(["build", "*.layers", "--depfile", "d"]);
    expect({ exitCode, files: Object.keys(sandbox.contents()) }).toEqual({ exitCode: 2, files: [`${name}.layers`] });
    expect(stderr).toContain("make and ninja have no way to write the name 'a");
  });

  test("replaces an earlier one, and is not written when a model is wrong", async () => {
    const sandbox = makeSandbox({ "xor.layers": xor, d: "C:/a\\ b.ts x.ts: a.layers b\\:c\na.layers:\nb\\:c:\n" });
    await sandbox.run(["build", "xor.layers", "--depfile", "d"], { compiler });
    const written = sandbox.contents()["d"];
    expect(written).toBe("xor.ts: xor.layers\nxor.layers:\n");
    fs.writeFileSync(path.join(sandbox.folder, "xor.layers"), "model Xor { Dence(1) }");
    expect((await sandbox.run(["build", "xor.layers", "--depfile", "d"], { compiler })).exitCode).toBe(1);
    expect(sandbox.contents()["d"]).toBe(written);
  });

  test("what it writes it takes for one of its own, whatever the names", async () => {
    const name = fc.string({ minLength: 1, maxLength: 8, unit: fc.constantFrom(..."ab .:\\$#|&'\"*?[]~é") });
    // Other names are refused.
    const names = name.map((text) => `m${text}`).filter((text) => !/[:\\]$/.test(text));
    await fc.assert(
      fc.asyncProperty(fc.array(names, { minLength: 1, maxLength: 3 }), async (inputs) => {
        const text = formatDepfile([{ outputs: ["xor.ts", ...inputs], inputs }]);
        const sandbox = makeSandbox({ "xor.layers": xor, d: text });
        const { exitCode } = await sandbox.run(["build", "xor.layers", "--depfile", "d"]);
        fs.rmSync(sandbox.folder, { recursive: true });
        expect(exitCode, text).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});

describe("--list-outputs", () => {
  test.each([
    [[]],
    [["--emit", "js"]],
    [["--weights", "file"]],
    [["--weights", "file", "--emit", "js", "--out-dir", "o"]],
  ])("lists what a build with %j writes, and writes nothing", async (options) => {
    const examples = fs.readdirSync(`${root}examples`).filter((name) => /\.(?:layers|keras)$/.test(name));
    const sandbox = makeSandbox({
      ...Object.fromEntries(examples.map((name) => [`m/${name}`, fs.readFileSync(`${root}examples/${name}`)])),
      ".layers": "model Nameless { input [2] Dense(1) }",
      "n/back\\slash.layers": "model Back { input [2] Dense(1) }",
      "two.layers":
        'model Own { input [2] Dense(1) }\nimport { Xor } from "./m/xor.layers"\nmodel Nested { input [2] Xor }\nmodel Bare { input [2] Softmax() }\n',
    });
    const before = Object.keys(sandbox.contents());
    const patterns = ["**/*.layers", "n/back\\slash.layers", ".layers"];
    const listed = await sandbox.run(["build", ...patterns, "--list-outputs", ...options], { compiler });
    expect(listed.stderr).toBe("");
    expect(Object.keys(sandbox.contents())).toEqual(before);
    await sandbox.run(["build", ...patterns, ...options], { compiler });
    const written = Object.keys(sandbox.contents()).filter((name) => !before.includes(name));
    expect(listed.stdout.split("\n").slice(0, -1).toSorted()).toEqual(written.toSorted());
    expect(written.length).toBeGreaterThan(8);
  });

  test("in JSON, and with errors", async () => {
    const sandbox = makeSandbox({ "a.layers": "model A", "b.layers": "model B error" });
    const { stdout } = await sandbox.run(["build", "a.layers", "--list-outputs", "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({ exitCode: 0, outputs: [{ source: "a.layers", path: "a.ts" }] });
    expect(await sandbox.run(["build", "*.layers", "--list-outputs"])).toMatchObject({ exitCode: 1, stdout: "" });
  });
});

test("outputs are equal wherever they are built from", async () => {
  const sandbox = makeSandbox({
    "p/m/deep.layers": imports,
    "p/blocks.layers": blocks,
    "p/m/digits.layers": fs.readFileSync(`${root}examples/digits.layers`),
    "p/m/digits.keras": fs.readFileSync(`${root}examples/digits.keras`),
    "elsewhere/x": "",
  });
  const project = path.join(sandbox.folder, "p");
  const absolute = path.join(project, "m/*.layers");
  const results: Record<string, string>[] = [];
  for (const [cwd, pattern] of [
    ["p", "m/*.layers"],
    ["p/m", "*.layers"],
    [".", "p/**/m/*.layers"],
    ["elsewhere", "../p/m/*.layers"],
    ["elsewhere", absolute],
    ["p/m", absolute],
  ] as const) {
    const environment = { cwd: path.join(sandbox.folder, cwd) };
    for (const options of [
      ["--weights", "file"],
      ["--emit", "js"],
    ]) {
      const { exitCode } = await sandbox.run(["build", pattern, ...options], { compiler, environment });
      expect(exitCode).toBe(0);
    }
    const made = Object.entries(sandbox.contents()).filter(([name]) => /\.(?:ts|js|safetensors)$/.test(name));
    results.push(Object.fromEntries(made));
    for (const [name] of made) fs.rmSync(path.join(sandbox.folder, name));
  }
  expect(Object.keys(results[0] ?? {}).length).toBe(7);
  for (const result of results) expect(result).toEqual(results[0]);
});

describe("what does not go together", () => {
  test.each([
    ["--check", "--depfile=d"],
    ["--check", "--list-outputs"],
    ["--watch", "--check"],
    ["--watch", "--depfile=d"],
    ["--watch", "--list-outputs"],
    ["--list-outputs", "--depfile=d"],
    ["--list-outputs", "--explain"],
  ])("%s and %s", async (one, other) => {
    const { exitCode, stdout, stderr } = await makeSandbox({ "a.layers": "model A" }).run([
      "build",
      "a.layers",
      one,
      other,
    ]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    for (const option of [one, other]) expect(stderr).toContain(option.split("=")[0]);
    expect(stderr).toContain("can't go together");
  });
});

describe("progress", () => {
  const files = { "a.layers": "model A", "m/b.layers": "model B" };
  const erase = "\r\u001b[2K";
  const build = ["build", "**/*.layers"];
  const terminal = { columns: 80 };

  test("is shown on a terminal, and is gone at the end", async () => {
    const { stderr } = await makeSandbox(files).run(build, { terminal });
    expect(stderr).toBe(`${erase}[1/2] a.layers${erase}[2/2] m/b.layers${erase}`);
  });

  test.each([
    ["in a pipe", build, {}],
    ["in CI", build, { terminal, variables: { CI: "true" } }],
    ["on a terminal that can't erase", build, { terminal, variables: { TERM: "dumb" } }],
    ["with JSON", [...build, "--format", "json"], { terminal }],
  ])("is silent %s", async (_, argv, options) => {
    expect((await makeSandbox(files).run(argv, options)).stderr).toBe("");
  });
});

describe("files that change during a build", () => {
  test("are read together as they are in the end", async () => {
    const sandbox = makeSandbox({ "a.layers": "model A", "w.bin": "first" });
    const seen: string[] = [];
    const changing = {
      ...compiler,
      async compile(...[source, options]: Parameters<typeof compiler.compile>) {
        const { fakeCompiler } = await import("./fake-compiler.ts");
        const weights = await options?.host?.readBytes("w.bin");
        seen.push(weights?.ok === true ? new TextDecoder().decode(weights.content) : "");
        if (seen.length === 1) fs.writeFileSync(path.join(sandbox.folder, "w.bin"), "second");
        return fakeCompiler.compile(source, options);
      },
    };
    expect((await sandbox.run(["build", "a.layers"], { compiler: changing })).exitCode).toBe(0);
    expect(seen).toEqual(["first", "second"]);
  });

  test("again and again end the build, with outputs as they were", async () => {
    const sandbox = makeSandbox({ "a.layers": "model A", "a.ts": "" });
    let times = 0;
    const state: typeof nodeFileSystem.state = (file) => {
      const found = nodeFileSystem.state(file);
      return found === undefined || !file.endsWith(".layers") ? found : { ...found, stamp: String(times++) };
    };
    const { exitCode, stderr } = await sandbox.run(["build", "a.layers"], { files: { state } });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("error[input-keeps-changing]: 'a.layers' changed each of the 5 times that it was read");
    expect(sandbox.contents()["a.ts"]).toBe("");
  });
});
