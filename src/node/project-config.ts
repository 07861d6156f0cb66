import path from "node:path";
import { fileOptions } from "../config/file-options.ts";
import { options } from "../config/options/table.ts";
import {
  fileOptionNames,
  projectOptionNames,
  type OptionName,
  type OptionValues,
  type ProjectOptions,
} from "../config/options/values.ts";
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
  return seenFrom(cwd, folder, fileOptionNames, given);
}

/** The options that the config of a project has for all files, with paths as they are seen from `cwd`. */
export function projectOptions({ config, folder }: ProjectConfig, cwd: string): ProjectOptions {
  return seenFrom(cwd, folder, projectOptionNames, config);
}

/** Some of the options of a config, whose paths are written as seen from its folder. */
function seenFrom<Name extends OptionName>(
  cwd: string,
  folder: string,
  names: readonly Name[],
  given: OptionValues<Name>,
): OptionValues<Name> {
  const pairs = names.flatMap((name) => {
    const value: string | boolean | undefined = given[name];
    if (value === undefined) return [];
    const isPath = options[name].values === "path" && typeof value === "string";
    return [[name, isPath ? displayPath(cwd, path.resolve(folder, value)) : value] as const];
  });
  // The pairs are those of `given`, which has this type.
  return Object.fromEntries(pairs) as OptionValues<Name>;
}
