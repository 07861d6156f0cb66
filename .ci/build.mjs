// Makes everything that `bin` and `exports` of package.json name, into dist/:
//   index.js, cli.js   ESM bundles of the library and of the command, with common chunks. Libraries are bundled as far as they
//                      are used, which keeps what is installed small, and a check of a model from loading hundreds of modules;
//                      Prettier and h5wasm are chunks that load only when used. fflate, jiti and wabt stay packages, and load
//                      only when used too.
//   language-server/   an ESM bundle for browsers, and the module of a worker, on the same chunks
//   plugins/           one ESM bundle for each bundler, and one for Prettier, on the same chunks; `unplugin` stays a package, whose
//                      loaders webpack finds by their paths
//   types/             type declarations, those that the entries need
//   THIRD-PARTY-LICENSES.txt
// With --if-changed only when what it is made from, or what lies in dist/, is not as after the last time.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { esmExternalRequirePlugin } from "rolldown/plugins";
import { minifySync } from "rolldown/utils";
import { bundlePrettierConfigs } from "./prettier-configs.mjs";
import { thirdPartyLicenses } from "./third-party-licenses.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = path.join(root, "dist");

const outputs = ["index.js", "cli.js", "language-server", "plugins", "chunks", "types", "THIRD-PARTY-LICENSES.txt"];
const stamp = path.join(root, "node_modules/.cache/layerc-build");
if (process.argv.includes("--if-changed") && readStamp() === digest()) process.exit(0);

rmSync(stamp, { force: true });
for (const made of outputs) rmSync(path.join(dist, made), { recursive: true, force: true });

const plugins = Object.fromEntries(
  ["esbuild", "rolldown", "rollup", "rspack", "vite", "webpack"].map((bundler) => [
    `plugins/${bundler}`,
    `src/unplugin/${bundler}.ts`,
  ]),
);

const server = Object.fromEntries(
  ["index", "worker/worker"].map((name) => [
    `language-server/${path.basename(name)}`,
    `src/language-server/${name}.ts`,
  ]),
);
const withoutUnusedCreateRequire = {
  name: "without-unused-create-require",
  renderChunk(code) {
    const imported = /^import \{ createRequire \} from "node:module";\n/m;
    return imported.test(code) && code.split("createRequire").length === 2 ? code.replace(imported, "") : undefined;
  },
};
/** Chunks of other people's code alone, whose licences lie beside them, keep no names: they are a third of all that is installed. */
const smallLibraries = {
  name: "small-libraries",
  renderChunk(code, { moduleIds, fileName }) {
    const isOwn = moduleIds.some((id) => path.isAbsolute(id) && !/[/\\]node_modules[/\\]/.test(id));
    if (isOwn || moduleIds.length === 0) return undefined;
    const { code: small, errors } = minifySync(fileName, code, { module: true, compress: true, mangle: true });
    if (errors.length > 0) throw new Error(errors[0].message);
    return small;
  },
};
const inModules = (file) => path.join(root, "node_modules", file);

const prettierConfigs = await bundlePrettierConfigs();
const bundle = await rolldown({
  cwd: root,
  input: {
    index: "src/index.ts",
    cli: "src/cli/main.ts",
    "plugins/prettier": "src/format/prettier-plugin.ts",
    ...server,
    ...plugins,
  },
  platform: "node",
  resolve: {
    alias: {
      // Their main files are UMD, whose inner require() can't be bundled.
      "jsonc-parser": inModules("jsonc-parser/lib/esm/main.js"),
      "vscode-languageserver-types": inModules("vscode-languageserver-types/lib/esm/main.js"),
      // For browsers, by a condition that does not hold here.
      ...Object.fromEntries(
        ["vscode-languageserver", "vscode-languageserver-protocol", "vscode-jsonrpc"].map((name) => [
          `${name}/browser`,
          inModules(`${name}/lib/browser/main.js`),
        ]),
      ),
    },
  },
  external: [/^(?:fflate|jiti|unplugin|wabt)(?:\/|$)/],
  // What all chunks share must not import node:module, which no browser has.
  plugins: [
    esmExternalRequirePlugin({ external: [/^node:/, ...builtinModules] }),
    withoutUnusedCreateRequire,
    smallLibraries,
    {
      name: "prettier-configs",
      resolveId: (source) => (source === "prettier" ? "prettier-configs.js" : undefined),
      load: (id) => (id === "prettier-configs.js" ? prettierConfigs.code : undefined),
    },
  ],
  onLog(level, log, defaultHandler) {
    // What is loaded on demand may lie in a chunk that an entry always loads.
    if (log.code === "INEFFECTIVE_DYNAMIC_IMPORT") return;
    // A bundle with a warning is not one to publish.
    defaultHandler(level === "warn" ? "error" : level, log);
  },
});
const format = {
  dir: dist,
  format: "esm",
  entryFileNames: "[name].js",
  chunkFileNames: "chunks/[name]-[hash].js",
  comments: { legal: true, annotation: true, jsdoc: false },
  // Less to read at every start. Names stay, for those who read what is installed.
  minify: { compress: false, mangle: false, codegen: true },
};
// What an entry always loads lies in one chunk: Node takes a millisecond to find and link each file.
const loaded = loadedBy((await bundle.generate(format)).output);
const groups = [
  // With what the command and the language server in a worker share: no worker loads what needs Node.
  {
    name: "index-core",
    has: (id) =>
      (loaded.index.has(id) && (loaded.compile.has(id) || loaded.cli.has(id))) || (loaded.cli.has(id) && inWorker(id)),
  },
  { name: "cli-core", has: (id) => loaded.cli.has(id) },
  // What only some commands need, such as drawings and scripts of Python.
  { name: "index-rest", has: (id) => loaded.index.has(id) },
  { name: "language-server-libraries", has: (id) => /[/\\]node_modules[/\\]vscode-/.test(id) },
];
const inWorker = (id) => loaded["language-server/worker"].has(id);
const { output } = await bundle.write({
  ...format,
  codeSplitting: {
    groups: groups.map(({ name, has }, at) => ({ name, test: has, priority: groups.length - at })),
  },
});
await bundle.close();
chmodSync(path.join(dist, "cli.js"), 0o755);

