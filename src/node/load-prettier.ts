import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type * as prettier from "prettier";

/** Prettier, as far as formatting model files takes it. */
export type Prettier = Pick<typeof prettier, "clearConfigCache" | "format" | "getFileInfo" | "resolveConfig">;

/**
 * The Prettier of the project, which gives the bytes that its `prettier` gives; without one in version 3 or later, the one that
 * layerc has in itself: its layout, and its way to find and read configs. Rejects where that of the project can't be loaded.
 */
export async function loadPrettier(cwd: string): Promise<Prettier> {
  const own = await loadOwn(cwd);
  if (own !== undefined) return own;
  const [{ format }, configs] = await Promise.all([import("prettier/standalone"), import("prettier")]);
  const { clearConfigCache, getFileInfo, resolveConfig } = configs;
  return { clearConfigCache, format, getFileInfo, resolveConfig };
}

async function loadOwn(cwd: string): Promise<Prettier | undefined> {
  const file = resolveFrom(cwd);
  if (file === undefined) return undefined;
  const { default: loaded } = (await import(pathToFileURL(file).href)) as {
    readonly default: Prettier & { readonly version: string };
  };
  return Number.parseInt(loaded.version, 10) >= 3 ? loaded : undefined;
}

/** As a script in the folder would find it. */
function resolveFrom(folder: string): string | undefined {
  try {
    return createRequire(path.join(folder, "package.json")).resolve("prettier");
  } catch {
    return undefined;
  }
}
