import { describe, expect, test } from "vitest";
import { makeSandbox } from "./sandbox.ts";

const files = {
  "net.layers": "",
  "models/deep.layers": "",
  "mlp.keras": "",
  "notes.md": "",
  "w.npz": "",
  ".hidden.layers": "",
};

/** What the last word may become, without descriptions, and the number for the shell. */
async function complete(
  ...words: readonly string[]
): Promise<{ found: readonly string[]; directive: string | undefined }> {
  const { stdout } = await makeSandbox(files).run(["complete", "--", ...words]);
  const lines = stdout.split("\n").filter((line) => line !== "");
  return { found: lines.slice(0, -1).map((line) => line.split("\t")[0] ?? ""), directive: lines.at(-1) };
}

describe("layerc complete", () => {
  test.each<[readonly string[], readonly string[], string]>([
    [["com"], ["completions"], ":4"],
    [["build", "n"], ["net.layers"], ":4"],
    [["build", ""], ["mlp.keras", "models/", "net.layers"], ":6"],
    [["build", "models/"], ["models/deep.layers"], ":4"],
    [["build", "net.layers", "ml"], ["mlp.keras"], ":4"],
    [["build", "."], [".hidden.layers"], ":4"],
    [["build", "nowhere/"], [], ":4"],
    [["build", "--ta"], ["--target"], ":4"],
    [["build", "--target", ""], ["typescript", "wasm", "auto"], ":4"],
    [["build", "--out-dir", "m"], ["models/"], ":6"],
    [["verify", "net.layers", "--against", "w"], ["w.npz"], ":4"],
    [["completions", "z"], ["zsh"], ":4"],
    [["completion-"], [], ":4"],
  ])("%j", async (words, found, directive) => {
    expect(await complete(...words)).toEqual({ found, directive });
  });
});

describe("layerc completions", () => {
  test.each(["bash", "zsh", "fish", "powershell"])("%s", async (shell) => {
    const { exitCode, stdout, stderr } = await makeSandbox({}).run(["completions", shell]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/layerc complete (--|'--') /);
  });

  test("another shell is a wrong command line", async () => {
    const { exitCode, stderr } = await makeSandbox({}).run(["completions", "ksh"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("Shell is 'ksh', expected bash, zsh, fish or powershell");
  });
});
