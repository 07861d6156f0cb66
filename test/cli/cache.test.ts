import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pruneEntries } from "../../src/cli/build/cache-files.ts";
import { cacheFolder } from "../../src/cli/build/cache-folder.ts";
import type { Compiler } from "../../src/node/environment.ts";
import { nodeFileSystem } from "../../src/node/file-system.ts";
import { temporaryName } from "../../src/node/temporary-name.ts";
import { deadProcess } from "../support/dead-process.ts";
import { fakeCompiler } from "./fake-compiler.ts";
import { makeSandbox, systemError, type Run, type RunOptions, type Sandbox } from "./sandbox.ts";

const project = {
  "package.json": "{}",
  "node_modules/.keep": "",
  "a.layers": "model A read w.bin",
  "b.layers": "model B",
  "w.bin": "weights",
};

/** A compiler that reads what a model asks for, and notes which files were compiled. */
function countingCompiler(): { readonly compiler: Compiler; readonly compiled: string[] } {
  const compiled: string[] = [];
  const compiler: Compiler = {
    check: (source, options) => fakeCompiler.check(source, options),
    async compile(source, options) {
      const result = await fakeCompiler.compile(source, options);
      compiled.push(result.sources[0]?.path ?? "");
      for (const file of result.dependencies.slice(1)) await options?.host?.readBytes(file);
      return result;
    },
  };
  return { compiler, compiled };
}

/** Builds and answers which files were compiled. */
async function build(
  sandbox: Sandbox,
  argv: readonly string[] = ["*.layers"],
  options: RunOptions & { readonly id?: string } = {},
): Promise<Run & { readonly compiled: readonly string[] }> {
  const { compiler, compiled } = countingCompiler();
  const environment = { compilerId: () => options.id ?? "1", ...options.environment };
  const run = await sandbox.run(["build", ...argv], { compiler, ...options, environment });
  return { ...run, compiled };
}

const folderOf = (sandbox: Sandbox): string => path.join(sandbox.folder, "node_modules/.cache/layerc");

describe("an unchanged project", () => {
  test("is not compiled again, and is reported as before", async () => {
    const sandbox = makeSandbox({ ...project, "b.layers": "model B warning" });
    const first = await build(sandbox);
    expect(first.compiled).toEqual(["a.layers", "b.layers"]);
    const before = sandbox.contents();
    const second = await build(sandbox);
    expect(second.compiled).toEqual([]);
    expect(second.stderr).toBe(first.stderr);
    expect(second.stderr).toContain("warning[fake-warning]: found 'warning'\n  ┌─ b.layers:1:9");
    expect(second.stdout).toBe(first.stdout.replaceAll(" B\n", " B (unchanged)\n"));
    expect(sandbox.contents()).toEqual(before);
    // Whoever asks whether outputs are right is not told what a file in a cache says of them.
    expect((await build(sandbox, ["--check", "*.layers"])).compiled).toEqual(["a.layers", "b.layers"]);
  });

  test("says so in JSON", async () => {
    const sandbox = makeSandbox(project);
    const cached = async (): Promise<readonly boolean[]> => {
      const { stdout } = await build(sandbox, ["*.layers", "--format", "json"]);
      const { outputs } = JSON.parse(stdout) as { readonly outputs: readonly { readonly cached: boolean }[] };
      return outputs.map((output) => output.cached);
    };
    expect(await cached()).toEqual([false, false]);
    expect(await cached()).toEqual([true, true]);
    fs.writeFileSync(path.join(sandbox.folder, "b.layers"), "model C");
    expect(await cached()).toEqual([true, false]);
  });

  test("is known again when it moves as a whole, from the same working folder within it", async () => {
    const sandbox = makeSandbox(Object.fromEntries(Object.entries(project).map(([name, text]) => [`p/${name}`, text])));
    const at = (folder: string): RunOptions => ({ environment: { cwd: path.join(sandbox.folder, folder) } });
    expect((await build(sandbox, ["*.layers"], at("p"))).compiled.length).toBe(2);
    fs.renameSync(path.join(sandbox.folder, "p"), path.join(sandbox.folder, "q"));
    expect((await build(sandbox, ["*.layers"], at("q"))).compiled).toEqual([]);
  });
});

