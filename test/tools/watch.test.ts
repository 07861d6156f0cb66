import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { writeSafetensors } from "../../src/files/write-safetensors.ts";
import { makeSandbox } from "../cli/sandbox.ts";
import { leftovers, makeProject, startLayerc, tenModels, writeFiles } from "./faults/project.ts";
import { startWatch } from "./start-watch.ts";

const compiler = await import("../../src/compile.ts");

const model = (name: string, units = 2): string => `model ${name} {\n  input [4]\n  Dense(${units})\n}\n`;
const importer = 'import { Hidden } from "./blocks.layers"\nmodel Deep {\n  input [4]\n  Hidden(8)\n}\n';
const blocks = (activation: string): string => `block Hidden(units) {\n  Dense(units, activation=${activation})\n}\n`;
const bound = 'model Bound {\n  weights "./w/bound.safetensors"\n  input [2]\n  Dense(1)\n}\n';
const weights = (value: number): Uint8Array =>
  writeSafetensors(
    [
      { name: "dense.kernel", shape: [2, 1], data: Float32Array.of(value, value) },
      { name: "dense.bias", shape: [1], data: Float32Array.of(value) },
    ],
    {},
  );

test("builds all, then what changes, with a line for each", async () => {
  const watch = await startWatch({ "a.layers": model("A"), "m/b.layers": model("B") });
  expect(watch.read("a.ts")).toContain("A: [4] -> [2]");
  expect(watch.read("m/b.ts")).toContain("B: [4] -> [2]");
  watch.write("a.layers", model("A", 3));
  expect(await watch.said(/a\.ts/)).toMatch(/^a\.layers -> a\.ts {2}[\d.]+ k?B\n$/);
  expect(watch.read("a.ts")).toContain("A: [4] -> [3]");

  // The same text again, and files that are no concern.
  watch.write("a.layers", model("A", 3));
  watch.write("a.ts", `${watch.read("a.ts")}\n`);
  watch.write("notes.md", "x");
  watch.write("node_modules/x/c.layers", model("C"));
  watch.write(".hidden/d.layers", model("D"));
  expect(await watch.silence()).toBe("");
  expect(await watch.stop()).toBe(0);
});

test("new, removed and renamed files", async () => {
  const watch = await startWatch({ "a.layers": model("A") });
  watch.write("b.layers", model("B"));
  expect(await watch.said(/b\.ts/)).toMatch(/^b\.layers -> b\.ts/);
  watch.write("deep/er/c.layers", model("C"));
  expect(await watch.said(/c\.ts/)).toMatch(/^deep\/er\/c\.layers -> deep\/er\/c\.ts/);
  fs.rmSync(path.join(watch.folder, "b.layers"));
  expect(await watch.said(/gone/)).toBe("b.layers is gone: b.ts stays\n");
  fs.renameSync(path.join(watch.folder, "deep"), path.join(watch.folder, "moved"));
  const moved = await watch.said(/moved\/er\/c\.layers -> /);
  expect(moved + (await watch.silence())).toContain("deep/er/c.layers is gone: deep/er/c.ts stays\n");
  expect(watch.read("b.ts")).toBeDefined();

  watch.write("moved/er/c.layers", model("C", 5));
  await watch.said(/moved\/er\/c\.ts/);
  expect(watch.read("moved/er/c.ts")).toContain("C: [4] -> [5]");
});

test("all files of a glob may go and come back", async () => {
  const watch = await startWatch({ "m/a.layers": model("A"), "x.txt": "" }, ["m/*.layers"]);
  fs.rmSync(path.join(watch.folder, "m"), { recursive: true });
  expect(await watch.said(/gone/)).toBe("m/a.layers is gone: m/a.ts stays\n");
  watch.write("m/a.layers", model("A", 7));
  await watch.said(/a\.ts/);
  await watch.silence();
  expect(watch.read("m/a.ts")).toContain("A: [4] -> [7]");
  watch.write("m/a.layers", model("A", 8));
  await watch.said(/a\.ts/);
  expect(watch.read("m/a.ts")).toContain("A: [4] -> [8]");
});

