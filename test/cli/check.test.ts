import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import * as compiler from "../../src/compile.ts";
import { makeSandbox, systemError } from "./sandbox.ts";

const mistaken = "model Iris {\n  input [4]\n  Dens(8, activation='rellu')\n  Dense(3, activation='softmax')\n}\n";
const mended = "model Iris {\n  input [4]\n  Dense(8, activation=relu)\n  Dense(3, activation=softmax)\n}\n";
const stdin = (text: string) => ({ compiler, environment: { readInput: async () => new TextEncoder().encode(text) } });

test("--fix applies fixes round by round and says what it did", async () => {
  const sandbox = makeSandbox({ "iris.layers": `\uFEFF${mistaken}`, "fine.layers": mended });
  const { exitCode, stdout, stderr } = await sandbox.run(["check", "--fix", "*.layers"], { compiler });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toMatch(/^iris\.layers: \d fixes, 3 errors before, 0 after\n/);
  expect(stdout).toContain("  line 3: Write 'Dense' (unknown-layer)\n");
  expect(stdout).toContain("  line 3: Mend all 2 (wrong-quotes)\n");
  expect(stdout).toMatch(/2 files, 2 models: no errors\n$/);
  expect(sandbox.contents()).toEqual({ "fine.layers": mended, "iris.layers": `\uFEFF${mended}` });
});

test("--fix mends paths of files that lie there under nearly the same name", async () => {
  const text = (importPath: string, weights: string): string =>
    `import { Hidden } from "${importPath}"\nmodel M {\n  weights "${weights}"\n  input [4]\n  Hidden(3)\n}\n`;
  const sandbox = makeSandbox({
    "m.layers": text("./block.layers", "./sub/iris.kears"),
    "blocks.layers": "block Hidden(units) {\n  Dense(units)\n}\n",
    "sub/iris.keras": "no archive",
  });
  const { stdout, stderr } = await sandbox.run(["check", "--fix", "m.layers"], { compiler });
  expect(stdout).toContain('Write "./blocks.layers" (import-unreadable)');
  expect(stdout).toContain('Write "./sub/iris.keras" (weights-unreadable)');
  expect(stderr).toContain("error[weights-damaged]");
  expect(sandbox.contents()["m.layers"]).toBe(text("./blocks.layers", "./sub/iris.keras"));

  // The same where the model has no other mistake, so that its weights are bound.
  const alone = makeSandbox({
    "m.layers": text("./m2.layers", "./w.nzp").replace(/.*\n/, "").replace("Hidden", "Dense"),
  });
  expect((await alone.run(["check", "m.layers"], { compiler })).stderr).toContain(
    "= help: without a weights clause the model takes its weights as an argument",
  );
  fs.writeFileSync(path.join(alone.folder, "w.npz"), "no archive");
  await alone.run(["check", "--fix", "m.layers"], { compiler });
  expect(alone.contents()["m.layers"]).toContain('  weights "./w.npz"\n  input');
});

test("--fix reports what is left", async () => {
  const sandbox = makeSandbox({ "m.layers": "model M { input [4] Dense(3, activation=nosuchthing) Dens(3) }\n" });
  const { exitCode, stdout, stderr } = await sandbox.run(["check", "--fix", "m.layers"], { compiler });
  expect(exitCode).toBe(1);
  expect(stdout).toContain("m.layers: 1 fix, 2 errors before, 1 after\n");
  expect(stderr).toContain("error[unknown-keyword]");
  expect(stderr).not.toContain("unknown-layer");
});

test("--fix in JSON", async () => {
  const sandbox = makeSandbox({ "m.layers": "model M { input [4] Dens(3) }\n" });
  const { stdout } = await sandbox.run(["check", "--fix", "--format", "json", "m.layers"], { compiler });
  expect(JSON.parse(stdout)).toMatchObject({
    exitCode: 0,
    files: [{ path: "m.layers", models: ["M"] }],
    fixes: [
      {
        path: "m.layers",
        rounds: 1,
        errors: { before: 1, after: 0 },
        applied: [{ code: "unknown-layer", title: "Write 'Dense'", line: 1 }],
      },
    ],
  });
});

test("--fix writes no file whose errors would rise", async () => {
  const fix = (text: string) => ({
    title: "Write it",
    edits: [{ span: { file: "m.layers", start: 0, end: 1 }, text }],
  });
  const made = { code: "made", severity: "error", message: "Made", related: [] } as const;
  const sandbox = makeSandbox({ "m.layers": "a" });
  const worse: typeof compiler = {
    ...compiler,
    check: async (source, options) => {
      const result = await compiler.check({ path: "m.layers", text: "" }, options);
      const diagnostics =
        typeof source !== "string" && source.text === "a" ? [{ ...made, fix: fix("b") }] : [made, made];
      return { ...result, diagnostics };
    },
  };
  expect((await sandbox.run(["check", "--fix", "m.layers"], { compiler: worse })).exitCode).toBe(1);
  expect(sandbox.contents()).toEqual({ "m.layers": "a" });
});

test("--fix writes all files or none", async () => {
  const files = { "a.layers": mistaken, "b.layers": mistaken };
  const sandbox = makeSandbox(files);
  const rename = (): void => {
    throw systemError("EACCES");
  };
  const { exitCode, stderr } = await sandbox.run(["check", "--fix", "*.layers"], { compiler, files: { rename } });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("error[output-unwritable]");
  expect(sandbox.contents()).toEqual(files);
});

test("- reads standard input", async () => {
  const sandbox = makeSandbox({ "models/blocks.layers": "block Hidden() { Dense(8) }\n" });
  expect(await sandbox.run(["check", "-"], stdin(mended))).toEqual({
    exitCode: 0,
    stdout: "1 file, 1 model: no errors\n",
    stderr: "",
  });
  const wrong = await sandbox.run(["check", "-"], stdin(mistaken));
  expect(wrong.exitCode).toBe(1);
  expect(wrong.stderr).toContain("┌─ <stdin>:3:3");
  const text = 'import { Hidden } from "./blocks.layers"\nmodel M { input [4] Hidden() }\n';
  const named = await sandbox.run(["check", "-", "--stdin-file", "models/m.layers", "--format", "json"], stdin(text));
  expect(JSON.parse(named.stdout)).toMatchObject({ exitCode: 0, files: [{ path: "models/m.layers", models: ["M"] }] });
  const bytes = { compiler, environment: { readInput: async () => new Uint8Array([0xff, 0xfe, 0x61]) } };
  expect((await sandbox.run(["check", "-"], bytes)).stderr).toContain("error[input-not-utf8]: '<stdin>' is UTF-16");
});

test.each([
  [["check", "-", "m.layers"], "'-' reads standard input and can't go together with files"],
  [["check", "-", "--fix"], "--fix writes files, and '-' is none"],
  [["check", "m.layers", "--stdin-file", "n.layers"], "--stdin-file names what '-' reads, and no '-' is given"],
])("%j", async (argv, message) => {
  const { exitCode, stderr } = await makeSandbox({ "m.layers": mended }).run(argv, { compiler });
  expect({ exitCode, message: stderr.split("\n")[0] }).toEqual({
    exitCode: 2,
    message: `error[command-line]: ${message}`,
  });
});