describe("compiled again is what", () => {
  test.each<[string, (folder: string) => void, readonly string[]]>([
    ["has another text", (folder) => fs.appendFileSync(path.join(folder, "b.layers"), " "), ["b.layers"]],
    ["reads a file that changed", (folder) => fs.writeFileSync(path.join(folder, "w.bin"), "Weights"), ["a.layers"]],
    ["reads a file that is gone", (folder) => fs.rmSync(path.join(folder, "w.bin")), ["a.layers"]],
    ["lacks an output", (folder) => fs.rmSync(path.join(folder, "a.ts")), ["a.layers"]],
    ["has an output that changed", (folder) => fs.appendFileSync(path.join(folder, "b.ts"), "\n"), ["b.layers"]],
  ])("%s", async (_, change, expected) => {
    const sandbox = makeSandbox(project);
    const first = await build(sandbox);
    const outputs = sandbox.contents()["b.ts"];
    change(sandbox.folder);
    const second = await build(sandbox);
    expect({ exitCode: first.exitCode, compiled: second.compiled }).toEqual({ exitCode: 0, compiled: expected });
    if (!expected.includes("b.layers")) expect(sandbox.contents()["b.ts"]).toBe(outputs);
    expect((await build(sandbox)).compiled).toEqual([]);
  });

  test.each([[["--unroll", "none"]], [["--emit", "js"]], [["--weights", "file"]], [["--target", "typescript"]]])(
    "is asked for with %j",
    async (options) => {
      const sandbox = makeSandbox(project);
      await build(sandbox);
      expect((await build(sandbox, ["*.layers", ...options])).compiled.length).toBe(2);
      expect((await build(sandbox, ["*.layers", ...options])).compiled).toEqual([]);
    },
  );

  test("an earlier or later compiler made, or one that can't say which it is", async () => {
    const sandbox = makeSandbox(project);
    await build(sandbox);
    expect((await build(sandbox, ["*.layers"], { id: "2" })).compiled.length).toBe(2);
    const environment = { compilerId: () => undefined };
    expect((await build(sandbox, ["*.layers"], { environment })).compiled.length).toBe(2);
  });

  test("goes to another folder", async () => {
    const sandbox = makeSandbox(project);
    await build(sandbox);
    expect((await build(sandbox, ["*.layers", "--out-dir", "o"])).compiled.length).toBe(2);
    expect((await build(sandbox)).compiled).toEqual([]);
  });

  test("had errors, or is to be explained", async () => {
    const sandbox = makeSandbox({ ...project, "b.layers": "an error" });
    await build(sandbox);
    expect((await build(sandbox)).compiled.length).toBe(2);
    fs.writeFileSync(path.join(sandbox.folder, "b.layers"), "model B");
    await build(sandbox);
    expect((await build(sandbox, ["*.layers", "--explain"])).compiled.length).toBe(2);
  });

  test("an output of other origin is in the way of", async () => {
    const sandbox = makeSandbox(project);
    await build(sandbox);
    fs.writeFileSync(path.join(sandbox.folder, "b.ts"), "// by hand\n");
    const { exitCode, stderr } = await build(sandbox);
    expect(exitCode).toBe(2);
    expect(stderr).toContain("error[output-not-generated]");
  });
});

describe("where the cache is", () => {
  test("--cache-dir chooses it, and --no-cache does without", async () => {
    const sandbox = makeSandbox(project);
    await build(sandbox, ["*.layers", "--no-cache"]);
    expect(fs.existsSync(path.dirname(folderOf(sandbox)))).toBe(false);
    await build(sandbox, ["*.layers", "--cache-dir", "x/y"]);
    expect(fs.readdirSync(path.join(sandbox.folder, "x/y")).length).toBe(2);
    expect(fs.existsSync(path.dirname(folderOf(sandbox)))).toBe(false);
    expect((await build(sandbox, ["*.layers", "--cache-dir", "x/y"])).compiled).toEqual([]);
    expect((await build(sandbox, ["*.layers", "--cache-dir", "x/y", "--no-cache"])).compiled.length).toBe(2);
  });

  test("the nearest project that has node_modules", () => {
    const { folder } = makeSandbox({ ...project, "packages/p/package.json": "{}", "packages/p/m/x": "" });
    const expected = path.join(folder, "node_modules/.cache/layerc");
    expect(cacheFolder(undefined, path.join(folder, "packages/p/m"), nodeFileSystem)).toBe(expected);
    expect(cacheFolder(undefined, path.join(folder, ".."), nodeFileSystem)).toBe(undefined);
  });

  test("nothing is made beside a project without node_modules, or by --check", async () => {
    const { "node_modules/.keep": _, ...bare } = project;
    const sandbox = makeSandbox(bare);
    await build(sandbox);
    expect(fs.readdirSync(sandbox.folder).toSorted()).toEqual([...Object.keys(bare), "a.ts", "b.ts"].toSorted());
    const other = makeSandbox(project);
    await build(other, ["*.layers", "--check"]);
    expect(fs.existsSync(path.join(other.folder, "node_modules/.cache"))).toBe(false);
  });
});

