import { describe, expect, test } from "vitest";
import * as compiler from "../../src/compile.ts";
import { two } from "../verify/harness.ts";
import { makeSandbox, type Run, type Sandbox } from "./sandbox.ts";

const wrong = "model Wrong { input [2] Dense(3) Dence(4) }";

function sandbox(files: Readonly<Record<string, string | Uint8Array>> = {}): Sandbox {
  return makeSandbox({ "two.layers": two.text, ...two.weights(), ...files });
}

function layerc(made: Sandbox, ...argv: readonly string[]): Promise<Run> {
  return made.run(argv, { compiler });
}

describe("--report", () => {
  test("json is what --format json was", async () => {
    const made = sandbox();
    const [report, format] = [
      await layerc(made, "check", "two.layers", "--report", "json"),
      await layerc(made, "check", "two.layers", "--format", "json"),
    ];
    expect(report).toEqual(format);
    expect(JSON.parse(report.stdout)).toMatchObject({ command: "check", exitCode: 0 });
  });

  test("both are one too many", async () => {
    const { exitCode, stderr } = await layerc(sandbox(), "check", "two.layers", "--format", "text", "--report", "text");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("--format and --report can't go together");
  });

  test("export reports apart from the format of its files", async () => {
    const argv = ["export", "two.layers", "--format", "safetensors", "-o", "out", "--report", "json"];
    const { exitCode, stdout } = await layerc(sandbox(), ...argv);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ command: "export", outputs: [{ path: "out/two.safetensors" }] });
  });
});

describe("--quiet", () => {
  test("says nothing where all is well, also of what a build would gain", async () => {
    const made = sandbox();
    expect(await layerc(made, "build", "two.layers", "--quiet")).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    expect(Object.keys(made.contents())).toContain("two.ts");
    expect(await layerc(made, "check", "two.layers", "-q")).toEqual({ exitCode: 0, stdout: "", stderr: "" });
  });

  test("keeps errors and exit codes", async () => {
    const made = sandbox({ "wrong.layers": wrong });
    const { exitCode, stdout, stderr } = await layerc(made, "check", "*.layers", "-q");
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain("error[unknown-layer]");
    expect(stderr).toMatch(/\n1 error in 1 file\n$/);
  });

  test.each([
    [["build", "two.layers", "--check"], "two.ts"],
    [["types", "two.layers", "--check"], "two.d.layers.ts"],
    [["format", "two.layers", "--check"], "two.layers"],
  ])("%j fails with a reason", async (argv, named) => {
    const { exitCode, stdout } = await layerc(sandbox({ "two.layers": ` ${two.text}` }), ...argv, "-q");
    expect(exitCode).toBe(1);
    expect(stdout).toContain(named);
  });

  test.each([
    ["summary", "two.layers"],
    ["explain", "unknown-layer"],
    ["build", "two.layers", "--explain"],
    ["build", "two.layers", "--list-outputs"],
    ["build", "two.layers", "--emit-ir", "graph"],
  ])("%s %s %s: what is asked for can't be left out", async (...argv) => {
    const { exitCode, stdout } = await layerc(sandbox(), ...argv.filter((word) => word !== undefined), "--quiet");
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  });
});

test("-o, -w and -q are --out-dir, --watch and --quiet", async () => {
  const made = sandbox();
  expect(await layerc(made, "build", "two.layers", "-o", "made", "-q")).toMatchObject({ exitCode: 0, stdout: "" });
  expect(Object.keys(made.contents())).toContain("made/two.ts");
  const environment = { stopSignal: () => AbortSignal.abort() };
  const watched = await made.run(["build", "two.layers", "-w", "-q"], { compiler, environment });
  expect(watched).toEqual({ exitCode: 0, stdout: "", stderr: "" });
});

describe("layerc help WORD", () => {
  test.each([
    ["build", /^Usage: layerc build /],
    ["compile", /^Usage: layerc build /],
    ["unknown-layer", /^error\[unknown-layer\]: /],
  ])("%s", async (word, text) => {
    const { exitCode, stdout } = await layerc(sandbox(), "help", word);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(text);
  });

  test("another word", async () => {
    const { exitCode, stderr } = await layerc(sandbox(), "help", "nonsense");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("layerc explain lists all codes, layerc --help all commands");
  });

  test.each(["-V", "-v", "--version"])("%s prints the version", async (flag) => {
    expect(await layerc(sandbox(), flag)).toEqual({ exitCode: 0, stdout: "1.2.3\n", stderr: "" });
  });
});

test("--no-write compiles and explains, and leaves all files as they are", async () => {
  const made = sandbox();
  const before = made.contents();
  const { exitCode, stdout } = await layerc(made, "build", "two.layers", "--explain", "--no-write");
  expect(exitCode).toBe(0);
  expect(stdout).toContain("Multiply-adds");
  expect(stdout).toContain("two.layers -> two.ts");
  expect(stdout).toContain("(not written)\n");
  expect(made.contents()).toEqual(before);
});

describe("a module of an earlier build under another ending", () => {
  test("is mentioned, for an import may find it", async () => {
    const made = sandbox();
    await layerc(made, "build", "two.layers");
    const { stdout } = await layerc(made, "build", "two.layers", "--emit", "js");
    expect(stdout).toContain("two.ts is of an earlier build, and this one writes two.js: delete it");
    expect((await layerc(made, "build", "two.layers", "--emit", "js")).stdout).toContain(
      "two.ts is of an earlier build",
    );
  });

  test("one that somebody wrote is none", async () => {
    const made = sandbox({ "two.ts": "export {};\n" });
    const { stdout } = await layerc(made, "build", "two.layers", "--emit", "js");
    expect(stdout).not.toContain("earlier build");
  });
});

describe("selfTest in a config", () => {
  const cases = JSON.stringify({ inputs: two.inputs, outputs: two.outputs });

  test("is seen from the config's folder, for the files of an override", async () => {
    const config = { include: ["**/*.layers"], overrides: [{ files: "two.layers", selfTest: "data/cases.json" }] };
    const made = sandbox({
      "layerc.config.json": JSON.stringify(config),
      "data/cases.json": cases,
      "plain.layers": "model Plain { input [2] Dense(1) }",
      "deep/readme.md": "",
    });
    const run = await made.run(["build"], { compiler, cwd: "deep" });
    expect(run).toMatchObject({ exitCode: 0, stderr: "" });
    expect(made.contents()["two.ts"]).toContain("export function selfTest(");
    expect(made.contents()["plain.ts"]).not.toContain("selfTest");
    expect((await made.run(["build", "--check"], { compiler, cwd: "deep" })).exitCode).toBe(0);
  });

  test("a file that is not there is told by where it is named", async () => {
    const made = sandbox({ "layerc.config.json": '{ "selfTest": "none.json" }' });
    const { exitCode, stderr } = await layerc(made, "build", "two.layers");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Can't read 'none.json', given with selfTest of the config: no such file");
  });

  test("the command line wins", async () => {
    const made = sandbox({ "layerc.config.json": '{ "selfTest": "none.json" }', "cases.json": cases });
    expect((await layerc(made, "build", "two.layers", "--self-test", "cases.json")).exitCode).toBe(0);
  });
});
