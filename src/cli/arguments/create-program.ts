import { Argument, Command as Program, Option } from "commander";
import { modelFiles } from "../../model-formats/words.ts";
import type { Command, ParsedCommand } from "./command.ts";
import { fromTable, type OwnOption } from "./option.ts";
import { commandOptions, type ParsedOption } from "./command-options.ts";

/** Called with a command and what was parsed for it. */
export type Found = (command: Command, parsed: ParsedCommand) => void;

/** The parser of `layerc` and all its commands. */
export function createProgram(version: string, commands: readonly Command[], found: Found): Program {
  const program = new Program("layerc")
    .description(
      `Compiles Layers models (*.layers), or trained ones (${modelFiles("and")}), to standalone typed TypeScript forward functions.`,
    )
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpText(
      "after",
      `
Quote globs, so that layerc and not the shell expands them: layerc build 'models/**/*.layers'
${exitCodesLine}`,
    );
  for (const command of commands) addCommand(program, command, found);
  return program;
}

function addCommand(program: Program, command: Command, found: Found): void {
  const parser = program
    .command(command.name)
    .description(command.description)
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", `\n${exitCodesLine}`);
  const argument = argumentOf(command);
  if (argument !== undefined) parser.addArgument(argument);
  const options = [
    ...reportOptions(command),
    ...(command.readsConfig ? configOptions() : []),
    ...commandOptions(command),
  ];
  for (const { option } of options) parser.addOption(option);
  parser.action((first: unknown) => {
    // Commander's names for options are those of their flags.
    const values = parser.opts<Readonly<Record<string, unknown>>>();
    const named = options.map(({ name, option }) => [name, values[option.attributeName()]] as const);
    const operand = argument === undefined ? [] : [[argument.name(), first] as const];
    const given = [...named, ...operand].filter(([, value]) => value !== undefined);
    const parsed = { command: command.name, report: "text", ...Object.fromEntries(given) };
    // A format of results that is JSON is the report's, so that there is one JSON, with diagnostics in it.
    const reported = values["format"] === "json" ? { ...parsed, report: "json" } : parsed;
    // The options of all commands are among them.
    found(command, reported as unknown as ParsedCommand);
  });
}

function argumentOf({ argument, readsConfig }: Command): Argument | undefined {
  switch (argument.kind) {
    case "files":
      return readsConfig
        ? new Argument("[files...]", "model files or globs (default: those that the config includes)")
        : new Argument("<files...>", "model files or globs");
    case "one":
      return one(argument);
    case "optional":
      return new Argument(`[${argument.name}]`, argument.description);
    case "none":
      return undefined;
  }
}

function one({ name, description, values }: Extract<Command["argument"], { readonly kind: "one" }>): Argument {
  const made = new Argument(`<${name}>`, description);
  return values === undefined ? made : made.choices(values);
}

/** The options of every command. */
function reportOptions(command: Command): readonly ParsedOption[] {
  const formats = ["text", "json"];
  const report = new Option("--report <format>", "how to report (default: text)").choices(formats);
  // Its name of before; some commands have another use for it.
  const former = new Option("--format <format>", "the same").choices(formats).conflicts("report").hideHelp();
  const isFree = !Object.values(command.options).some((option) => isFormat(option));
  return [
    { name: "report", option: report },
    ...(isFree ? [{ name: "report", option: former }] : []),
    ...(command.answers === true ? [] : [{ name: "quiet", option: new Option("-q, --quiet", "report errors only") }]),
    { name: "color", option: new Option("--color", "colour the report, also in a pipe") },
    { name: "color", option: new Option("--no-color", "don't colour the report") },
    { name: "debug", option: new Option("--debug", "print the stack of a bug in layerc") },
    ...(readsModels(command) ? [{ name: "sandboxPaths", option: new Option("--sandbox-paths", confining) }] : []),
  ];
}

const confining = "read no file that lies outside of the project, whatever path or link leads there";

function readsModels({ argument }: Command): boolean {
  return argument.kind === "files" || (argument.kind === "one" && argument.name === "file");
}

function isFormat(option: OwnOption | typeof fromTable): boolean {
  return option !== fromTable && option.flag.startsWith("--format ");
}

/** The options of the commands that read a project's config. */
function configOptions(): readonly ParsedOption[] {
  const meaning = "the config to use (default: layerc.config.* or package.json, here or above)";
  return [
    { name: "config", option: new Option("--config <file>", meaning) },
    { name: "config", option: new Option("--no-config", "use no config") },
  ];
}

const exitCodesLine =
  "Exit codes: 0 fine, 1 the model files are wrong, 2 the command line is wrong, 3 a bug in layerc.";
