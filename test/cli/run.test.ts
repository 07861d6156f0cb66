import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cliDiagnostics } from "../../src/cli/diagnostics.ts";
import { nodeFileSystem } from "../../src/node/file-system.ts";
import { emptyIndex } from "./fake-compiler.ts";
import { makeSandbox, systemError } from "./sandbox.ts";

describe("help and version", () => {
  test.each([["--help"], ["help"], ["build", "--help"], ["check", "-h"], ["help", "summary"]])(
    "%s %s",
    async (...argv) => {
      const { exitCode, stdout, stderr } = await makeSandbox({}).run(argv.filter((one) => one !== undefined));
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      expect(stdout).toMatch(/^Usage: layerc /);
      expect(stdout).toContain("Exit codes: 0 fine, 1 the model files are wrong");
    },
  );

  test("--version", async () => {
    expect(await makeSandbox({}).run(["--version"])).toEqual({ exitCode: 0, stdout: "1.2.3\n", stderr: "" });
  });
});

describe("a wrong command line gives exit code 2 and a remedy", () => {
  test.each<[readonly string[], string]>([
    [[], "No command is given"],
    [["--format", "json.txt"], "No command is given\n  = help: layerc build, layerc check, "],
    [["a.layers"], "Unknown command 'a.layers'\n  = help: did you mean: layerc build a.layers"],
    [["--verison"], "Unknown option '--verison'\n  = help: did you mean '--version'?"],
    [
      ["--report", "text", "build", "a.layers"],
      "Option '--report' stands before the command 'build', expected it behind",
    ],
    [["biuld", "a.layers"], "Unknown command 'biuld'\n  = help: did you mean 'build'?"],
    [
      ["build"],
      "No files are given, expected model files or globs\n  = help: name them in a config, which layerc init",
    ],
    [["verify", "--against", "c.json"], "No files are given, expected model files or globs\n  = help: name them"],
    [
      ["import"],
      "No file is given, expected a .keras, .h5, model.json or .onnx, the folder of a model.json or an unzipped .keras, or a script of Keras (.py, .ipynb, - for standard input)\n  = help: layerc import",
    ],
    [["import", "a.h5", "b.h5"], "Found 2 arguments, expected 1"],
    [["build", "a.layers", "--wieghts", "file"], "Unknown option '--wieghts'\n  = help: did you mean '--weights'?"],
    [
      ["build", "a.layers", "--weights", "outside"],
      "--weights is 'outside', expected inline or file\n  = help: layerc build",
    ],
    [["build", "a.layers", "--unroll", "it's"], "--unroll is 'it's', expected auto, full or none"],
    [["build", "a.layers", "--target", "wsam"], "--target is 'wsam', expected typescript, wasm or auto"],
    [["build", "a.layers", "--out-dir"], "--out-dir has no value, expected --out-dir <folder>"],
    [["summary", "a.layers", "--width", "wide"], "--width is 'wide', expected a whole number of columns"],
    [["verify", "a.layers"], "--against <cases> is missing\n  = help: layerc verify --help says more"],
    [
      ["verify", "a.layers", "--against", "c.json", "--tolerance", "-1"],
      "--tolerance is '-1', expected a number that is not negative, such as 1e-5",
    ],
    [["check", "b.layers"], "error[input-unreadable]: Can't read 'b.layers': no such file"],
    [["check", "a.layers/b.layers"], "error[input-unreadable]"],
    [
      ["build", "m"],
      "error[input-is-folder]: 'm' is a folder, expected model files\n  = help: give its files: 'm/**/*.layers'",
    ],
    [["build", "m/"], "give its files: 'm/**/*.layers'"],
    [["build", "."], "give its files: '**/*.layers'"],
    [["check", "empty"], "error[no-files-match]: No model file matches 'empty/**/*.layers'"],
    [["build", "a.lyers"], "Can't read 'a.lyers': no such file\n  = help: did you mean 'a.layers'?"],
    [
      ["build", "m/y.py"],
      "'m/y.py' is not a model file\n  = help: write its model as a model file: layerc import m/y.py",
    ],
    [["check", "*.x"], "error[no-files-match]: No model file matches '*.x'"],
    [["check", "*.md"], "error[no-files-match]"],
    [["check", "readme.md"], "error[input-not-layers]: 'readme.md' is not a model file"],
    [["check", "bad.layers"], "error[input-not-utf8]: 'bad.layers' is not UTF-8 text"],
    [["check", "utf16.layers"], "'utf16.layers' is UTF-16 text, not UTF-8\n  = help: save it as UTF-8"],
    [["check", "a\0.layers"], "error[input-unreadable]: Can't read 'a␀.layers'"],
    [["check", ""], "error[input-is-folder]"],
  ])("layerc %j", async (argv, expected) => {
    const sandbox = makeSandbox({
      "a.layers": "model A",
      "m/x.layers": "",
      "m/y.py": "",
      "empty/z.md": "",
      "readme.md": "",
      "bad.layers": new Uint8Array([0x6d, 0xff, 0xc3]),
      "utf16.layers": new Uint8Array([0xff, 0xfe, 0x6d, 0]),
    });
    const { exitCode, stdout, stderr } = await sandbox.run(argv);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(expected);
    expect(stderr).toMatch(/\n1 error\n$/);
  });

  test("all wrong inputs of a run are reported", async () => {
    const { stderr } = await makeSandbox({}).run(["check", "a.layers", "b.layers"]);
    expect(stderr).toMatch(/a\.layers[^]*b\.layers[^]*2 errors\n$/);
  });

  test.each(["EACCES", "EIO", "ELOOP", "EMFILE"])("a file that gives %s", async (code) => {
    const read = (): never => {
      throw systemError(code);
    };
    const { exitCode, stderr } = await makeSandbox({ "a.layers": "" }).run(["check", "a.layers"], { files: { read } });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^error\[input-unreadable\]: Can't read 'a\.layers': [a-z ]+\n/);
  });

  test("a pipe is not a model file", async () => {
    const sandbox = makeSandbox({ "a.layers": "" });
    const { exitCode, stderr } = await sandbox.run(["check", "a.layers"], { files: { kind: () => "other" } });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("is not a regular file");
  });
});

