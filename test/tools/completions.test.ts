import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** A folder with a model file, and with `layerc` in `bin`. */
function makeFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-completions-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  fs.mkdirSync(path.join(folder, "bin"));
  fs.writeFileSync(path.join(folder, "bin/layerc"), `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`, {
    mode: 0o755,
  });
  fs.writeFileSync(path.join(folder, "xor.layers"), "");
  return folder;
}

function shell(command: string, ...argv: readonly string[]): string {
  const folder = makeFolder();
  const env = { ...process.env, PATH: `${path.join(folder, "bin")}:${process.env["PATH"]}`, HOME: folder };
  const { status, stdout, stderr } = spawnSync(command, argv, { cwd: folder, env, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

test("fish completes commands, options, values and files", () => {
  const lines = ["layerc com", "layerc build x", "layerc build --targ", "layerc build --target w"];
  const asked = lines.map((line) => `complete -C "${line}"`);
  const found = shell("fish", "-c", ["layerc completions fish | source", ...asked].join("; "));
  const words = found.split("\n").map((line) => line.split("\t")[0]);
  expect(words).toEqual(["completions", "xor.layers", "--target", "wasm", ""]);
});

test("bash completes files", () => {
  const script = `source /usr/share/bash-completion/bash_completion
source <(layerc completions bash)
compopt() { :; } # Bash has it while it completes.
COMP_WORDS=(layerc build x) COMP_CWORD=2 COMP_LINE="layerc build x" COMP_POINT=14
$(complete -p layerc | sed 's/.*-F \\([^ ]*\\) .*/\\1/')
echo "\${COMPREPLY[*]}"`;
  expect(shell("bash", "-c", script).trim()).toBe("xor.layers");
});
