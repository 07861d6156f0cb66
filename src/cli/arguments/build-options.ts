import { mergeOptions } from "../../config/options/merge-options.ts";
import {
  fileOptionNames,
  optionDefaults,
  optionNames,
  type Defaulted,
  type FileOptions,
  type OptionValues,
} from "../../config/options/values.ts";
import { projectFileOptions, type ProjectConfig } from "../../node/project-config.ts";

/** What options of a file come from: the command line, and the config that was found for it. */
export type GivenOptions = OptionValues & { readonly project?: ProjectConfig };

/** The options of one file: those of the command line win over the config's, and `overrides` over the top of the config. */
export function buildOptions(given: GivenOptions, file: string, cwd: string): Defaulted<OptionValues> {
  // With the defaults among them, no word is missing.
  return mergeOptions(optionNames, optionDefaults, given, chosenOptions(given, file, cwd)) as Defaulted<OptionValues>;
}

/** Those of the options of a file that somebody has chosen. */
export function chosenOptions(given: GivenOptions, file: string, cwd: string): FileOptions {
  const configured = given.project === undefined ? {} : projectFileOptions(given.project, file, cwd);
  return mergeOptions(fileOptionNames, configured, given);
}
