import { execFileSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { unzipSync } from "fflate";
import { describe, expect, onTestFinished, test } from "vitest";
import { version } from "../../../src/version.ts";
import { example, vsix } from "./installed.ts";

const root = new URL("../../../", import.meta.url);
const files = unzipSync(fs.readFileSync(vsix));
const textOf = (name: string): string => Buffer.from(files[name] ?? []).toString();
const manifest = JSON.parse(textOf("extension/package.json")) as Readonly<Record<string, unknown>>;

describe("the packed extension for VS Code", () => {
  test("has the version of layerc, in all its manifests", () => {
    expect(manifest["version"]).toBe(version);
    expect(textOf("extension.vsixmanifest")).toContain(`Version="${version}" Publisher="layerc"`);
    expect(JSON.parse(textOf("extension/layerc/package.json"))).toMatchObject({ version });
  });

  test("has all files that its manifests name, and nothing of the sources", () => {
    const named = [...JSON.stringify(manifest).matchAll(/"(\.\/[^"]+|icons\/[^"]+)"/g)].map(([, name = ""]) => name);
    expect(named.length).toBeGreaterThanOrEqual(7);
    const assets = [...textOf("extension.vsixmanifest").matchAll(/Path="([^"]+)"/g)].map(([, name]) => name as string);
    const wanted = [...named.map((name) => path.posix.join("extension", name)), ...assets];
    expect(Object.keys(files)).toEqual(expect.arrayContaining(wanted));
    expect(Object.keys(files).filter((name) => /\.ts$|\/src\/|\.map$/.test(name))).toEqual([]);
    for (const [, name = ""] of textOf("extension/README.md").matchAll(/\]\(([^)]+)\)/g)) {
      expect(files[`extension/${name}`], name).toBeDefined();
    }
  });

  test("has the grammar as it is generated, and the command line as it is on npm", () => {
    const same = { "layers.tmLanguage.json": "grammar/layers.tmLanguage.json", "layerc/dist/cli.js": "dist/cli.js" };
    for (const [packed, file] of Object.entries(same)) {
      expect(textOf(`extension/${packed}`)).toBe(fs.readFileSync(new URL(file, root), "utf8"));
    }
  });

  test("says whose code is bundled", () => {
    expect(textOf("extension/THIRD-PARTY-LICENSES.txt")).toMatch(/^vscode-languageclient 1\d\.\S+ \(MIT\)$/m);
  });

  test("takes few megabytes", () => {
    expect(fs.statSync(vsix).size).toBeLessThan(4e6);
  });

  test("builds and formats by itself, for WebAssembly too and with a config in TypeScript", () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-vsix-"));
    onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
    for (const [name, content] of Object.entries(files)) {
      if (!name.startsWith("extension/layerc/")) continue;
      const file = path.join(folder, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, content);
    }
    const project = path.join(folder, "project");
    fs.mkdirSync(project);
    for (const name of ["iris.layers", "iris.keras"]) fs.writeFileSync(path.join(project, name), example(name));
    fs.writeFileSync(path.join(project, "layerc.config.mts"), 'export default { target: "wasm" as const };\n');
    const cli = path.join(folder, "extension/layerc/dist/cli.js");
    const run = (...argv: readonly string[]): string =>
      execFileSync(process.execPath, [cli, ...argv], { cwd: project, encoding: "utf8" });
    expect(run("build", "iris.layers")).toMatch(/iris\.layers -> iris\.m?ts/);
    expect(run("build", "iris.keras", "--emit", "js")).toContain("iris.keras -> iris.js");
    fs.writeFileSync(path.join(project, "a.layers"), "model A{input [1] Dense(2)}");
    run("format", "a.layers");
    expect(fs.readFileSync(path.join(project, "a.layers"), "utf8")).toBe("model A {\n  input [1]\n  Dense(2)\n}\n");
  });
});
