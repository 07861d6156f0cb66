import fs from "node:fs";
import { isBuiltin } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (name: string): string => fs.readFileSync(path.join(root, name), "utf8");
const { dependencies, peerDependencies } = JSON.parse(read("package.json")) as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
};

function filesBelow(folder: string, ending: string): readonly string[] {
  const names = fs.readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(ending)).map((name) => `${folder}/${name}`);
}

/** The packages that files load, types aside where they are erased. */
function packagesIn(files: readonly string[], pattern: RegExp): readonly string[] {
  const names = files.flatMap((file) => [...read(file).matchAll(pattern)].map(([, name = ""]) => name));
  const packages = names
    .filter((name) => !name.startsWith(".") && !isBuiltin(name))
    .map((name) => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
  return [...new Set(packages)].toSorted();
}

const importedTypes = /(?:\bfrom |\bimport\(|^import )"([^"\s]+)"/gm;

/** Templates of texts have imports of their own. */
function isInstalled(name: string): boolean {
  return fs.existsSync(path.join(root, "node_modules", name));
}

/** The sections of the file of licences, by the name of the package. */
function licenses(): ReadonlyMap<string, string> {
  const sections = read("dist/THIRD-PARTY-LICENSES.txt").split(`\n\n${"-".repeat(80)}\n\n`);
  return new Map(sections.map((section) => [/^(\S+) \d/.exec(section)?.[1] ?? "", section]));
}

test("every package that is bundled is there with the text of its licence", () => {
  const sources = [...filesBelow("src", ".ts"), ...filesBelow("grammar", ".ts")];
  const loaded = packagesIn(sources, /^(?:import|export) (?!type )[^;]*?from "([^"]+)";$/gm);
  const dynamic = packagesIn(sources, /\bimport\("([^"]+)"\)/g);
  const bundled = [...new Set([...loaded, ...dynamic])].filter((name) => !(name in dependencies) && isInstalled(name));
  const texts = licenses();
  expect(bundled).toEqual(expect.arrayContaining(["@bufbuild/protobuf", "chevrotain", "h5wasm", "prettier"]));
  expect(bundled.filter((name) => !texts.has(name))).toEqual([]);
  const textless = [...texts].filter(
    ([, text]) => text.length < 500 || !/permi(?:t|ssion)|license/i.test(text.slice(100)),
  );
  expect(textless.map(([name]) => name)).toEqual([]);
  expect(texts.get("@bufbuild/protobuf")).toMatch(/Apache License[^]*Copyright 2008 Google Inc\./);
});

test("declarations name no package that is not installed with layerc", () => {
  const declarations = filesBelow("dist/types", ".d.ts");
  expect(declarations).toContain("dist/types/src/index.d.ts");
  // Who takes the plugin has Prettier.
  const ofPlugin = packagesIn(["dist/types/src/format/prettier-plugin.d.ts"], importedTypes);
  expect(ofPlugin).toEqual(["prettier"]);
  const others = declarations.filter((name) => !name.endsWith("/prettier-plugin.d.ts"));
  expect(packagesIn(others, importedTypes).filter((name) => !(name in dependencies))).toEqual([]);
  expect(Object.keys(peerDependencies)).toEqual(ofPlugin);
});
