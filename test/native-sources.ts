import path from "node:path";
import { rolldown } from "rolldown";
import { globSync } from "tinyglobby";
import type { Plugin } from "vitest/config";

/** What tests look at; and Prettier's stand-in, which the sources load. */
const imported = ["src/**/*.ts", "grammar/**/*.ts", "test/support/prettier.ts"];

/**
 * Has Node itself load the sources, from one built module for each file. Vite's runner makes a getter of every import, which
 * costs a third of the time of code that calls small functions of other modules.
 */
export async function nativeSources(root: string, folder: string): Promise<Plugin> {
  const names = globSync(imported, { cwd: root }).map((file) => file.replace(/\.ts$/, ""));
  const bundle = await rolldown({
    cwd: root,
    input: Object.fromEntries(names.map((name) => [name, `${name}.ts`])),
    platform: "node",
    external: [/^(?!prettier\/standalone$)[^./]/],
    // Prettier, which tests that only run code go without.
    resolve: { alias: { "prettier/standalone": path.join(root, "test/support/prettier.ts") } },
    treeshake: false,
  });
  await bundle.write({
    dir: folder,
    preserveModules: true,
    preserveModulesRoot: root,
    entryFileNames: "[name].js",
    sourcemap: true,
  });
  await bundle.close();

  const built = new Map(names.map((name) => [path.join(root, `${name}.ts`), path.join(folder, `${name}.js`)]));
  return {
    name: "native-sources",
    enforce: "pre",
    resolveId(source, importer) {
      if (!source.startsWith(".") || importer === undefined) return undefined;
      const id = built.get(path.resolve(path.dirname(importer), source));
      return id && { id, external: true };
    },
  };
}
