import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { nodeFileSystem, type FileSystem } from "../../src/node/file-system.ts";
import { temporaryName, temporaryOwner } from "../../src/node/temporary-name.ts";
import { fakeModule } from "../cli/fake-compiler.ts";
import { makeSandbox, type Sandbox } from "../cli/sandbox.ts";
import { deadProcess } from "../support/dead-process.ts";

const generated = (text: string, name: string): string => fakeModule(name, text);

/** The name of a temporary file of this system, of another process. */
function nameOf(process_: number, index = 0): string {
  return `${path.basename(temporaryName("x", index)).replace(`-${process.pid}-`, `-${process_}-`)}.tmp`;
}

describe("what killed builds leave", () => {
  test("goes with the next build, also where nothing is to be written", async () => {
    const dead = deadProcess();
    const left = { [nameOf(dead)]: "half a fi", [nameOf(dead, 1).replace(".tmp", ".old.tmp")]: "an old file" };
    const sandbox = makeSandbox({ "a.layers": "model A", "o/a.ts": "" });
    const leave = (): void => {
      for (const [name, text] of Object.entries(left)) fs.writeFileSync(path.join(sandbox.folder, "o", name), text);
    };
    for (const _ of ["written", "unchanged"]) {
      leave();
      expect((await sandbox.run(["build", "a.layers", "--out-dir", "o"])).exitCode).toBe(0);
      expect(fs.readdirSync(path.join(sandbox.folder, "o"))).toEqual(["a.ts"]);
    }
    leave();
    await sandbox.run(["build", "a.layers", "--out-dir", "o", "--check"]);
    expect(fs.readdirSync(path.join(sandbox.folder, "o")).length).toBe(3);
  });

  test("stays while its process may be at work, and so does everything else", async () => {
    const otherSystem = nameOf(1).replace(/-[0-9a-f]{8}-/, "-00000000-");
    const names = [
      nameOf(process.pid),
      otherSystem,
      ".layerc-notes.tmp",
      `.layerc-${deadProcess()}-0.tmp`,
      nameOf(deadProcess()).replace(/\.tmp$/, ".ts"),
      `x${nameOf(deadProcess())}`,
    ];
    const sandbox = makeSandbox({ "a.layers": "model A", ...Object.fromEntries(names.map((name) => [name, ""])) });
    await sandbox.run(["build", "a.layers"]);
    expect(Object.keys(sandbox.contents())).toEqual(["a.layers", "a.ts", ...names].toSorted());

    // An hour later no build is still at it.
    const old = new Date(Date.now() - 2 * 3_600_000);
    for (const name of names) fs.utimesSync(path.join(sandbox.folder, name), old, old);
    await sandbox.run(["build", "a.layers"]);
    expect(Object.keys(sandbox.contents())).toEqual(["a.layers", "a.ts", ...names.slice(2)].toSorted());
  });

  test("names of temporary files are each their own, and tell whose they are", () => {
    const names = Array.from({ length: 100 }, () => temporaryName("/m/a.ts", 0));
    expect(new Set(names).size).toBe(100);
    expect(path.dirname(names[0] as string)).toBe("/m");
    expect(temporaryOwner(`${path.basename(names[0] as string)}.tmp`)).toMatchObject({ process: process.pid });
  });
});

/** Changes of a file system, one by one; at the given one the process is killed: nothing is done from there on. */
function killedAt(step: number): { readonly files: Partial<FileSystem>; reached(): boolean } {
  let at = 0;
  const or =
    <Arguments extends readonly unknown[]>(action: (...given: Arguments) => void) =>
    (...given: Arguments): void => {
      at += 1;
      if (at >= step) throw Object.assign(new Error("killed"), { code: "EIO" });
      action(...given);
    };
  const { writeNew, rename, link, remove, makeFolder, removeEmptyFolder } = nodeFileSystem;
  return {
    files: {
      // Half of a file may be there.
      writeNew: (file, content, like) => {
        at += 1;
        if (at > step) throw Object.assign(new Error("killed"), { code: "EIO" });
        writeNew(file, at === step ? content.subarray(0, content.length >> 1) : content, like);
        if (at === step) throw Object.assign(new Error("killed"), { code: "EIO" });
      },
      rename: or(rename),
      link: or(link),
      remove: or(remove),
      makeFolder: or(makeFolder),
      removeEmptyFolder: or(removeEmptyFolder),
    },
    reached: () => at >= step,
  };
}

/** As if this process had died: its temporary files get the number of one that did. */
function forgetProcess(sandbox: Sandbox, dead: number): void {
  for (const name of Object.keys(sandbox.contents())) {
    const file = path.join(sandbox.folder, name);
    if (temporaryOwner(path.basename(name)) === undefined) continue;
    fs.renameSync(file, file.replace(`-${process.pid}-`, `-${dead}-`));
  }
}

test.each([
  ["on a disk with hard links", false],
  ["on a disk without", true],
])("a build that is killed at any step leaves whole files, and the next one recovers, %s", async (_, withoutLinks) => {
  const dead = deadProcess();
  const sources = { "a.layers": "model A", "b.layers": "model B", "m/c.layers": "model C" };
  const old = { "a.ts": generated("older", "a"), "m/c.ts": generated("older", "c") };
  const made = {
    "a.ts": generated("model A", "a"),
    "b.ts": generated("model B", "b"),
    "m/c.ts": generated("model C", "c"),
  };
  let leftovers = 0;
  let step = 1;
  for (; ; step++) {
    const sandbox = makeSandbox({ ...sources, ...old });
    const killed = killedAt(step);
    const noLinks = (): never => {
      throw Object.assign(new Error("no links"), { code: "EPERM" });
    };
    const files = { ...killed.files, ...(withoutLinks ? { link: noLinks } : {}) };
    await sandbox.run(["build", "**/*.layers"], { files });
    if (!killed.reached()) break;
    const after = sandbox.contents();
    for (const [name, text] of Object.entries(made)) {
      expect([old[name as keyof typeof old], text], `${name} after step ${step}`).toContain(after[name]);
    }
    leftovers += Object.keys(after).length > 6 ? 1 : 0;
    forgetProcess(sandbox, dead);
    expect((await sandbox.run(["build", "**/*.layers"])).exitCode).toBe(0);
    expect(sandbox.contents()).toEqual({ ...sources, ...made });
  }
  // The test can fail: there were steps, and some left something to clean up.
  expect(step).toBeGreaterThan(8);
  expect(leftovers).toBeGreaterThan(3);
});