describe("check", () => {
  test("says that all is well", async () => {
    const sandbox = makeSandbox({ "a.layers": "model A model B", "b.layers": "\ufeffmodel C" });
    expect(await sandbox.run(["check", "*.layers"])).toEqual({
      exitCode: 0,
      stdout: "2 files, 3 models: no errors\n",
      stderr: "",
    });
  });

  test("warnings alone do not fail", async () => {
    const { exitCode, stdout, stderr } = await makeSandbox({ "a.layers": "warning" }).run(["check", "a.layers"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "1 file, 0 models: no errors\n" });
    expect(stderr).toMatch(/\n\n1 warning in 1 file\n$/);
  });

  test("the closing line counts everything", async () => {
    const sandbox = makeSandbox({ "a.layers": "error error warning", "b.layers": "error hint" });
    const { exitCode, stderr } = await sandbox.run(["check", "*.layers"]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/\n\n3 errors, 1 warning, 1 hint in 2 files\n$/);
  });
});

describe("summary", () => {
  test("prints a table for each model", async () => {
    const { exitCode, stdout } = await makeSandbox({ "a.layers": "model A model B" }).run(["summary", "a.layers"]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Model: "A"\n┏━[^]* Total params: 6 \(24\.00 B\)\n[^]*\n\nModel: "B"\n/);
  });

  test.each([
    [{}, [], 76],
    [{ terminal: { columns: 60 } }, [], 56],
    [{ terminal: { columns: 200 } }, [], 88],
    [{ terminal: { columns: 60 }, variables: { COLUMNS: "70" } }, [], 66],
    [{ variables: { COLUMNS: "many" } }, ["--width", "64"], 60],
  ])("with %j and %j is %d wide", async (options, argv, width) => {
    const { stdout } = await makeSandbox({ "a.layers": "model A" }).run(["summary", "a.layers", ...argv], options);
    expect(stdout.split("\n")[1]?.length).toBe(width);
  });

  test.each([
    ["markdown", /^## `A`\n[^]*\n## `B`\n/],
    ["svg", /^<svg [^]*data-model="A"[^]*data-model="B"[^]*<\/svg>\n$/],
    ["mermaid", /^flowchart TB\n[^]*\["A"\]\n[^]*\["B"\]\n/],
  ])("in the format %s has all models in one, also in a report for tools", async (format, expected) => {
    const sandbox = makeSandbox({ "a.layers": "model A model B" });
    const { exitCode, stdout } = await sandbox.run(["summary", "a.layers", "--format", format]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(expected);
    const { stdout: json } = await sandbox.run(["summary", "a.layers", "--format", format, "--report", "json"]);
    expect(JSON.parse(json)).toMatchObject({
      command: "summary",
      models: [{ name: "A" }, { name: "B" }],
      text: stdout,
    });
  });

  test.each(["text", "markdown", "svg", "mermaid"])("in the format %s of a wrong file is nothing", async (format) => {
    const { exitCode, stdout, stderr } = await makeSandbox({ "a.layers": "error" }).run([
      "summary",
      "a.layers",
      "--format",
      format,
    ]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain("fake-error");
  });

  test("as --format json is that of --report json", async () => {
    const sandbox = makeSandbox({ "a.layers": "model A\n  warning" });
    const [format, report] = [
      await sandbox.run(["summary", "a.layers", "--format", "json"]),
      await sandbox.run(["summary", "a.layers", "--report", "json"]),
    ];
    expect(format).toEqual(report);
    expect(JSON.parse(format.stdout)).toMatchObject({ counts: { warnings: 1 }, models: [{ name: "A" }] });
    const wrong = await sandbox.run(["summary", "b.layers", "--format", "json"]);
    expect(JSON.parse(wrong.stdout)).toMatchObject({ exitCode: 2, models: [] });
  });
});

describe("--format json", () => {
  test("gives one document with diagnostics and results", async () => {
    const sandbox = makeSandbox({ "a.layers": "model A\n  error" });
    const { exitCode, stdout, stderr } = await sandbox.run(["check", "a.layers", "--format", "json"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({
      version: 1,
      command: "check",
      exitCode: 1,
      counts: { errors: 1, warnings: 0, hints: 0 },
      diagnostics: [
        {
          code: "fake-error",
          severity: "error",
          message: "found 'error'",
          label: "here",
          location: {
            file: "a.layers",
            start: { line: 2, column: 3, offset: 10 },
            end: { line: 2, column: 8, offset: 15 },
          },
          related: [],
          help: "write something else",
          fix: null,
        },
      ],
      files: [{ path: "a.layers", models: ["A"] }],
    });
  });

  test.each([
    [["--format", "json"], 2],
    [["build", "--format", "json"], 2],
    [["build", "--format=json", "a.layers", "--bogus"], 2],
    [["check", "--format", "json", "b.layers"], 2],
    [["check", "--format", "json", "bug.layers"], 3],
    [["summary", "--format", "json", "a.layers"], 0],
    [["build", "--format", "json", "a.layers", "--explain"], 0],
  ])("%j still gives a document", async (argv, code) => {
    const { exitCode, stdout } = await makeSandbox({ "a.layers": "model A", "bug.layers": "bug" }).run(argv);
    expect(exitCode).toBe(code);
    expect(JSON.parse(stdout)).toMatchObject({ version: 1, exitCode: code });
  });

  test("a summary for tools", async () => {
    const { stdout } = await makeSandbox({ "a.layers": "model A" }).run(["summary", "--format", "json", "a.layers"]);
    expect(JSON.parse(stdout)).toMatchObject({
      models: [
        {
          file: "a.layers",
          name: "A",
          layers: [{ name: "dense", type: "Dense", outputShape: [2], parameters: 6 }],
          parameters: { total: 6, trainable: 6, nonTrainable: 0 },
        },
      ],
    });
  });
});

describe("colours", () => {
  const escape = "\u001b[";
  test.each([
    ["a pipe", {}, [], false],
    ["a terminal", { terminal: { columns: 80 } }, [], true],
    ["a dumb terminal", { terminal: { columns: 80 }, variables: { TERM: "dumb" } }, [], false],
    ["NO_COLOR", { terminal: { columns: 80 }, variables: { NO_COLOR: "1" } }, [], false],
    ["an empty NO_COLOR", { terminal: { columns: 80 }, variables: { NO_COLOR: "" } }, [], true],
    ["FORCE_COLOR", { variables: { FORCE_COLOR: "1" } }, [], true],
    ["FORCE_COLOR=0", { terminal: { columns: 80 }, variables: { FORCE_COLOR: "0" } }, [], false],
    ["--color", { variables: { NO_COLOR: "1" } }, ["--color"], true],
    ["--no-color", { terminal: { columns: 80 }, variables: { FORCE_COLOR: "1" } }, ["--no-color"], false],
    ["CI", { variables: { CI: "true" } }, [], false],
  ])("%s", async (_, options, argv, colored) => {
    const { stderr } = await makeSandbox({ "a.layers": "error" }).run(["check", "a.layers", ...argv], options);
    expect(stderr.includes(escape)).toBe(colored);
  });
});

describe("a bug in layerc", () => {
  test("prints one line and gives exit code 3", async () => {
    const sandbox = makeSandbox({ "a.layers": "bug", "b.layers": "model B" });
    const { exitCode, stdout, stderr } = await sandbox.run(["build", "b.layers", "a.layers"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: "" });
    expect(stderr).toMatch(
      /^layerc has a bug, .*: TypeError: undefined is not a layer; please report it.*--debug adds\n$/,
    );
    expect(Object.keys(sandbox.contents())).toEqual(["a.layers", "b.layers"]);
  });

  test("--debug adds the stack", async () => {
    const { exitCode, stderr } = await makeSandbox({ "a.layers": "bug" }).run(["check", "--debug", "a.layers"]);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/\n {4}at .*fake-compiler\.ts/);
  });

  test("in the file layer is one too", async () => {
    const kind = (): never => {
      throw new RangeError("not of the file system");
    };
    expect((await makeSandbox({}).run(["check", "a.layers"], { files: { kind } })).exitCode).toBe(3);
  });
});

test("no command line is a bug", async () => {
  const sandbox = makeSandbox({ "a.layers": "model A", "m/b.layers": "error" });
  const word = fc.oneof(
    fc.constantFrom(
      "build",
      "check",
      "summary",
      "help",
      "a.layers",
      "m/b.layers",
      "--check",
      "--explain",
      "--format",
      "json",
    ),
    fc.constantFrom(
      "--out-dir",
      "--no-color",
      "--",
      "-",
      "--weights",
      "file",
      "**/*",
      "{a,m/b}.layers",
      "!a",
      "[",
      "(",
      "\\",
      "../*",
    ),
    fc.string({ maxLength: 12 }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(word, { maxLength: 6 }), async (argv) => {
      const noWrite = { makeFolder: () => undefined, writeNew: () => undefined, rename: () => undefined };
      const { exitCode, stderr } = await sandbox.run(argv, { files: noWrite });
      expect([0, 1, 2]).toContain(exitCode);
      expect(stderr).not.toMatch(/\n {4}at /);
    }),
    { numRuns: 300 },
  );
});

test("codes are unique and kebab-case", () => {
  const codes = cliDiagnostics.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
});

test("the permissions of a new file are the user's", () => {
  const sandbox = makeSandbox({});
  const file = path.join(sandbox.folder, "x");
  nodeFileSystem.writeNew(file, new Uint8Array(1), file);
  expect(fs.statSync(file).mode & 0o777).toBe(0o666 & ~process.umask());
});

test("what several files import is reported once", async () => {
  const shared = { path: "shared.layers", text: "error" };
  const span = { file: shared.path, start: 0, end: 5 };
  const result = {
    models: [],
    index: emptyIndex,
    diagnostics: [{ code: "c", severity: "error" as const, message: "m", span, related: [] }],
    sources: [shared],
    dependencies: [],
  };
  const compiler = {
    check: async () => result,
    compile: async () => ({ ...result, files: [], reports: [], inlined: [] }),
  };
  const sandbox = makeSandbox({ "a.layers": "", "b.layers": "" });
  const { stderr } = await sandbox.run(["check", "a.layers", "b.layers"], { compiler });
  expect(stderr).toBe("error[c]: m\n  ┌─ shared.layers:1:1\n1 │ error\n  │ ^^^^^\n\n1 error in 1 file\n");
});
