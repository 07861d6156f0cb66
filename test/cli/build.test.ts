import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { nodeFileSystem } from "../../src/node/file-system.ts";
import { sealed } from "../../src/files/sealed-safetensors.ts";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { sidecarMetadata } from "../../src/weights/sidecar-mark.ts";
import { emptyIndex, fakeModule } from "./fake-compiler.ts";
import { makeSandbox, systemError } from "./sandbox.ts";

const generated = (text: string, name = "a"): string => fakeModule(name, text);

describe("where outputs go", () => {
  const tree = {
    "models/a.layers": "model A",
    "models/deep/er/b.layers": "model B",
    "models/node_modules/x/c.layers": "model C",
    "models/readme.md": "",
  };
  const outputs = (sandbox: ReturnType<typeof makeSandbox>): readonly string[] =>
    Object.keys(sandbox.contents()).filter((name) => !(name in tree));

  test("beside the source", async () => {
    const sandbox = makeSandbox(tree);
    const { exitCode, stdout, stderr } = await sandbox.run(["build", "models/**/*.layers"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(outputs(sandbox)).toEqual(["models/a.ts", "models/deep/er/b.ts"]);
    expect(stdout).toBe(
      "models/a.layers -> models/a.ts  145 B\nmodels/deep/er/b.layers -> models/deep/er/b.ts  145 B\n",
    );
    expect(sandbox.contents()["models/a.ts"]).toBe(generated("model A"));
  });

  test.each([
    ["models/**/*.layers", ["out/a.ts", "out/deep/er/b.ts"]],
    ["models/deep/**", ["out/er/b.ts"]],
    ["./models/{a,deep/er/b}.layers", ["out/a.ts", "out/deep/er/b.ts"]],
    ["{models/deep,models}/*.layers", ["out/models/a.ts"]],
    ["**/b.layers", ["out/models/deep/er/b.ts"]],
    ["models/deep/er/b.layers", ["out/b.ts"]],
    ["./models/../models/deep/er/b.layers", ["out/b.ts"]],
  ])("with --out-dir, %s gives %j", async (pattern, expected) => {
    const sandbox = makeSandbox(tree);
    const { exitCode, stderr } = await sandbox.run(["build", "--out-dir", "out", pattern]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(outputs(sandbox)).toEqual(expected);
  });

  test("absolute globs and folders work too", async () => {
    const sandbox = makeSandbox(tree);
    const outDir = path.join(sandbox.folder, "x/y");
    const { exitCode } = await sandbox.run(["build", `${sandbox.folder}/models/**/*.layers`, "--out-dir", outDir]);
    expect(exitCode).toBe(0);
    expect(outputs(sandbox)).toEqual(["x/y/a.ts", "x/y/deep/er/b.ts"]);
  });

  test("a file whose name looks like a glob is that file", async () => {
    const sandbox = makeSandbox({ "m[1].layers": "model A", "m1.layers": "model B" });
    expect((await sandbox.run(["build", "m[1].layers"])).stdout).toBe("m[1].layers -> m[1].ts  148 B\n");
  });

  test("a file named twice is built once", async () => {
    const sandbox = makeSandbox(tree);
    const { exitCode, stdout } = await sandbox.run([
      "build",
      "models/a.layers",
      "models/*.layers",
      "./models/a.layers",
    ]);
    expect({ exitCode, lines: stdout.split("\n").length }).toEqual({ exitCode: 0, lines: 2 });
  });

  test("--emit js and --weights file give several files", async () => {
    const sandbox = makeSandbox({ "a.layers": "model A" });
    const { stdout } = await sandbox.run(["build", "a.layers", "--emit", "js", "--weights=file", "--unroll", "none"]);
    expect(stdout.split("\n").map((line) => line.split("  ")[0])).toEqual([
      "a.layers -> a.js",
      "a.layers -> a.d.ts",
      "a.layers -> a.weights.safetensors",
      "",
    ]);
    expect(sandbox.contents()["a.js"]).toContain("js_none");
  });
});

describe("nothing is written", () => {
  test("when one of several files is wrong", async () => {
    const sandbox = makeSandbox({ "a.layers": "model A", "b.layers": "an error" });
    const { exitCode, stdout, stderr } = await sandbox.run(["build", "*.layers"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toBe(
      `error[fake-error]: found 'error'
  ┌─ b.layers:1:4
1 │ an error
  │    ^^^^^ here
  = help: write something else

1 error in 1 file
`,
    );
    expect(Object.keys(sandbox.contents())).toEqual(["a.layers", "b.layers"]);
  });

  test("when two inputs have one output", async () => {
    const sandbox = makeSandbox({ "x/a.layers": "model A", "y/a.layers": "error" });
    const { exitCode, stderr } = await sandbox.run(["build", "x/a.layers", "y/a.layers", "--out-dir", "out"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      "error[output-collision]: 'x/a.layers' and 'y/a.layers' would both be written to 'out/a.ts'",
    );
    expect(Object.keys(sandbox.contents())).toEqual(["x/a.layers", "y/a.layers"]);
  });

  test("when two outputs of other names meet", async () => {
    const sandbox = makeSandbox({ "a.layers": "model A", "a.d.layers": "model B" });
    const compiler = {
      check: () => Promise.reject(new Error("not used")),
      compile: async () => ({
        models: [],
        index: emptyIndex,
        diagnostics: [],
        sources: [],
        dependencies: [],
        reports: [],
        inlined: [],
        files: [{ name: "shared.weights.safetensors", content: new Uint8Array(1) }],
      }),
    };
    const { exitCode, stderr } = await sandbox.run(["build", "a.layers", "a.d.layers"], { compiler });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("would both be written to 'shared.weights.safetensors'");
    expect(Object.keys(sandbox.contents())).toEqual(["a.d.layers", "a.layers"]);
  });

  test("over a file that layerc did not write", async () => {
    const sandbox = makeSandbox({ "a.layers": "model A", "a.ts": "// by hand\n", "b.layers": "model B" });
    const { exitCode, stdout, stderr } = await sandbox.run(["build", "*.layers"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain("error[output-not-generated]: 'a.ts' was not written by layerc");
    expect(sandbox.contents()).toEqual({ "a.layers": "model A", "a.ts": "// by hand\n", "b.layers": "model B" });
  });

  test.each([
    ["a text", "trained for weeks"],
    ["weights of another program", writeSafetensors([], { format: "pt" })],
    ["weights without metadata", writeSafetensors([{ name: "k", shape: [], data: Float32Array.of(1) }])],
    ["weights that mention layerc", writeSafetensors([], { format: "pt", note: '{"format":"layerc","model":"A"}' })],
  ])("over a weight file of other origin, also beside a module of its own: %s", async (_, weights) => {
    const sandbox = makeSandbox({
      "a.layers": "model A",
      "a.weights.safetensors": weights,
      "a.ts": generated("older"),
    });
    const before = sandbox.contents();
    const { exitCode, stderr } = await sandbox.run(["build", "a.layers", "--weights", "file"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("error[output-not-generated]: 'a.weights.safetensors' was not written by layerc");
    expect(sandbox.contents()).toEqual(before);
  });

  test("over a file that the build reads", async () => {
    const files = {
      "a.layers": "model A read a.weights.safetensors",
      "a.weights.safetensors": "w",
      "a.ts": generated(""),
    };
    const sandbox = makeSandbox(files);
    const { exitCode, stderr } = await sandbox.run(["build", "a.layers", "--weights", "file"]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("error[output-is-input]");
    expect(sandbox.contents()).toEqual(files);
  });

  test("where a folder lies in the place of an output", async () => {
    const sandbox = makeSandbox({ "a.layers": "model A", "a.ts/x": "" });
    expect((await sandbox.run(["build", "a.layers"])).exitCode).toBe(2);
  });

  test("to an --out-dir that is a file or lies below one", async () => {
    const sandbox = makeSandbox({ "a.layers": "model A", out: "" });
    for (const outDir of ["out", "out/deeper", ""]) {
      const { exitCode, stderr } = await sandbox.run(["build", "a.layers", "--out-dir", outDir]);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/^error\[out(-dir-unusable|put-unwritable)\]: /);
      expect(Object.keys(sandbox.contents())).toEqual(["a.layers", "out"]);
    }
  });
});

describe("files appear whole or not at all", () => {
  const files = { "a.layers": "model A", "b.layers": "model B", "b.ts": generated("older", "b") };

  test.each(["EACCES", "EROFS", "ENOSPC"])("%s while writing the second leaves all as it was", async (code) => {
    const sandbox = makeSandbox(files);
    const writeNew: typeof nodeFileSystem.writeNew = (file, content, like) => {
      if (!file.includes("-1.tmp")) return nodeFileSystem.writeNew(file, content, like);
      // As a full disk does it: a part is there already.
      fs.writeFileSync(file, content.subarray(0, 3));
      throw systemError(code);
    };
    const { exitCode, stdout, stderr } = await sandbox.run(["build", "*.layers"], { files: { writeNew } });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(/^error\[output-unwritable\]: Can't write 'b.ts': (permission denied|the disk is)/);
    expect(sandbox.contents()).toEqual(files);
  });

  test("a folder that can't be made leaves no other one", async () => {
    const sandbox = makeSandbox({ "m/a.layers": "model A", "m/z/b.layers": "model B" });
    const makeFolder: typeof nodeFileSystem.makeFolder = (folder) => {
      if (folder.endsWith("z")) throw systemError("EACCES");
      return nodeFileSystem.makeFolder(folder);
    };
    const { exitCode } = await sandbox.run(["build", "m/**/*.layers", "--out-dir", "o/p"], { files: { makeFolder } });
    expect(exitCode).toBe(2);
    expect(fs.readdirSync(sandbox.folder)).toEqual(["m"]);
  });

  test("a folder is made by nobody else's recursion, and one made meanwhile is used", async () => {
    const sandbox = makeSandbox({ "a.layers": "model A" });
    const asked: string[] = [];
    const makeFolder: typeof nodeFileSystem.makeFolder = (folder) => {
      asked.push(path.relative(sandbox.folder, folder));
      nodeFileSystem.makeFolder(folder);
      if (asked.length === 1) throw systemError("EEXIST");
    };
    const { exitCode } = await sandbox.run(["build", "a.layers", "--out-dir", "o/p/q"], { files: { makeFolder } });
    expect({ exitCode, asked }).toEqual({ exitCode: 0, asked: ["o", "o/p", "o/p/q"] });
    expect(sandbox.contents()["o/p/q/a.ts"]).toBe(generated("model A"));
  });

  test("where the system takes no folders", async () => {
    const sandbox = makeSandbox({ "a.layers": "model A" });
    const makeFolder = (): never => {
      throw systemError("ENOENT");
    };
    const { exitCode, stderr } = await sandbox.run(["build", "a.layers", "--out-dir", "o/p"], {
      files: { makeFolder },
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      "error[output-unwritable]: Can't write 'o/p/a.ts': the folder 'o/p' can't be made: the system takes no folders there",
    );
  });

  describe("when the third of four can't be put into place", () => {
    const four = {
      "a.layers": "model A",
      "b.layers": "model B",
      "c.layers": "model C",
      "d.layers": "model D",
      "b.ts": generated("older", "b"),
      "c.ts": generated("older", "c"),
    };
    const failAt =
      (target: string): typeof nodeFileSystem.rename =>
      (from, to) => {
        if (from.endsWith("-2.tmp") && path.basename(to) === target) throw systemError("EBUSY");
        nodeFileSystem.rename(from, to);
      };
    const link = (): never => {
      throw systemError("EPERM");
    };

    test.each([
      ["on a disk with hard links", {}],
      ["on a disk without", { link }],
    ])("all four are as they were, %s", async (_, files) => {
      const sandbox = makeSandbox(four);
      const inode = (): number => fs.statSync(path.join(sandbox.folder, "b.ts")).ino;
      const before = inode();
      const { exitCode, stdout, stderr } = await sandbox.run(["build", "*.layers"], {
        files: { ...files, rename: failAt("c.ts") },
      });
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
      expect(stderr).toContain("error[output-unwritable]: Can't write 'c.ts': it is in use by another program");
      expect(sandbox.contents()).toEqual(four);
      // A disk without hard links gets its old file back as a copy.
      if (!("link" in files)) expect(inode()).toBe(before);
    });

    test.each([
      ["on a disk with hard links", {}],
      ["on a disk without", { link }],
    ])("nothing else is left of a success, %s", async (_, files) => {
      const sandbox = makeSandbox(four);
      expect((await sandbox.run(["build", "*.layers"], { files })).exitCode).toBe(0);
      expect(sandbox.contents()).toEqual({
        ...four,
        "a.ts": generated("model A", "a"),
        "b.ts": generated("model B", "b"),
        "c.ts": generated("model C", "c"),
        "d.ts": generated("model D", "d"),
      });
    });

    test("what can't be put back is not deleted", async () => {
      const sandbox = makeSandbox(four);
      let failed = false;
      const rename: typeof nodeFileSystem.rename = (from, to) => {
        failed ||= path.basename(to) === "c.ts";
        if (failed) throw systemError("EIO");
        nodeFileSystem.rename(from, to);
      };
      expect((await sandbox.run(["build", "*.layers"], { files: { rename } })).exitCode).toBe(2);
      expect(Object.values(sandbox.contents())).toContain(four["b.ts"]);
      expect(sandbox.contents()["c.ts"]).toBe(four["c.ts"]);
    });
  });

  test("a failing rename leaves no temporary file", async () => {
    const sandbox = makeSandbox(files);
    const rename = (): never => {
      throw systemError("EPERM");
    };
    expect((await sandbox.run(["build", "*.layers"], { files: { rename } })).exitCode).toBe(2);
    expect(sandbox.contents()).toEqual(files);
  });

  test("what is on disk already is not touched, and what changed keeps its permissions and links", async () => {
    const sandbox = makeSandbox({ ...files, "real.ts": generated("older") });
    const at = (name: string): string => path.join(sandbox.folder, name);
    fs.symlinkSync("real.ts", at("a.ts"));
    fs.chmodSync(at("real.ts"), 0o640);
    await sandbox.run(["build", "*.layers"]);
    expect(fs.lstatSync(at("a.ts")).isSymbolicLink()).toBe(true);
    expect(fs.readFileSync(at("real.ts"), "utf8")).toBe(generated("model A"));
    expect(fs.statSync(at("real.ts")).mode & 0o777).toBe(0o640);

    const before = fs.statSync(at("b.ts"));
    const { stdout } = await sandbox.run(["build", "*.layers"]);
    expect(stdout).toBe("a.layers -> a.ts  145 B (unchanged)\nb.layers -> b.ts  145 B (unchanged)\n");
    expect([fs.statSync(at("b.ts")).ino, fs.statSync(at("b.ts")).mtimeMs]).toEqual([before.ino, before.mtimeMs]);
  });
});

describe("--check", () => {
  test("is silent when outputs are current, and lists what is not", async () => {
    const sandbox = makeSandbox({ "a.layers": "model A", "b.layers": "model B", "c.layers": "model C" });
    await sandbox.run(["build", "a.layers", "b.layers"]);
    expect(await sandbox.run(["build", "--check", "a.layers", "b.layers"])).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: "",
    });
    fs.appendFileSync(path.join(sandbox.folder, "b.ts"), " ");
    const before = sandbox.contents();
    const { exitCode, stdout, stderr } = await sandbox.run(["build", "--check", "*.layers"]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    expect(stdout).toBe(
      "b.ts is out of date: run layerc build for b.layers\nc.ts is missing: run layerc build for c.layers\n",
    );
    expect(sandbox.contents()).toEqual(before);
  });

  test("says of a file of other origin what a build says", async () => {
    const sandbox = makeSandbox({ "a.layers": "model A", "a.ts": "by hand", "b.layers": "model B" });
    const checked = await sandbox.run(["build", "--check", "*.layers"]);
    expect(checked).toMatchObject({ exitCode: 2, stdout: "" });
    expect(checked.stderr).toContain("error[output-not-generated]: 'a.ts' was not written by layerc");
    expect(await sandbox.run(["build", "*.layers"])).toEqual(checked);
  });

  test("in JSON", async () => {
    const sandbox = makeSandbox({ "a.layers": "model A" });
    const { exitCode, stdout } = await sandbox.run(["build", "--check", "a.layers", "--format", "json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      exitCode: 1,
      outputs: [{ source: "a.layers", path: "a.ts", bytes: 145, state: "missing" }],
    });
    expect(exitCode).toBe(1);
  });
});

test("weights that move into a module leave their file behind, and the build says so", async () => {
  const sandbox = makeSandbox({ "a.layers": "model A" });
  await sandbox.run(["build", "a.layers", "--weights", "file", "--out-dir", "out"]);
  const inline = ["build", "a.layers", "--out-dir", "out"];
  expect((await sandbox.run(inline)).stdout).toBe(
    "a.layers -> out/a.ts  145 B (unchanged)\nout/a.weights.safetensors is not needed any more: the module of A holds its weights\n",
  );
  expect(Object.keys(sandbox.contents())).toContain("out/a.weights.safetensors");
  // A file of other origin, and one of another model, is none of the build's business.
  for (const weights of [writeSafetensors([], { format: "pt" }), sealed(writeSafetensors([], sidecarMetadata("B")))]) {
    fs.writeFileSync(path.join(sandbox.folder, "out/a.weights.safetensors"), weights);
    expect((await sandbox.run(inline)).stdout).toBe("a.layers -> out/a.ts  145 B (unchanged)\n");
  }
  expect((await sandbox.run([...inline, "--weights", "file"])).stdout).toContain("-> out/a.weights.safetensors");
});

test("--explain prints a table for each model", async () => {
  const sandbox = makeSandbox({ "a.layers": "model Digits" });
  const { stdout } = await sandbox.run(["build", "a.layers", "--explain"]);
  expect(stdout).toBe(`Digits: TypeScript; no difference
  Layer                                           Multiply-adds  Strategy         Code  Weights  Why
  hidden         Dense [4] -> [16], relu                  2,048  straight-line  1.2 kB    320 B  few
  encoder/dense  Dense [time, 4] -> [time, 16]          64*time  loops           400 B    320 B  a run-time axis
  total                                         2,048 + 64*time                 1.6 kB    640 B

a.layers -> a.ts  150 B
`);
});
