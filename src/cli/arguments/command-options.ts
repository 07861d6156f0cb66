import { InvalidArgumentError, Option } from "commander";
import type { OptionCommand, OptionDefinition } from "../../config/options/definition.ts";
import { options as table } from "../../config/options/table.ts";
import { optionNames, type OptionName } from "../../config/options/values.ts";
import type { Command } from "./command.ts";
import { fromTable, type OwnOption, type Parser } from "./option.ts";

/** An option of a command as its parser has it. */
export interface ParsedOption {
  /** In the invocation. */
  readonly name: string;
  readonly option: Option;
}

/** The options of a command but those that all have, in the order of its help: its own, and those of the table. */
export function commandOptions(command: Command): readonly ParsedOption[] {
  const placed = Object.entries(command.options);
  const isPlaced = (name: OptionName): boolean => command.options[name] === fromTable;
  const rest = optionNames.filter((name) => takes(command, name) && !isPlaced(name));
  const unplaced = rest.flatMap((name) => tableOption(command, name));
  const last = placed.findLastIndex(([, option]) => option === fromTable);
  const parsed = placed.map(([name, option]) =>
    // Nothing else of the table can stand under a name: the type of definitions sees to it.
    option === fromTable ? tableOption(command, name as OptionName) : [{ name, option: ownOption(option) }],
  );
  return [...parsed.slice(0, last + 1).flat(), ...unplaced, ...parsed.slice(last + 1).flat()];
}

function takes({ name }: Command, option: OptionName): boolean {
  return Object.hasOwn(table[option].commands, name);
}

function tableOption(command: Command, name: OptionName): readonly ParsedOption[] {
  const { values, commands, ...definition }: OptionDefinition = table[name];
  const flag = flags(definition);
  const description = commands[command.name as OptionCommand] ?? "";
  if (values === "path") return [{ name, option: new Option(flag, description) }];
  if (values === "switch") {
    const off = definition.flag.replace(/^--/, "--no-");
    return [
      { name, option: new Option(flag, description) },
      { name, option: new Option(off, "the opposite (the default), whatever the config says") },
    ];
  }
  const [standard] = values;
  // A default of the parser's would hide what the config says.
  const said = command.readsConfig && !description.includes("(the default)") ? ` (default: ${standard})` : "";
  const option = new Option(flag, description + said).choices(values);
  return [{ name, option: command.readsConfig ? option : option.default(standard) }];
}

function ownOption({ description, required, values, parser, conflicts, ...definition }: OwnOption): Option {
  const option = new Option(flags(definition), description);
  if (required === true) option.makeOptionMandatory();
  if (values !== undefined) option.choices(values);
  if (parser !== undefined) option.argParser((text: string) => parse(text, parser));
  if (conflicts !== undefined) option.conflicts([...conflicts]);
  return option;
}

/** `-o, --out-dir <folder>` */
function flags({ flag, short }: Pick<OwnOption, "flag" | "short">): string {
  return short === undefined ? flag : `${short}, ${flag}`;
}

function parse(text: string, { read, expected }: Parser<unknown>): unknown {
  const value = read(text);
  if (value === undefined) throw new InvalidArgumentError(`expected ${expected}`);
  return value;
}