test("a plain name is watched while its file is replaced, and missing", async () => {
  const watch = await startWatch({ "a.layers": model("A"), "b.layers": model("B") }, ["a.layers", "b.layers"]);
  const replace = (name: string, text: string): void => {
    watch.write(`${name}.new`, text);
    fs.renameSync(path.join(watch.folder, `${name}.new`), path.join(watch.folder, name));
  };
  for (const units of [3, 4, 5]) {
    replace("a.layers", model("A", units));
    expect(await watch.said(/a\.ts/)).toMatch(/^a\.layers -> a\.ts/);
    expect(watch.read("a.ts")).toContain(`A: [4] -> [${units}]`);
  }
  fs.rmSync(path.join(watch.folder, "a.layers"));
  expect(await watch.said(/gone/)).toBe("a.layers is gone: a.ts stays\n");
  replace("b.layers", model("B", 6));
  expect(await watch.said(/b\.ts/)).toMatch(/^b\.layers -> b\.ts/);
  watch.write("a.layers", model("A", 9));
  await watch.said(/a\.ts/);
  expect(watch.read("a.ts")).toContain("A: [4] -> [9]");
});

test("imports and weight files are followed, wherever they lie", async () => {
  const files = { "p/deep.layers": importer, "p/blocks.layers": blocks("relu"), "p/bound.layers": bound };
  const watch = await startWatch({ ...files, "p/w/bound.safetensors": weights(1) }, [
    "p/deep.layers",
    "p/bound.layers",
  ]);
  watch.write("p/blocks.layers", blocks("tanh"));
  expect(await watch.said(/deep\.ts/)).toMatch(/^p\/deep\.layers -> p\/deep\.ts[^\n]*\n$/);
  expect(watch.read("p/deep.ts")).toContain("tanh");
  const before = watch.read("p/bound.ts");
  watch.write("p/w/bound.safetensors", weights(2));
  expect(await watch.said(/bound\.ts/)).toMatch(/^p\/bound\.layers -> p\/bound\.ts[^\n]*\n$/);
  const after = watch.read("p/bound.ts");
  expect(after).not.toBe(before);

  // Also when they go, with their folder, and come back.
  fs.rmSync(path.join(watch.folder, "p/w"), { recursive: true });
  expect(await watch.said(/not built/)).toContain("Can't read the weight file './w/bound.safetensors': no such file");
  expect(watch.read("p/bound.ts")).toBe(after);
  watch.write("p/w/bound.safetensors", weights(3));
  await watch.said(/bound\.layers -> /);
  await watch.silence();
  expect(watch.read("p/bound.ts")).not.toBe(after);
  watch.write("p/w/bound.safetensors", weights(1));
  await watch.said(/bound\.layers -> /);
  expect(watch.read("p/bound.ts")).toBe(before);
});

describe("a broken state", () => {
  test("prints its diagnostics once, leaves outputs as they were, and ends", async () => {
    const watch = await startWatch({
      "a.layers": importer.replace("Deep", "A"),
      "b.layers": importer.replace("Deep", "B"),
      "c.layers": model("C"),
      "blocks.layers": blocks("relu"),
    });
    const before = [watch.read("a.ts"), watch.read("b.ts")];
    watch.write("blocks.layers", "block Hidden(units) {\n  Dence(units)\n}\n");
    const broken = (await watch.said(/b\.layers is not built/)) + (await watch.silence());
    expect(broken.match(/did you mean 'Dense'/g)?.length).toBe(1);
    expect(broken).toContain("a.layers is not built, 1 error: outputs stay as they were\n");
    expect(broken).toContain("b.layers is not built, 1 error: outputs stay as they were\n");
    expect([watch.read("a.ts"), watch.read("b.ts")]).toEqual(before);
    // The others go on.
    watch.write("c.layers", model("C", 3));
    expect(await watch.said(/c\.ts/)).toMatch(/^c\.layers -> c\.ts[^\n]*\n$/);
    watch.write("blocks.layers", blocks("relu"));
    expect((await watch.said(/b\.ts/)) + (await watch.silence())).toMatch(/a\.ts {2}.*\(unchanged\)\n/);
  });

  test("from the start is no reason to end", async () => {
    const watch = await startWatch({ "a.layers": "model A {", "b.layers": model("B") });
    expect(watch.read("a.ts")).toBeUndefined();
    expect(watch.read("b.ts")).toBeDefined();
    watch.write("a.layers", model("A"));
    await watch.said(/a\.layers -> a\.ts/);
  });

  test("of weights that are half-written passes", async () => {
    const watch = await startWatch({ "bound.layers": bound, "w/bound.safetensors": weights(1) });
    const whole = weights(2);
    const file = fs.openSync(path.join(watch.folder, "w/bound.safetensors"), "w");
    fs.writeSync(file, whole, 0, 20);
    await watch.said(/bound\.layers is not built, 1 error/);
    fs.writeSync(file, whole, 20);
    fs.closeSync(file);
    await watch.said(/bound\.layers -> bound\.ts/);
    expect(watch.read("bound.ts")).toMatch(/\b2\b/);
  });

  test("of an output's place ends when the place is free", async () => {
    const watch = await startWatch({ "a.layers": model("A"), "a.ts": "// by hand\n", "b.layers": model("B") });
    expect(watch.read("a.ts")).toBe("// by hand\n");
    fs.rmSync(path.join(watch.folder, "a.ts"));
    await watch.said(/a\.layers -> a\.ts/);
    expect(watch.read("a.ts")).toContain("A: [4] -> [2]");
  });

  test("of two models with one weight file leaves the first its file", async () => {
    const two = (folder: string): string => bound.replace("./w", folder);
    const files = { "x.layers": two("./w"), "y.layers": model("Y"), "w/bound.safetensors": weights(1) };
    const watch = await startWatch(files, ["*.layers", "--weights", "file"]);
    watch.write("y.layers", two("./w"));
    expect(await watch.said(/y\.layers is not built/)).toContain(
      "'x.layers' and 'y.layers' would both be written to 'bound.weights.safetensors'",
    );
  });
});

