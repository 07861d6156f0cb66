import fs from "node:fs";
import path from "node:path";

/** What a config script exports, and the files it was made from. */
export interface ConfigScript {
  /** The default export of an ES module, or `module.exports`; a list of one, empty when an ES module has none. */
  readonly exported: readonly unknown[];
  /** The script and the modules it imports, outside node_modules, absolute. */
  readonly dependencies: readonly string[];
}

/**
 * Runs a config written in JavaScript or TypeScript, on every Node. Each call runs it anew, with the modules it imports;
 * only those that Node loads by itself (`.mjs`, and `.js` of ES modules) stay as they were. Throws what the script throws.
 */
export async function runConfigScript(file: string, text: string): Promise<ConfigScript> {
  const { createJiti } = await import("jiti");
  // Without a node_modules folder jiti would keep its cache where every user of the machine can write.
  const fsCache = fs.existsSync(path.join(path.dirname(file), "node_modules"));
  const jiti = createJiti(file, { fsCache, moduleCache: true, interopDefault: false });
  const before = new Set(Object.keys(jiti.cache));
  const loaded = (): readonly string[] =>
    Object.keys(jiti.cache).filter((one) => !before.has(one) && !/[/\\]node_modules[/\\]/.test(one));
  try {
    // Node's own import would never load a changed file again.
    const options = { filename: file, async: true, forceTranspile: true };
    const module = (await jiti.evalModule(text, options)) as Readonly<Record<string, unknown>>;
    const dependencies = [...new Set([file, ...loaded()])].sort();
    if (!/^\s*(?:import|export)\b/m.test(text)) return { exported: [module], dependencies };
    return { exported: Object.hasOwn(module, "default") ? [module["default"]] : [], dependencies };
  } finally {
    for (const one of loaded()) delete jiti.cache[one];
  }
}
