import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { nodeFileSystem } from "../../src/node/file-system.ts";
import { walkGlob } from "../../src/node/walk-glob.ts";
import { makeSandbox } from "../cli/sandbox.ts";

const tree = {
  "top.layers": "",
  "a/one.layers": "",
  "a/b/two.layers": "",
  "a/b/three.keras": "",
  "a/.hidden/four.layers": "",
  "a/node_modules/p/five.layers": "",
  ".dot.layers": "",
  "other/six.layers": "",
};

test.each<readonly [pattern: string, found: readonly string[]]>([
  ["*.layers", ["top.layers"]],
  ["**/*.layers", ["a/b/two.layers", "a/one.layers", "other/six.layers", "top.layers"]],
  ["**", ["a/b/three.keras", "a/b/two.layers", "a/one.layers", "other/six.layers", "top.layers"]],
  ["a/*", ["a/one.layers"]],
  ["*/*.layers", ["a/one.layers", "other/six.layers"]],
  ["*/b/*.{layers,keras}", ["a/b/three.keras", "a/b/two.layers"]],
  ["{a/b,other}/*.layers", ["a/b/two.layers", "other/six.layers"]],
  ["a/**/t*.layers", ["a/b/two.layers"]],
  ["**/.hidden/*.layers", ["a/.hidden/four.layers"]],
  [".*.layers", [".dot.layers"]],
  ["**/node_modules/**/*.layers", []],
  ["[^t]*/**/*.layers", ["a/b/two.layers", "a/one.layers", "other/six.layers"]],
  ["none/**", []],
])("%s", (pattern, found) => {
  const { folder } = makeSandbox(tree);
  expect(walkGlob(folder, pattern, nodeFileSystem)).toEqual({ files: found, unnamed: [] });
});

test("links in circles are gone through once, and a file that they lead to is found once", () => {
  const { folder } = makeSandbox(tree);
  const link = (to: string, at: string): void => fs.symlinkSync(to, path.join(folder, at));
  link(".", "a/self");
  link("../..", "a/b/up");
  link("../other", "a/there");
  link("../a", "other/here");
  link("one.layers", "a/again.layers");
  link("nowhere", "a/dangling.layers");
  const listed: string[] = [];
  const files = {
    ...nodeFileSystem,
    entries(name: string) {
      listed.push(name);
      return nodeFileSystem.entries(name);
    },
  };
  expect(walkGlob(folder, "**/*.layers", files).files).toEqual([
    "a/b/two.layers",
    "a/one.layers",
    "other/six.layers",
    "top.layers",
  ]);
  expect(listed.length).toBeLessThan(40);
});

test("what lies behind a link only is found by it", () => {
  const { folder } = makeSandbox({ "m/x": "", "away/deep/one.layers": "", "two.layers": "" });
  fs.symlinkSync("../away", path.join(folder, "m/link"));
  fs.symlinkSync("../two.layers", path.join(folder, "m/two.layers"));
  expect(walkGlob(path.join(folder, "m"), "**/*.layers", nodeFileSystem).files).toEqual([
    "link/deep/one.layers",
    "two.layers",
  ]);
});

test("links that multiply without circles are given up after a bound", () => {
  const { folder } = makeSandbox({});
  const levels = 20;
  for (let level = 0; level <= levels; level++) fs.mkdirSync(path.join(folder, `l${level}`));
  for (let level = 0; level < levels; level++) {
    for (const name of ["x", "y"]) fs.symlinkSync(`../l${level + 1}`, path.join(folder, `l${level}`, name));
  }
  let listed = 0;
  const entries = new Map<string, ReturnType<typeof nodeFileSystem.entries>>();
  const files = {
    ...nodeFileSystem,
    kind: (): "folder" => "folder",
    entries(name: string) {
      listed++;
      const known = entries.get(name) ?? nodeFileSystem.entries(name);
      entries.set(name, known);
      return known;
    },
  };
  expect(walkGlob(folder, "l0/**/*.layers", files, 500).beyond).toMatch(/^l0\//);
  expect(listed).toBe(500);
});

test("a folder that can't be read has no files, and stops nobody", () => {
  const { folder } = makeSandbox(tree);
  const files = {
    ...nodeFileSystem,
    entries(name: string) {
      if (name.endsWith("/b")) throw new Error("EACCES");
      return nodeFileSystem.entries(name);
    },
  };
  expect(walkGlob(folder, "a/**/*.layers", files).files).toEqual(["a/one.layers"]);
});

const bytes = (text: string): Buffer => Buffer.concat([Buffer.from(text), Buffer.from([0xff]), Buffer.from(".layers")]);

test.skipIf(process.platform !== "linux")("a name that is not UTF-8 is a warning beside the other files", async () => {
  const sandbox = makeSandbox({ "m/a.layers": "model A", "m/gr\uFFFDn.layers": "model B" });
  fs.writeFileSync(bytes(path.join(sandbox.folder, "m/bad")), "model C");
  fs.writeFileSync(Buffer.concat([bytes(path.join(sandbox.folder, "m/bad")), Buffer.from(".txt")]), "");
  for (const command of [["check"], ["build"], ["build", "--list-outputs"], ["types"]]) {
    const { exitCode, stderr } = await sandbox.run([...command, "m/*.layers"]);
    expect({ exitCode, stderr }, command.join(" ")).toEqual({
      exitCode: 0,
      stderr: `warning[input-name-not-utf8]: 'm/bad\uFFFD.layers' is left out: its name is not UTF-8\n  = help: give it another name\n\n1 warning\n`,
    });
  }
});
