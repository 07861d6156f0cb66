import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";

/** The command as it is installed: `npm test` builds it before. */
const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

beforeAll(() => {
  if (!fs.existsSync(cli)) throw new Error("dist/cli.js is missing: run npm run build first");
});

const xor = "model Xor {\n  input [2]\n  Dense(8, activation=tanh)\n  Dense(1, activation=sigmoid)\n}\n";
const wrong = "model Wrong {\n  input [2]\n  Dence(8)\n}\n";

function makeFolder(files: Readonly<Record<string, string>>): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-process-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
  return folder;
}

function layerc(cwd: string, ...argv: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { NO_COLOR: _, FORCE_COLOR: __, COLUMNS: ___, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...argv], {
    cwd,
    env,
    encoding: "utf8",
    timeout: 600_000,
    killSignal: "SIGKILL",
  });
  return { status, stdout, stderr };
}

// What depends on the process; the rest of the command runs in that of the tests.
describe("layerc build", () => {
  // Node's recursive mkdir never returns here.
  test.skipIf(!fs.existsSync("/proc/self"))("a place that takes no folders ends the build", () => {
    const folder = makeFolder({ "xor.layers": xor });
    const { status, stdout, stderr } = layerc(folder, "build", "xor.layers", "--out-dir", "/proc/x/y");
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(
      /^error\[output-unwritable\]: Can't write '.*proc\/x\/y\/xor.ts': the folder .* can't be made/,
    );
  });

  test("writes a module beside its source", () => {
    const folder = makeFolder({ "xor.layers": xor });
    const { status, stdout, stderr } = layerc(folder, "build", "xor.layers");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(
      /^xor\.layers -> xor\.ts {2}\d+(\.\d)? k?B\n--target wasm would make Xor about [\d.]+ times as fast( \([\d.]+ without relaxed SIMD, as in Node 20\))?\n$/,
    );
    expect(fs.readdirSync(folder)).toEqual(["xor.layers", "xor.ts"]);
  });

  test("writes nothing when a model is wrong", () => {
    const folder = makeFolder({ "wrong.layers": wrong, "xor.layers": xor });
    const { status, stdout, stderr } = layerc(folder, "build", "*.layers");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("  ┌─ wrong.layers:3:3\n3 │   Dence(8)\n  │   ^^^^^");
    expect(stderr).toContain("did you mean 'Dense'?");
    expect(stderr).toMatch(/\n\n1 error in 1 file\n$/);
    expect(fs.readdirSync(folder)).toEqual(["wrong.layers", "xor.layers"]);
  });
});

test("--help and --version", () => {
  const folder = makeFolder({});
  const { version } = JSON.parse(fs.readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    readonly version: string;
  };
  expect(layerc(folder, "--version")).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  expect(layerc(folder, "--help")).toMatchObject({ status: 0, stderr: "" });
  expect(layerc(folder)).toMatchObject({ status: 2, stdout: "" });
});

test("a reader that leaves early is no failure", () => {
  // More than a pipe holds.
  const folder = makeFolder({
    "many.layers": Array.from({ length: 300 }, (_, index) => xor.replace("Xor", `Xor${index}`)).join(""),
  });
  const script = `{ "${process.execPath}" "${cli}" summary many.layers; echo "status $?" >&2; } | head -n 1`;
  const { stdout, stderr } = spawnSync("sh", ["-c", script], { cwd: folder, encoding: "utf8" });
  expect({ stdout, stderr }).toEqual({ stdout: 'Model: "Xor0"\n', stderr: "status 0\n" });
});

test("a working folder that is gone gives a message", () => {
  const folder = makeFolder({ "gone/x": "" });
  const script = `cd gone && rm -r ../gone && "${process.execPath}" "${cli}" check a.layers`;
  const { status, stderr } = spawnSync("sh", ["-c", script], { cwd: folder, encoding: "utf8" });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^error\[input-unreadable\]/);
});

test.each([
  "export default new Promise(() => {});",
  "await new Promise(() => {}); export default {};",
  "export const then = () => {}; export default {};",
])("a config that never settles ends the command: %s", (config) => {
  const folder = makeFolder({ "xor.layers": xor, "package.json": "{}", "layerc.config.mjs": config });
  const { status, stdout, stderr } = layerc(folder, "check", "xor.layers");
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain("The config 'layerc.config.mjs' fails: it awaits a promise that never settles\n  = help: ");
});

test.skipIf(!fs.existsSync("/dev/zero"))("an endless standard input is read up to the bound", () => {
  const input = fs.openSync("/dev/zero", "r");
  onTestFinished(() => fs.closeSync(input));
  const { status, stderr } = spawnSync(process.execPath, [cli, "check", "-"], {
    stdio: [input, "pipe", "pipe"],
    encoding: "utf8",
  });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringContaining("has more than the 12,582,912 bytes that are read of a text"),
  });
});