test("the config is followed", async () => {
  const config = (units: object): string => JSON.stringify(units);
  const watch = await startWatch(
    {
      "package.json": "{}",
      "layerc.config.json": config({ include: "*.layers" }),
      "a.layers": model("A"),
      "m/b.layers": model("B"),
    },
    [],
  );
  expect(watch.read("m/b.ts")).toBeUndefined();
  watch.write("layerc.config.json", config({ include: "**/*.layers", emit: "js" }));
  await watch.said(/m\/b\.layers -> m\/b\.js, m\/b\.d\.ts/);
  expect(watch.read("a.js")).toBeDefined();
  await watch.silence();
  watch.write("layerc.config.json", config({ inclde: 1 }));
  expect(await watch.said(/did you mean/)).toContain("include");
  watch.write("layerc.config.json", config({ include: "**/*.layers", emit: "js", outDir: "o" }));
  await watch.said(/o\/m\/b\.js/);
});

test("a config that keeps reads within the project, or no longer does, holds for what is built from then on", async () => {
  const config = (sandboxPaths: boolean): string => JSON.stringify({ include: "*.layers", sandboxPaths });
  const outer = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-outside-"));
  onTestFinished(() => fs.rmSync(outer, { recursive: true, force: true }));
  fs.writeFileSync(path.join(outer, "blocks.layers"), blocks("relu"));
  const importing = (folder: string): string =>
    importer.replace("./blocks.layers", `${path.relative(folder, outer).replaceAll("\\", "/")}/blocks.layers`);
  const watch = await startWatch(
    { "package.json": "{}", "layerc.config.json": config(false), "b.layers": model("B") },
    [],
    undefined,
    (folder) => fs.writeFileSync(path.join(folder, "a.layers"), importing(folder)),
  );
  expect(watch.read("a.ts")).toBeDefined();
  await watch.silence();
  watch.write("layerc.config.json", config(true));
  expect(await watch.said(/outside of the project/)).toContain("a.layers");
  await watch.silence();
  watch.write("layerc.config.json", config(false));
  await watch.said(/a\.layers/);
  watch.write("a.layers", importing(watch.folder).replace("Hidden(8)", "Hidden(9)"));
  await watch.said(/a\.layers -> a\.ts/);
  expect(watch.read("a.ts")).toContain("[4] -> [9]");
});

test("what a glob leaves out is told once", async () => {
  const watch = await startWatch({ "a.layers": model("A") }, ["*.layers"], undefined, (folder) => {
    const name = Buffer.concat([Buffer.from(`${folder}/bad`), Buffer.from([0xff]), Buffer.from(".layers")]);
    fs.writeFileSync(name, "");
  });
  expect(watch.begun).toContain("warning[input-name-not-utf8]: 'bad\uFFFD.layers' is left out");
  watch.write("a.layers", model("A", 3));
  expect(await watch.said(/a\.ts/)).not.toContain("left out");
});

