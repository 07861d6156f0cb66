import { describe, expect, test } from "vitest";
import { catalogue } from "../../src/cli/catalogue.ts";
import * as compiler from "../../src/compile.ts";
import { makeSandbox } from "./sandbox.ts";

const run = (...argv: readonly string[]) => makeSandbox({}).run(["explain", ...argv], { compiler });

describe("layerc explain", () => {
  test("shows the meaning, a source, what layerc says there, and the mended source", async () => {
    const { exitCode, stdout, stderr } = await run("keyword-as-string");
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(`error[keyword-as-string]: A keyword value is written as a string, as in Python.

Activations, initializers, modes and the like are words of the language and are
written without quotes, so that a slip is found and arguments can follow:
he_normal(seed=7). Strings are for names and paths.

Example:

  model M { input [4] Dense(3, activation="relu") }

error[keyword-as-string]: Keyword values are written without quotes: expected relu, found the string "relu"
  ┌─ model.layers:1:41
1 │ model M { input [4] Dense(3, activation="relu") }
  │                                         ^^^^^^
  = fix: Write relu

Mended:

  model M { input [4] Dense(3, activation=relu) }
`);
  });

  test("shows the files beside a source", async () => {
    const { stdout } = await run("unknown-import");
    expect(stdout).toContain("with blocks.layers:\n\n  block Hidden(units) { Dense(units, activation=relu) }\n");
    expect(stdout).toContain('error[unknown-import]: "./blocks.layers" does not declare');
  });

  test("shows a command line where that is what is wrong", async () => {
    const { stdout } = await run("input-is-folder");
    expect(stdout).toContain("Example:\n\n  $ layerc build models\n\nerror[input-is-folder]: 'models' is a folder");
    expect(stdout).toContain("Mended:\n\n  $ layerc build 'models/**/*.layers'\n");
  });

  test("colours what it prints on a terminal", async () => {
    const { stdout } = await run("keyword-as-string", "--color");
    expect(stdout).toContain("\u001b[31merror[keyword-as-string]");
  });

  test("lists all codes without one", async () => {
    const { exitCode, stdout } = await run();
    expect(exitCode).toBe(0);
    const codes = [...stdout.matchAll(/^ {2}([a-z0-9-]+) +(?:error|warning|hint) +\S/gm)].map((match) => match[1]);
    expect(codes).toEqual(catalogue.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)));
    expect(stdout).toContain("\nCommand line\n  command-line");
  });

  test("knows what a misspelt code means", async () => {
    const { exitCode, stdout, stderr } = await run("keyword-as-strin");
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("There is no diagnostic 'keyword-as-strin'");
    expect(stderr).toContain("did you mean 'keyword-as-string'?");
    expect((await run("nonsense")).stderr).toContain("layerc explain lists all codes");
    // A code as it stands in a report.
    expect((await run("error[unknown-layer]")).stdout).toBe((await run("unknown-layer")).stdout);
  });

  test("gives the same as JSON", async () => {
    const { explanation } = JSON.parse((await run("unknown-import", "--format", "json")).stdout);
    expect(explanation).toMatchObject({
      code: "unknown-import",
      severity: "error",
      example: {
        kind: "source",
        files: [{ path: "blocks.layers" }],
        diagnostic: { code: "unknown-import", location: { file: "model.layers", start: { line: 1, column: 10 } } },
        mended: expect.stringContaining("{ Hidden }"),
      },
    });
    expect(explanation.meaning).toMatch(/^The imported file does not declare/);

    const { groups } = JSON.parse((await run("--format", "json")).stdout);
    expect(groups[0].title).toBe("Syntax");
    expect(Object.keys(groups[0].diagnostics[0])).toEqual(["code", "severity", "summary"]);
  });
});

test.each(["imprt", "bild", "verfy"])("layerc help %s is about the command that is meant", async (word) => {
  const { exitCode, stderr } = await makeSandbox({}).run(["help", word], { compiler });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/did you mean '(?:import|build|verify)'\?/);
});