const moduleIds = output.flatMap((chunk) => (chunk.type === "chunk" ? chunk.moduleIds : []));
moduleIds.push(...prettierConfigs.moduleIds);
writeFileSync(path.join(dist, "THIRD-PARTY-LICENSES.txt"), thirdPartyLicenses(moduleIds));

const tsc = path.join(root, "node_modules/typescript/bin/tsc");
// The library knows no types of Node, so that it runs in browsers; the plugins are checked with them.
for (const project of ["src/tsconfig.build.json", "src/tsconfig.plugins.json"]) {
  const declarations = spawnSync(process.execPath, [tsc, "-p", project], { cwd: root, stdio: "inherit" });
  if (declarations.status !== 0) process.exit(1);
}
removeUnneededDeclarations();

mkdirSync(path.dirname(stamp), { recursive: true });
writeFileSync(stamp, digest());

/** The modules that each entry loads at once, and those that the compiler does, by name. */
function loadedBy(chunks) {
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const visit = (file, seen) => {
    const chunk = byFile.get(file);
    if (chunk === undefined || seen.has(chunk)) return seen;
    seen.add(chunk);
    for (const imported of chunk.imports) visit(imported, seen);
    return seen;
  };
  const entries = chunks.filter((chunk) => chunk.isEntry || chunk.name === "compile");
  return Object.fromEntries(
    entries.map((entry) => [
      entry.name,
      // Without itself: the command waits for its run, and what is loaded meanwhile would wait for the command.
      new Set(
        [...visit(entry.fileName, new Set())]
          .flatMap((chunk) => chunk.moduleIds)
          .filter((id) => id !== entry.facadeModuleId || entry.name === "compile"),
      ),
    ]),
  );
}

/** What the last build left, or undefined. */
function readStamp() {
  return statSync(stamp, { throwIfNoEntry: false }) && readFileSync(stamp, "utf8");
}

/** SHA-256 of every file that goes into a build, the packages by their lock file, and of every file that came of it. */
function digest() {
  const hash = createHash("sha256").update(process.version);
  const sources = ["src", "grammar", "package.json", "package-lock.json", "tsconfig.json", ".ci"];
  for (const name of [...sources, ...outputs.map((output) => path.join("dist", output))]) {
    const stats = statSync(path.join(root, name), { throwIfNoEntry: false });
    const files = stats?.isDirectory() ? readdirSync(path.join(root, name), { recursive: true }).sort() : [""];
    for (const file of files) {
      const found = path.join(root, name, file);
      if (statSync(found, { throwIfNoEntry: false })?.isFile())
        hash.update(`${name}/${file}\n`).update(readFileSync(found));
    }
  }
  return hash.digest("hex");
}

/** Declarations that no entry leads to: of internals, some with types of packages that are not installed. */
function removeUnneededDeclarations() {
  const types = path.join(dist, "types");
  const { exports } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const needed = new Set();
  const visit = (file) => {
    if (needed.has(file)) return;
    needed.add(file);
    for (const [, name] of readFileSync(file, "utf8").matchAll(/(?:\bfrom |\bimport\(|^import )"(\.[^"]+)"/gm)) {
      const imported = path.resolve(path.dirname(file), name.replace(/\.ts$/, ".d.ts"));
      // Comments have examples of imports.
      if (imported.endsWith(".d.ts")) visit(imported);
    }
  };
  for (const entry of Object.values(exports)) if (entry.types !== undefined) visit(path.join(root, entry.types));
  for (const name of readdirSync(types, { recursive: true })) {
    const file = path.join(types, name);
    if (file.endsWith(".d.ts") && !needed.has(file)) rmSync(file);
  }
}
