import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { cli, layerc, makeProject, writeFiles } from "./faults/project.ts";

const blocks = "block Hidden(units) {\n  Dense(units, activation=relu)\n}\n";
/** Names that mean something to make and to ninja. */
const importer = (file: string): string =>
  `import { Hidden } from "./${file}"\nmodel Deep {\n  input [4]\n  Hidden(8)\n  Dense(2)\n}\n`;
const odd = [
  "with space.layers",
  "dollar$HOME$$.layers",
  "hash#tag.layers",
  "per\\cent.layers",
  "a:b.layers",
  "é,ü!.layers",
];

function run(folder: string, tool: string, ...argv: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(tool, argv, { cwd: folder, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return stdout;
}

const has = (tool: string): boolean => spawnSync(tool, ["--version"]).status === 0;
for (const tool of ["make", "ninja"])
  if (!has(tool)) console.warn(`SKIPPED: depfiles in ${tool}, which is not installed`);

/** A project, and how a build graph's tool builds it: answers whether anything was to do. */
interface Graph {
  readonly folder: string;
  build(): boolean;
}

function makeGraph(): Graph {
  const folder = makeProject({
    "deep.layers": importer("blocks.layers"),
    "blocks.layers": blocks,
    Makefile: `deep.ts: deep.layers\n\t"${process.execPath}" "${cli}" build deep.layers --depfile deep.d\n-include deep.d\n`,
  });
  return { folder, build: () => !run(folder, "make").includes("is up to date") };
}

function ninjaGraph(): Graph {
  const folder = makeProject({
    "deep.layers": importer("blocks.layers"),
    "blocks.layers": blocks,
    "build.ninja": [
      "rule layerc",
      `  command = "${process.execPath}" "${cli}" build $in --depfile $out.d`,
      "  depfile = $out.d",
      "  deps = gcc",
      "build deep.ts: layerc deep.layers",
      "",
    ].join("\n"),
  });
  return { folder, build: () => !run(folder, "ninja").includes("no work to do") };
}

describe.each([
  ["make", makeGraph],
  ["ninja", ninjaGraph],
])("%s builds what changed, and nothing else", (tool, create) => {
  test.skipIf(!has(tool))("by the depfile", () => {
    const { folder, build } = create();
    const text = (): string => fs.readFileSync(path.join(folder, "deep.ts"), "utf8");
    expect(build()).toBe(true);
    expect(build()).toBe(false);

    const before = text();
    later(folder, { "blocks.layers": blocks.replace("relu", "tanh") });
    expect(build()).toBe(true);
    expect(text()).not.toBe(before);
    expect(build()).toBe(false);

    // What was only touched is built once, though its output stays the same.
    later(folder, { "blocks.layers": blocks.replace("relu", "tanh") });
    expect(build()).toBe(true);
    expect(build()).toBe(false);

    // An import that is gone is no missing rule.
    later(folder, { "deep.layers": importer("other.layers"), "other.layers": blocks });
    fs.rmSync(path.join(folder, "blocks.layers"));
    expect(build()).toBe(true);
    expect(build()).toBe(false);
    later(folder, { "other.layers": blocks.replace("relu", "elu") });
    expect(build()).toBe(true);
  });

  test.skipIf(!has(tool)).each(odd)("by a depfile that names %s", (name) => {
    const { folder, build } = create();
    writeFiles(folder, { "deep.layers": importer(name.replaceAll("\\", "\\\\")), [name]: blocks });
    expect(build()).toBe(true);
    expect(build()).toBe(false);
    later(folder, { [name]: blocks.replace("relu", "tanh") });
    expect(build()).toBe(true);
    expect(build()).toBe(false);
  });
});

test.skipIf(!has("make"))("make knows outputs by the names of a depfile", () => {
  const inputs = odd.filter((name) => !name.includes("\\")).map((name) => path.join("m", name));
  const folder = makeProject(Object.fromEntries(inputs.map((name) => [name, "model A { input [2] Dense(2) }"])));
  writeFiles(folder, { Makefile: "all:\n-include d\n" });
  expect(layerc(folder, ["build", ...inputs, "--depfile", "d"])).toMatchObject({ status: 0, stderr: "" });
  const database = run(folder, "make", "-p", "-n");
  for (const name of inputs) expect(database).toContain(`${name.replace(/\.layers$/, ".ts")}: ${name}`);
});

/** Writes files that are younger than all that was made so far, by any clock. */
function later(folder: string, files: Readonly<Record<string, string>>): void {
  writeFiles(folder, files);
  const others = fs.readdirSync(folder).filter((name) => !(name in files));
  const past = new Date(Date.now() - 10_000);
  for (const name of others) {
    const file = path.join(folder, name);
    const { mtimeMs } = fs.statSync(file);
    // All others keep their order.
    fs.utimesSync(file, past, new Date(mtimeMs - 10_000));
  }
}
