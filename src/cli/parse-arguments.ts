import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { BuildInvocation, CheckInvocation, Invocation, SummaryInvocation } from "./invocation.ts";

/** What a command line asks for. */
export type ParsedArguments =
  | { readonly kind: "run"; readonly invocation: Invocation }
  /** `--help`, `--version`: text for stdout. */
  | { readonly kind: "print"; readonly text: string }
  | { readonly kind: "wrong"; readonly message: string; readonly help: string };

/** Parses the arguments after `layerc`. Prints nothing and never ends the process. */
export function parseArguments(argv: readonly string[], version: string): ParsedArguments {
  let invocation: Invocation | undefined;
  let printed = "";
  const program = createProgram(version, (parsed) => {
    invocation = parsed;
  });
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => (printed += text),
      writeErr: () => undefined,
    });
  }
  try {
    program.parse(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: "print", text: printed };
    if (error.code === "commander.help") {
      return {
        kind: "wrong",
        message: "no command is given",
        help: "layerc build, layerc check, layerc summary; layerc --help says more",
      };
    }
    const [message = "", suggestion] = error.message.replace(/^error: /, "").split("\n");
    return {
      kind: "wrong",
      message,
      help: suggestion?.replace(/^\((.*)\)$/, "$1") ?? `layerc ${helpTopic(argv)}--help says more`,
    };
  }
  if (invocation === undefined) return { kind: "print", text: printed };
  return { kind: "run", invocation };
}

/** The command whose help fits, where the command line names one. */
function helpTopic(argv: readonly string[]): string {
  const command = argv.find((argument) => ["build", "check", "summary"].includes(argument));
  return command === undefined ? "" : `${command} `;
}

function createProgram(version: string, run: (invocation: Invocation) => void): Command {
  const program = new Command("layerc")
    .description("Compiles Layers models (*.layers) to standalone typed TypeScript forward functions.")
    .version(version, "-v, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpText(
      "after",
      `
Quote globs, so that layerc and not the shell expands them: layerc build 'models/**/*.layers'
Exit codes: 0 fine, 1 the model files are wrong, 2 the command line is wrong, 3 a bug in layerc.`,
    );

  common(program.command("build"))
    .description("write a TypeScript module for every model file, beside it or in --out-dir")
    .option("--out-dir <folder>", "where outputs go; folders below a glob's fixed part are kept")
    .addOption(new Option("--target <name>", "what to generate").choices(["typescript"]).default("typescript"))
    .addOption(
      new Option("--weights <where>", "bound weights go into the module, or into a .safetensors file beside it")
        .choices(["inline", "file"])
        .default("inline"),
    )
    .addOption(
      new Option("--unroll <how>", "loops to write out: what is faster so, all, or none")
        .choices(["auto", "full", "none"])
        .default("auto"),
    )
    .addOption(new Option("--emit <language>", "write .ts, or .js with .d.ts").choices(["ts", "js"]).default("ts"))
    .option("--explain", "print for every layer its work, its size and how it is computed")
    .option("--check", "write nothing; fail when an output on disk is not what would be written")
    .action((files: string[], options: Omit<BuildInvocation, "command" | "files">) =>
      run({ ...options, command: "build", files }),
    );

  common(program.command("check"))
    .description("say what is wrong with model files")
    .action((files: string[], options: Omit<CheckInvocation, "command" | "files">) =>
      run({ ...options, command: "check", files }),
    );

  common(program.command("summary"))
    .description("print the layers of every model as Keras' model.summary() does")
    .option("--expand-nested", "show the layers of nested models")
    .option("--width <columns>", "width of the terminal to print for", parseWidth)
    .action((files: string[], options: Omit<SummaryInvocation, "command" | "files">) =>
      run({ ...options, command: "summary", files }),
    );
  return program;
}

/** The arguments and options of every command. */
function common(command: Command): Command {
  return command
    .helpOption("-h, --help", "print this help")
    .argument("<files...>", "model files or globs")
    .addOption(new Option("--format <format>", "how to report").choices(["text", "json"]).default("text"))
    .option("--color", "colour the report, also in a pipe")
    .option("--no-color", "don't colour the report")
    .option("--debug", "print the stack of a bug in layerc")
    .addHelpText(
      "after",
      "\nExit codes: 0 fine, 1 the model files are wrong, 2 the command line is wrong, 3 a bug in layerc.",
    );
}

function parseWidth(text: string): number {
  const width = Number(text);
  if (!Number.isSafeInteger(width) || width < 1) throw new InvalidArgumentError("Expected a whole number of columns.");
  return width;
}
