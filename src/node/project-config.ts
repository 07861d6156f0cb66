import path from "node:path";
import { fileOptions } from "../config/file-options.ts";
import { options } from "../config/options/table.ts";
import { fileOptionNames } from "../config/options/values.ts";
import type { FileOptions, LayercConfig } from "../config/config.ts";
import { displayPath, toSlashes } from "./paths.ts";

/** The config of a project and where it was found. */
export interface ProjectConfig {
  readonly config: LayercConfig;
  /** The config file, absolute; absent when there is none, the config is empty then. */
  readonly path?: string;
  /** The folder that paths and globs of the config are seen from, absolute. */
  readonly folder: string;
  /** The config file and the modules it imports, outside node_modules, absolute: a change of one may change the config. */
  readonly dependencies: readonly string[];
}

/** The options that the config of a project gives a model file, with paths as they are seen from `cwd`. */
export function projectFileOptions({ config, folder }: ProjectConfig, file: string, cwd: string): FileOptions {
  const given = fileOptions(config, toSlashes(path.relative(folder, path.resolve(cwd, file))));
  const paths = fileOptionNames.flatMap((name) => {
    const value = given[name];
    const isPath = options[name].values === "path";
    return value !== undefined && isPath ? [[name, displayPath(cwd, path.resolve(folder, value))] as const] : [];
  });
  return { ...given, ...Object.fromEntries(paths) };
}
