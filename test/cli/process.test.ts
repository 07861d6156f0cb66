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

  test("writes a module beside its source, once", () => {
    const folder = makeFolder({ "xor.layers": xor });
    const first = layerc(folder, "build", "xor.layers");
    expect({ status: first.status, stderr: first.stderr }).toEqual({ status: 0, stderr: "" });
    expect(first.stdout).toMatch(
      /^xor\.layers -> xor\.ts {2}\d+(\.\d)? k?B\n--target wasm would make Xor about [\d.]+ times as fast\n$/,
    );
    expect(fs.readdirSync(folder)).toEqual(["xor.layers", "xor.ts"]);
    expect(layerc(folder, "build", "xor.layers").stdout).toMatch(/\(unchanged\)\n--target wasm .*\n$/);
    expect(layerc(folder, "build", "--check", "xor.layers").status).toBe(0);
    fs.writeFileSync(path.join(folder, "xor.layers"), xor.replace("8", "9"));
    const stale = layerc(folder, "build", "--check", "xor.layers");
    expect({ status: stale.status, stdout: stale.stdout }).toEqual({
      status: 1,
      stdout: "xor.ts is out of date: run layerc build for xor.layers\n",
    });
    // A file of layerc's own is replaced.
    expect(layerc(folder, "build", "xor.layers").status).toBe(0);
  });

  test("says so when a file has no models", () => {
    const folder = makeFolder({ "blocks.layers": "block Hidden(units) { Dense(units) }\n" });
    expect(layerc(folder, "build", "blocks.layers")).toEqual({
      status: 0,
      stdout: "blocks.layers has no models: nothing to write\n",
      stderr: "",
    });
    expect(fs.readdirSync(folder)).toEqual(["blocks.layers"]);
  });

  test("--emit js writes .js and .d.ts", () => {
    const folder = makeFolder({ "xor.layers": xor });
    expect(layerc(folder, "build", "xor.layers", "--emit", "js", "--out-dir", "out/js").status).toBe(0);
    expect(fs.readdirSync(path.join(folder, "out/js"))).toEqual(["xor.d.ts", "xor.js"]);
    expect(layerc(folder, "build", "xor.layers", "--emit", "js", "--out-dir", "out/js").status).toBe(0);
  });

  test("--out-dir keeps the folders below a glob's base", () => {
    const folder = makeFolder({ "m/xor.layers": xor, "m/deep/xor.layers": xor });
    const { status } = layerc(folder, "build", "m/**/*.layers", "--out-dir", "out");
    expect(status).toBe(0);
    expect(fs.readdirSync(path.join(folder, "out"), { recursive: true }).sort()).toEqual([
      "deep",
      "deep/xor.ts",
      "xor.ts",
    ]);
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

  test("two inputs for one output are a wrong command line", () => {
    const folder = makeFolder({ "a/xor.layers": xor, "b/xor.layers": xor });
    const { status, stderr } = layerc(folder, "build", "a/xor.layers", "b/xor.layers", "--out-dir", ".");
    expect(status).toBe(2);
    expect(stderr).toContain("'a/xor.layers' and 'b/xor.layers' would both be written to 'xor.ts'");
    expect(fs.readdirSync(folder)).toEqual(["a", "b"]);
  });

  test("--explain says what became of each layer", () => {
    const { status, stdout } = layerc(makeFolder({ "xor.layers": xor }), "build", "xor.layers", "--explain");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Xor: TypeScript; WebAssembly is .*\n {2}Layer .* Multiply-adds {2}Strategy .* Why\n/);
    expect(stdout).toMatch(/\n {2}dense_1 /);
    expect(stdout).toMatch(/\n {2}total +24 /);
  });
});

test("layerc check", () => {
  const folder = makeFolder({ "xor.layers": xor, "wrong.layers": wrong });
  expect(layerc(folder, "check", "xor.layers")).toEqual({
    status: 0,
    stdout: "1 file, 1 model: no errors\n",
    stderr: "",
  });
  const { status, stdout, stderr } = layerc(folder, "check", "*.layers", "--format", "json");
  expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
  expect(JSON.parse(stdout)).toMatchObject({
    version: 1,
    command: "check",
    exitCode: 1,
    counts: { errors: 1, warnings: 0, hints: 0 },
    diagnostics: [{ severity: "error", location: { file: "wrong.layers", start: { line: 3, column: 3, offset: 28 } } }],
  });
});

test("layerc summary prints Keras' table", () => {
  const seed = "model Generator {\n  input [100]\n  Dense(10*10*256, use_bias=false)\n}\n";
  const { status, stdout } = layerc(makeFolder({ "seed.layers": seed }), "summary", "seed.layers");
  expect(status).toBe(0);
  expect(stdout).toBe(`Model: "Generator"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
│ dense (Dense)                   │ (None, 25600)          │     2,560,000 │
└─────────────────────────────────┴────────────────────────┴───────────────┘
 Total params: 2,560,000 (9.77 MB)
 Trainable params: 2,560,000 (9.77 MB)
 Non-trainable params: 0 (0.00 B)
`);
});

test("--help and --version", () => {
  const folder = makeFolder({});
  const { version } = JSON.parse(fs.readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    readonly version: string;
  };
  expect(layerc(folder, "--version")).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  expect(layerc(folder, "--help")).toMatchObject({ status: 0, stderr: "" });
  expect(layerc(folder)).toMatchObject({ status: 2, stdout: "" });
  expect(layerc(folder, "build", "nothing.layers")).toMatchObject({ status: 2, stdout: "" });
});

test("a reader that leaves early is no failure", () => {
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