describe("a cache that fails is no failure", () => {
  test("whatever its files hold, a build gives the same", async () => {
    const sandbox = makeSandbox(project);
    await build(sandbox);
    const expected = sandbox.contents();
    const entries = fs.readdirSync(folderOf(sandbox)).map((name) => path.join(folderOf(sandbox), name));
    const sound = entries.map((entry) => fs.readFileSync(entry));
    const damage = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => () => bytes),
      fc
        .double({ min: 0, max: 1, noNaN: true })
        .map((share) => (file: Buffer) => file.subarray(0, file.length * share)),
      fc
        .tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 255 }))
        .map(([share, bits]) => (file: Buffer) => {
          const copy = Buffer.from(file);
          const at = Math.floor(share * file.length);
          copy[at] = (copy[at] as number) ^ bits;
          return copy;
        }),
    );
    await fc.assert(
      fc.asyncProperty(damage, async (change) => {
        entries.forEach((entry, index) => fs.writeFileSync(entry, change(sound[index] as Buffer)));
        fs.writeFileSync(path.join(sandbox.folder, "a.ts"), "");
        const { exitCode, stderr } = await build(sandbox);
        expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
        expect(sandbox.contents()).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test("what a killed build left in it goes with the next one, though nothing is compiled", async () => {
    const sandbox = makeSandbox(project);
    await build(sandbox);
    const entries = fs.readdirSync(folderOf(sandbox));
    const left = path.basename(temporaryName("x", 0)).replace(`-${process.pid}-`, `-${deadProcess()}-`);
    fs.writeFileSync(path.join(folderOf(sandbox), `${left}.tmp`), "half an ent");
    expect((await build(sandbox)).compiled).toEqual([]);
    expect(fs.readdirSync(folderOf(sandbox))).toEqual(entries);
  });

  test("an entry under the name of another is none", async () => {
    const sandbox = makeSandbox(project);
    await build(sandbox);
    const [one, other] = fs.readdirSync(folderOf(sandbox)).map((name) => path.join(folderOf(sandbox), name));
    fs.copyFileSync(one as string, other as string);
    expect((await build(sandbox)).compiled.length).toBe(1);
  });

  test.each(["EACCES", "ENOSPC", "EROFS"])("%s while it is written", async (code) => {
    const sandbox = makeSandbox(project);
    const writeNew: typeof nodeFileSystem.writeNew = (file, content, like) => {
      if (file.includes(".cache")) {
        fs.writeFileSync(file, content.subarray(0, 9));
        throw systemError(code);
      }
      nodeFileSystem.writeNew(file, content, like);
    };
    const { exitCode, stderr } = await build(sandbox, ["*.layers"], { files: { writeNew } });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(fs.readdirSync(folderOf(sandbox))).toEqual([]);
  });

  test("a file or a folder in its place", async () => {
    const sandbox = makeSandbox({ ...project, "node_modules/.cache": "a file" });
    expect((await build(sandbox)).exitCode).toBe(0);
    expect((await build(sandbox)).compiled.length).toBe(2);
    const other = makeSandbox(project);
    await build(other);
    for (const name of fs.readdirSync(folderOf(other))) {
      fs.rmSync(path.join(folderOf(other), name));
      fs.mkdirSync(path.join(folderOf(other), name));
    }
    expect((await build(other)).exitCode).toBe(0);
  });
});

describe("its size is bounded", () => {
  const name = (index: number): string => `${String(index).padStart(43, "0")}.json`;

  test.each([
    ["entries", 2_001, 10, 1_500],
    ["bytes", 40, 2 * 2 ** 20, 24],
  ])("in %s: the oldest go, and nothing else", (_, count, bytes, left) => {
    const { folder } = makeSandbox({ "notes.txt": "mine" });
    for (let index = 0; index < count; index++) {
      const file = fs.openSync(path.join(folder, name(index)), "w");
      // Of that size, without content on the disk.
      fs.ftruncateSync(file, bytes);
      fs.futimesSync(file, 1_000_000 + index, 1_000_000 + index);
      fs.closeSync(file);
    }
    pruneEntries(folder, nodeFileSystem);
    const expected = Array.from({ length: left }, (_entry, index) => name(count - left + index));
    expect(fs.readdirSync(folder).toSorted()).toEqual([...expected, "notes.txt"]);
  });
});
