import fs from "node:fs";
import path from "node:path";
import { parseJsonConfig } from "../config/parse-json-config.ts";
import { isObject } from "../json/is-object.ts";
import { maxConfigBytes } from "./limits.ts";
import { readRegular } from "./read-regular.ts";

/** The field of a package.json that holds a config. */
export const configField = "layerc";

export const configEndings: readonly string[] = [".ts", ".mts", ".js", ".mjs", ".json"];

/** The names of config files, in the order they are looked for; after them comes package.json. */
export const configNames = configEndings.map((ending) => `layerc.config${ending}`);

const manifestName = "package.json";

/**
 * The config of the folder or of the nearest above it that has one, up to the nearest with a package.json; undefined where
 * there is none. Throws where one can't be read.
 */
export function findConfig(cwd: string): string | undefined {
  for (let folder = path.resolve(cwd); ; folder = path.dirname(folder)) {
    const here = (name: string): string => path.join(folder, name);
    const name = configNames.find((one) => fs.existsSync(here(one)));
    if (name !== undefined) return here(name);
    if (fs.existsSync(here(manifestName))) return hasField(here(manifestName)) ? here(manifestName) : undefined;
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** The other configs in the folder of one, as they are to be named. */
export function otherConfigs(file: string): readonly string[] {
  const folder = path.dirname(file);
  // What tsc made of a config is not another one.
  const own = [path.basename(file), path.basename(file).replace(/ts$/, "js")];
  const names = configNames.filter((name) => !own.includes(name) && fs.existsSync(path.join(folder, name)));
  const others = names.map((name) => `'${name}'`);
  const manifest = path.join(folder, manifestName);
  if (isManifest(file) || !fs.existsSync(manifest) || !hasField(manifest)) return others;
  return [...others, `the field '${configField}' of ${manifestName}`];
}

export function isManifest(file: string): boolean {
  return path.basename(file) === manifestName;
}

/** The text of a config file, without a byte order mark. */
export function readConfigText(file: string): string {
  return new TextDecoder().decode(readRegular(file, maxConfigBytes));
}

/** The config in the value of a package.json; undefined where it has none. */
export function fieldOf(value: unknown): unknown {
  return isObject(value) && Object.hasOwn(value, configField) ? value[configField] : undefined;
}

/** Whether a package.json has a config; one that is broken elsewhere is npm's affair. */
function hasField(manifest: string): boolean {
  const config = fieldOf(parseJsonConfig(manifest, readConfigText(manifest), true).value);
  return config !== undefined && config !== null;
}
