// The part of Prettier that finds and reads configs and ignore files, as one small module: what `import("prettier")` in src
// becomes in dist. Prettier's own index has its core, all of its languages and a search for files with it, half a megabyte.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { rolldown } from "rolldown";

const require = createRequire(import.meta.url);
const index = require.resolve("prettier").replace(/\.cjs$/, ".mjs");
const entry = "\0entry";
const empty = "\0empty";
const yaml = "\0yaml";

/** A new Prettier may be built in another way. */
const mostCharacters = 300_000;

/** The code, and the ids of the modules that it is made of. */
export async function bundlePrettierConfigs() {
  const bundle = await rolldown({
    input: entry,
    platform: "node",
    external: [/^node:/],
    plugins: [{ name: "prettier-configs", resolveId, load, transform }],
    treeshake: {
      moduleSideEffects: false,
      propertyReadSideEffects: false,
      unknownGlobalSideEffects: false,
      // Calls at the top whose values only what is left out would use.
      manualPureFunctions: ["__toESM", "__commonJS", "withPlugins", "createTypeCheckFunction", ...modulesOf(index)],
    },
  });
  const { output } = await bundle.generate({ format: "esm", minify: true, codeSplitting: false });
  await bundle.close();
  const [{ code, moduleIds }] = output;
  if (code.length > mostCharacters)
    throw new Error(`of Prettier, ${code.length} characters are left: see how it is bundled`);
  return { code, moduleIds: moduleIds.filter((id) => !id.startsWith("\0")) };
}

/** The functions that make the CommonJS modules of a bundle. */
function modulesOf(bundle) {
  return [...readFileSync(bundle, "utf8").matchAll(/^var (require_\w+) = /gm)].map(([, name]) => name);
}

function resolveId(source, importer) {
  if (source === entry || source === index) return source;
  if (importer !== index || !source.startsWith("./plugins/")) return undefined;
  // Of its languages, only YAML is one of configs.
  return source.includes("yaml") ? yaml : empty;
}

function load(id) {
  if (id === entry) return `export { clearConfigCache, getFileInfo, resolveConfig } from ${JSON.stringify(index)};`;
  if (id === empty) return "export default {};";
  // Prettier's own parser comes with its printer: three times as much.
  if (id === yaml) return `export { load as __parsePrettierYamlConfig } from ${JSON.stringify(yamlModule())};`;
  return undefined;
}

/** Its index as one object, and its tools for plugins, would keep everything. */
function transform(code, id) {
  if (id !== index) return undefined;
  return code.replace(/^__export\((?=index_exports,|public_exports,)/gm, "/* @__PURE__ */ __export(");
}

function yamlModule() {
  return require.resolve("js-yaml").replace(/\.cjs\.js$/, ".mjs");
}
