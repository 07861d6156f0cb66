import { CommanderError, type Command as Program } from "commander";
import { isModelFile } from "../../model-formats/file-names.ts";
import type { Command, ParsedCommand } from "./command.ts";
import { createProgram } from "./create-program.ts";
import { usageMessage } from "./usage-message.ts";
import { suggest } from "../../diagnostics/suggest.ts";

/** What a command line asks for. */
export type ParsedArguments =
  | { readonly kind: "run"; readonly command: Command; readonly parsed: ParsedCommand }
  /** `--help`, `--version`: text for stdout. */
  | { readonly kind: "print"; readonly text: string }
  | WrongArguments;

interface WrongArguments {
  readonly kind: "wrong";
  readonly message: string;
  readonly help: string;
}

/** Parses the arguments after `layerc`. Prints nothing and never ends the process. */
export function parseArguments(
  argv: readonly string[],
  version: string,
  commands: readonly Command[],
): ParsedArguments {
  const found: { run?: ParsedArguments } = {};
  let printed = "";
  const program = createProgram(version, commands, (command, parsed) => {
    found.run = { kind: "run", command, parsed };
  });
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => (printed += text),
      writeErr: () => undefined,
    });
  }
  try {
    program.parse(usualWords(argv, commands), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) return wrongArguments(error, argv, program, commands);
  }
  return found.run ?? { kind: "print", text: printed };
}

/** `-v` for `-V`, and what `help WORD` stands for: the help of a command, by another word for it too, or an explanation. */
function usualWords(argv: readonly string[], commands: readonly Command[]): readonly string[] {
  const [first, word, ...rest] = argv;
  if (first === "-v") return ["-V", ...argv.slice(1)];
  if (first !== "help" || word === undefined || word.startsWith("-")) return argv;
  const command = commands.find(({ name, alsoTried = [] }) => [name, ...alsoTried].includes(word));
  if (command !== undefined) return [command.name, "--help"];
  // Nearly all codes have a hyphen: what has none and is like a command is one that is misspelt.
  const isLikeOne =
    !word.includes("-") &&
    suggest(
      word,
      commands.map(({ name }) => name),
    ) !== undefined;
  return isLikeOne ? [word] : ["explain", word, ...rest];
}

/** What is wrong with a command line, in the words of layerc's other messages. */
function wrongArguments(
  error: CommanderError,
  argv: readonly string[],
  program: Program,
  commands: readonly Command[],
): WrongArguments {
  const names = program.commands.map((command) => command.name());
  const name = argv.find((argument) => names.includes(argument));
  const strange = error.code === "commander.unknownOption" && !error.message.includes("\n");
  if (error.code === "commander.help" || (strange && name === undefined)) {
    const all = names.map((one) => `layerc ${one}`).join(", ");
    return { kind: "wrong", message: "No command is given", help: `${all}; layerc --help says more` };
  }
  const meant = error.code === "commander.unknownCommand" ? meantCommand(argv, commands) : undefined;
  if (meant !== undefined) return { kind: "wrong", ...usageMessage(error, []), help: `did you mean: layerc ${meant}` };
  const more = `layerc ${name === undefined ? "" : `${name} `}--help says more`;
  if (strange && argv[0]?.startsWith("-") === true) {
    const message = `Option '${argv[0]}' stands before the command '${name}', expected it behind`;
    return { kind: "wrong", message, help: more };
  }
  const command = program.commands.find((one) => one.name() === name);
  return { kind: "wrong", help: more, ...usageMessage(error, command?.registeredArguments ?? []) };
}

/** The command line that was meant where no command has the first word: it is another word for one, or a file to build. */
function meantCommand([first = "", ...rest]: readonly string[], commands: readonly Command[]): string | undefined {
  const command = commands.find(({ alsoTried = [] }) => alsoTried.includes(first.toLowerCase()));
  const words = command === undefined ? ["build", first, ...rest] : [command.name, ...rest];
  return command === undefined && !isModelFile(first) ? undefined : words.map(quoted).join(" ");
}

/** A word as a shell takes it for one. */
function quoted(word: string): string {
  return /^[\w./\\:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
