import path from "node:path";
import { fileOptions } from "../config/file-options.ts";
import type { FileOptions, LayercConfig } from "../config/config.ts";
import { toSlashes } from "./paths.ts";

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

/** The options that the config of a project gives a model file. Relative paths are seen from `cwd`. */
export function projectFileOptions(project: ProjectConfig, file: string, cwd: string): FileOptions {
  return fileOptions(project.config, toSlashes(path.relative(project.folder, path.resolve(cwd, file))));
}
