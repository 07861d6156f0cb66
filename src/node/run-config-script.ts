import fs from "node:fs";
import path from "node:path";
import type { Jiti } from "jiti";
import { plainValue } from "../config/plain-value.ts";
import { settled } from "./settled.ts";

/** What a config script exports, and the files it was made from. */
export interface ConfigScript {
  /** The default export of an ES module, or `module.exports`; a list of one, empty when there is none. Plain values. */
  readonly exported: readonly unknown[];
  /** The script and the modules it imports, outside node_modules, absolute. */
  readonly dependencies: readonly string[];
}

type ModuleCache = NonNullable<NonNullable<Parameters<Jiti["evalModule"]>[1]>["cache"]>;

/** What is seen of a module while and after it runs. */
interface RunningModule {
  readonly exports: unknown;
}

/**
 * Runs a config written in JavaScript or TypeScript, on every Node. Each call runs it anew, with the modules it imports;
 * only those that Node loads by itself (`.mjs`, and `.js` of ES modules) stay as they were. Throws what the script throws,
 * also when it is read, and an error where it does not come to an end.
 */
export async function runConfigScript(file: string, text: string): Promise<ConfigScript> {
  const { createJiti } = await import("jiti");
  // Without a node_modules folder jiti would keep its cache where every user of the machine can write.
  const fsCache = fs.existsSync(path.join(path.dirname(file), "node_modules"));
  const jiti = createJiti(file, { fsCache, moduleCache: true, interopDefault: false });
  const before = new Set(Object.keys(jiti.cache));
  const loaded = (): readonly string[] =>
    Object.keys(jiti.cache).filter((one) => !before.has(one) && !/[/\\]node_modules[/\\]/.test(one));
  const modules: ModuleCache = {};
  let running: RunningModule | undefined;
  let initial: unknown;
  // jiti puts the module there before it runs it.
  Object.defineProperty(modules, file, {
    get: () => running,
    set(module: RunningModule) {
      running = module;
      initial = module.exports;
    },
  });
  try {
    // Node's own import would never load a changed file again. What it gives is not the module where that has an export
    // called `then`, which is taken for a promise.
    await settled(jiti.evalModule(text, { filename: file, async: true, forceTranspile: true, cache: modules }));
    const { exports } = running as unknown as RunningModule;
    const exported = exportedBy(exports, initial);
    // A promise is fine too, and may fail.
    const values = exported.length === 0 ? [] : [plainValue(await settled(exported[0]))];
    return { exported: values, dependencies: [...new Set([file, ...loaded()])].sort() };
  } finally {
    for (const one of loaded()) delete jiti.cache[one];
  }
}

/**
 * The default export of what was written as an ES module, which the mark that every transpiler leaves tells; else what
 * the script has put in the place of the exports it was given, or into these.
 */
function exportedBy(exports: unknown, initial: unknown): readonly unknown[] {
  if (typeof exports === "object" && exports !== null && Object.hasOwn(exports, "__esModule")) {
    return Object.hasOwn(exports, "default") ? [(exports as { readonly default: unknown }).default] : [];
  }
  const isUntouched = exports === initial && Reflect.ownKeys(exports as object).length === 0;
  return isUntouched ? [] : [exports];
}
