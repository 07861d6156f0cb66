/** A bundler that layerc has a plugin for, as `init` finds it in package.json. */
export interface Bundler {
  /** The package, and the entry of layerc. */
  readonly name: "vite" | "rolldown" | "rollup" | "rspack" | "webpack" | "esbuild";
  readonly title: string;
  readonly dependency: string;
}

/** The one that comes first is taken: Vite brings others along. */
export const bundlers: readonly Bundler[] = [
  { name: "vite", title: "Vite", dependency: "vite" },
  { name: "rspack", title: "Rspack", dependency: "@rspack/core" },
  { name: "webpack", title: "webpack", dependency: "webpack" },
  { name: "rolldown", title: "Rolldown", dependency: "rolldown" },
  { name: "rollup", title: "Rollup", dependency: "rollup" },
  { name: "esbuild", title: "esbuild", dependency: "esbuild" },
];

/** Where Vite looks for its config, in its order. */
export const viteConfigs = ["js", "mjs", "ts", "cjs", "mts", "cts"].map((ending) => `vite.config.${ending}`);

/** A config of Vite with nothing but the plugin. */
export const viteConfig = [
  'import layerc from "layerc/vite";',
  'import { defineConfig } from "vite";',
  "",
  "export default defineConfig({ plugins: [layerc()] });",
  "",
].join("\n");

/** What `init` prints where it does not write it. */
export function pluginLine({ name }: Bundler, isModule: boolean): string {
  const entry = `layerc/${name}`;
  // Vite takes imports in every config.
  const required = `const { layers: layerc } = require("${entry}")`;
  const otherwise = isModule || name === "vite" ? "" : ` (in CommonJS ${required})`;
  return `import layerc from "${entry}"${otherwise}, and layerc() into plugins`;
}

/**
 * A config of Vite with the plugin in its list; undefined unless it is written as Vite's templates write it, with imports at
 * its start and one list of plugins on a line of its own.
 */
export function addVitePlugin(text: string): string | undefined {
  const lists = [...text.matchAll(/\bplugins\b/g)];
  const list = /^ {2}plugins: \[([^[\]\n]*)\],?\r?$/m.exec(text);
  const imports = /^(?:import [^\n]*\n)+/.exec(text);
  const usual = /^export default defineConfig\(\{\r?$/m.test(text) && !text.includes("layerc");
  if (!usual || list === null || imports === null || lists.length !== 1) return undefined;
  const [first = ""] = text.split("\n");
  const quote = first.includes('"') ? '"' : "'";
  const end = `${first.trimEnd().endsWith(";") ? ";" : ""}${first.endsWith("\r") ? "\r" : ""}\n`;
  const own = list[1] === "" ? "layerc()" : `${list[1]?.trimEnd()}, layerc()`;
  const changed = text.replace(list[0], () => list[0].replace(`[${list[1]}]`, () => `[${own}]`));
  const at = imports[0].length;
  return `${changed.slice(0, at)}import layerc from ${quote}layerc/vite${quote}${end}${changed.slice(at)}`;
}
