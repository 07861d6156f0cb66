import { mergeOptions } from "../../config/options/merge-options.ts";
import { options } from "../../config/options/table.ts";
import type { OptionName, OptionValues } from "../../config/options/values.ts";
import { Refusal } from "../guard.ts";
import type { Given } from "./define-command.ts";

/** Some options for one run of a command: those that it is given, else those of the config. */
export function optionsFor<Name extends OptionName>(
  names: readonly Name[],
  config: OptionValues<Name>,
  given: Given,
): OptionValues<Name> {
  for (const name of names) {
    const { values } = options[name];
    const value = given[name];
    if (value === undefined || values === "path") continue;
    const words: readonly unknown[] = values === "switch" ? [true, false] : values;
    if (!words.includes(value)) throw new Refusal(`'${name}' must be one of ${words.join(", ")}`);
  }
  // What is given are words of the options, switches, or paths.
  return mergeOptions(names, config, given as OptionValues<Name>);
}
