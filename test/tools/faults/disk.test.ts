import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { cli, contents, layerc, leftovers, makeProject, outputsOf, tenModels, writeFiles } from "./project.ts";

const argv = ["build", "*.layers", "--weights", "file"];

describe("a full disk", () => {
  const why = whyNoDisk();
  if (why !== undefined) console.warn(`SKIPPED: builds on a full disk, because ${why}`);

  test.skipIf(why !== undefined)("gives a message and leaves outputs as they were, until there is space", () => {
    const project = makeProject({});
    expect(mount(project, "2m")).toBe(0);
    onTestFinished(() => void spawnSync("umount", [project]));
    writeFiles(project, tenModels(1));
    expect(layerc(project, argv)).toMatchObject({ status: 0, stderr: "" });
    const before = outputsOf(project);

    // Another state whose outputs are of the same size, and no room to write them beside the old ones.
    writeFiles(project, tenModels(2));
    const filler = path.join(project, "filler");
    for (const free of [0, 10_000, 100_000]) {
      fillDisk(filler, free);
      const full = layerc(project, argv);
      expect({ status: full.status, stdout: full.stdout }).toEqual({ status: 2, stdout: "" });
      expect(full.stderr).toMatch(/^error\[output-unwritable\]: Can't write '.*': the disk is full\n\n1 error\n$/);
      expect(outputsOf(project)).toEqual(before);
      expect(leftovers(project)).toEqual([]);
    }

    fs.rmSync(filler);
    expect(layerc(project, argv)).toMatchObject({ status: 0, stderr: "" });
    expect(outputsOf(project)).not.toEqual(before);
  });

  test.skipIf(why !== undefined)("of the cache is no failure", () => {
    const project = makeProject({ "package.json": "{}", "node_modules/.cache/layerc/.keep": "", ...tenModels(1) });
    const cache = path.join(project, "node_modules/.cache/layerc");
    expect(mount(cache, "64k")).toBe(0);
    onTestFinished(() => void spawnSync("umount", [cache]));
    fillDisk(path.join(cache, "filler"), 0);
    expect(layerc(project, argv)).toMatchObject({ status: 0, stderr: "" });
    expect(fs.readdirSync(cache)).toEqual(["filler"]);
  });
});

describe("without permission", () => {
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const runs = spawnSync(process.execPath, [cli, "--version"], { ...nobody, cwd: "/" }).status === 0;
  if (!runs) console.warn("SKIPPED: builds of an unprivileged user, because that user can't reach this checkout");

  /** A project whose folders and files belong to another user than the one who builds. */
  function foreignProject(): string {
    const project = makeProject({ "package.json": "{}", "node_modules/.keep": "", ...tenModels(1) });
    fs.chmodSync(project, 0o755);
    return project;
  }

  /** Makes what lies below a folder unwritable, also for one who owns it. */
  function lock(folder: string): void {
    fs.chmodSync(folder, 0o555);
    onTestFinished(() => fs.chmodSync(folder, 0o755));
  }

  test.skipIf(!runs)("to write to a folder, a build gives a message and changes nothing", () => {
    const project = foreignProject();
    expect(layerc(project, argv).status).toBe(0);
    writeFiles(project, tenModels(2));
    const before = contents(project);
    lock(project);
    const { status, stdout, stderr } = layerc(project, argv, nobody);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(/^error\[output-unwritable\]: Can't write 'm0\.ts': permission denied\n/);
    expect(contents(project)).toEqual(before);
    // To look is enough for --check.
    expect(layerc(project, [...argv, "--check"], nobody).status).toBe(1);
  });

  test.skipIf(!runs)("to one of two folders, nothing is written to the other", () => {
    const project = foreignProject();
    for (const folder of ["a", "b"]) {
      writeFiles(path.join(project, folder), tenModels(1));
      fs.chmodSync(path.join(project, folder), 0o777);
    }
    lock(path.join(project, "b"));
    const before = contents(project);
    const { status, stderr } = layerc(project, ["build", "*/*.layers"], nobody);
    expect(status).toBe(2);
    expect(stderr).toContain("Can't write 'b/m0.ts': permission denied");
    expect(contents(project)).toEqual(before);
  });

  test.skipIf(!runs)("to write to the cache, a build works without", () => {
    const project = foreignProject();
    fs.mkdirSync(path.join(project, "o"));
    fs.chmodSync(path.join(project, "o"), 0o777);
    lock(path.join(project, "node_modules"));
    expect(layerc(project, [...argv, "--out-dir", "o"], nobody)).toMatchObject({ status: 0, stderr: "" });
    expect(fs.readdirSync(path.join(project, "o")).length).toBe(20);
    expect(fs.readdirSync(path.join(project, "node_modules"))).toEqual([".keep"]);
  });

  test.skipIf(!runs)("to read a model or its weights, a build says which", () => {
    const project = foreignProject();
    fs.chmodSync(project, 0o777);
    fs.chmodSync(path.join(project, "m3.layers"), 0o000);
    expect(layerc(project, argv, nobody)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("Can't read 'm3.layers': permission denied"),
    });
    fs.chmodSync(path.join(project, "m3.layers"), 0o644);
    fs.chmodSync(path.join(project, "m4.safetensors"), 0o000);
    expect(layerc(project, argv, nobody)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("Can't read the weight file 'm4.safetensors': permission denied"),
    });
    fs.chmodSync(path.join(project, "m4.safetensors"), 0o644);
    expect(outputsOf(project)).toEqual({});
  });
});

/** Why no small disk can be made here; undefined where it can. */
function whyNoDisk(): string | undefined {
  if (process.platform !== "linux") return "tmpfs is known to Linux only";
  if (process.getuid?.() !== 0) return "only root can mount one";
  const folder = fs.mkdtempSync("/tmp/layerc-mount-");
  const mounted = mount(folder, "64k") === 0;
  if (mounted) spawnSync("umount", [folder]);
  fs.rmdirSync(folder);
  return mounted ? undefined : "this system lets nobody mount one";
}

function mount(folder: string, size: string): number | null {
  return spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]).status;
}

/** Writes a file until a disk has no more than about `free` bytes. */
function fillDisk(filler: string, free: number): void {
  fs.rmSync(filler, { force: true });
  const file = fs.openSync(filler, "w");
  const block = Buffer.alloc(4096);
  try {
    for (;;) fs.writeSync(file, block);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
  } finally {
    fs.closeSync(file);
  }
  fs.truncateSync(filler, Math.max(0, fs.statSync(filler).size - free));
}