test.each([1, 2, 3])("whatever happens to files, outputs end as a build gives them (%i)", async (seed) => {
  const watch = await startWatch({ "a.layers": importer, "blocks.layers": blocks("relu"), "m/b.layers": model("B") });
  let state = seed;
  const below = (bound: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * bound);
  };
  const at = (name: string): string => path.join(watch.folder, name);
  const names = ["a.layers", "blocks.layers", "m/b.layers", "m/c.layers", "n/o/d.layers"];
  const texts = [importer, blocks("tanh"), model("B", 3), "model B {", "", "import", model("C", 4)];
  for (let step = 0; step < 60; step++) {
    const [one, other] = [names[below(names.length)] as string, names[below(names.length)] as string];
    const action = below(5);
    if (action === 0) fs.rmSync(at(one), { force: true });
    else if (action === 1 && fs.existsSync(at(one)) && fs.existsSync(path.dirname(at(other))))
      fs.renameSync(at(one), at(other));
    else if (action === 2) fs.rmSync(path.dirname(at("m/b.layers")), { recursive: true, force: true });
    else watch.write(one, texts[below(texts.length)] as string);
    await setTimeout(below(4) === 0 ? below(300) : 0);
  }
  const last = {
    "a.layers": importer,
    "blocks.layers": blocks("elu"),
    "m/b.layers": model("B", 5),
    "m/c.layers": model("C", 6),
    "n/o/d.layers": model("D", 7),
  };
  for (const [name, text] of Object.entries(last)) watch.write(name, text);

  const fresh = makeSandbox(last);
  expect((await fresh.run(["build", "**/*.layers"], { compiler })).exitCode).toBe(0);
  const outputs = Object.entries(fresh.contents()).filter(([name]) => name.endsWith(".ts"));
  const differing = (): readonly string[] =>
    outputs.filter(([name, text]) => watch.read(name) !== text).map(([name]) => name);
  await expect.poll(differing).toEqual([]);
});

test("a document for each rebuild with --format json", async () => {
  const watch = await startWatch({ "a.layers": model("A") }, ["*.layers", "--format", "json"], /"a\.layers"/);
  watch.write("a.layers", "model A {");
  const [line = "", ...more] = (await watch.said(/\n/)).split("\n");
  expect(more).toEqual([""]);
  expect(JSON.parse(line)).toMatchObject({ command: "build", exitCode: 1, source: "a.layers", outputs: [] });
  watch.write("a.layers", model("A", 3));
  expect(JSON.parse(await watch.said(/\n/))).toMatchObject({
    exitCode: 0,
    source: "a.layers",
    outputs: [{ path: "a.ts", state: "stale", cached: false }],
  });
});

test.each([
  [["missing.layers"], "Can't read 'missing.layers'"],
  [["*.none"], "No model file matches"],
  [["a.layers", "--out-dir", "a.layers"], "--out-dir 'a.layers' can't be used"],
])("a command line that is wrong ends at once: %j", async (argv, message) => {
  const sandbox = makeSandbox({ "a.layers": "model A" });
  const { exitCode, stderr } = await sandbox.run(["build", "--watch", ...argv]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});

describe("as a process", () => {
  async function start(
    argv: readonly string[] = [],
  ): Promise<ReturnType<typeof startLayerc> & { readonly project: string }> {
    const project = makeProject(tenModels(1));
    const started = startLayerc(project, ["build", "--watch", "*.layers", ...argv]);
    onTestFinished(() => void started.child.kill("SIGKILL"));
    await expect.poll(started.output).toMatch(/m9\.layers\b/);
    return { ...started, project };
  }

  test.each(["SIGINT", "SIGTERM"] as const)("ends with code 0 on %s, also while it builds", async (signal) => {
    const idle = await start();
    expect(idle.output()).toMatch(/m0\.layers -> m0\.ts[^]*m9\.layers -> m9\.ts/);
    idle.child.kill(signal);
    expect(await idle.done).toMatchObject({ status: 0, signal: null, stderr: "" });

    const busy = await start();
    writeFiles(busy.project, tenModels(2));
    await setTimeout(200);
    busy.child.kill(signal);
    expect(await busy.done).toMatchObject({ status: 0, signal: null, stderr: "" });
    expect(leftovers(busy.project)).toEqual([]);
  });

  test("ends when nobody reads what it prints any more", async () => {
    const { child, done, project } = await start();
    child.stdout?.destroy();
    writeFiles(project, tenModels(2));
    expect(await done).toMatchObject({ status: 0, signal: null });
  });
});
