import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type {
  BuildInvocation,
  CheckInvocation,
  ExportInvocation,
  ImportInvocation,
  InitInvocation,
  Invocation,
  SummaryInvocation,
  TypesInvocation,
  VerifyInvocation,
} from "./invocation.ts";
import { fileOptionValues, typesEndings } from "../../config/keys.ts";
import { usageMessage } from "./usage-message.ts";

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
    const names = program.commands.map((command) => command.name());
    const name = argv.find((argument) => names.includes(argument));
    const strange = error.code === "commander.unknownOption" && !error.message.includes("\n");
    if (error.code === "commander.help" || (strange && name === undefined)) {
      const all = names.map((one) => `layerc ${one}`).join(", ");
      return { kind: "wrong", message: "No command is given", help: `${all}; layerc --help says more` };
    }
    const more = `layerc ${name === undefined ? "" : `${name} `}--help says more`;
    if (strange && argv[0]?.startsWith("-") === true) {
      const message = `Option '${argv[0]}' stands before the command '${name}', expected it behind`;
      return { kind: "wrong", message, help: more };
    }
    const command = program.commands.find((one) => one.name() === name);
    return { kind: "wrong", help: more, ...usageMessage(error, command?.registeredArguments ?? []) };
  }
  if (invocation === undefined) return { kind: "print", text: printed };
  return { kind: "run", invocation };
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

  configured(common(program.command("build"), filesOrConfig))
    .description("write a TypeScript module for every model file, named after the file, beside it or in --out-dir")
    .option("--out-dir <folder>", "where outputs go; folders below a glob's fixed part are kept")
    .addOption(
      new Option(
        "--target <name>",
        "readable TypeScript (the default), the same with SIMD WebAssembly in it, or for each model what is faster",
      ).choices(fileOptionValues.target),
    )
    .addOption(
      new Option(
        "--weights <where>",
        "bound weights go into the module, or into a .safetensors file beside it, named after the model (default: inline)",
      ).choices(fileOptionValues.weights),
    )
    .addOption(precisionOption("from config"))
    .addOption(
      new Option("--unroll <how>", "loops to write out: what is faster so, all, or none (default: auto)").choices(
        fileOptionValues.unroll,
      ),
    )
    .addOption(
      new Option("--emit <language>", "write .ts, or .js with .d.ts (default: ts)").choices(fileOptionValues.emit),
    )
    .option("--self-test <cases>", "put the samples of a cases file into the module, which then exports selfTest()")
    .option("--explain", "print for every layer its work, its size and how it is computed")
    .addOption(
      new Option("--check", "write nothing; fail when an output on disk is not what would be written").conflicts([
        "depfile",
        "listOutputs",
      ]),
    )
    .addOption(
      new Option("--watch", "build again whenever a file changes, until Ctrl-C").conflicts([
        "check",
        "depfile",
        "listOutputs",
      ]),
    )
    .addOption(new Option("--depfile <file>", "write what each output is made from, as make and ninja read it"))
    .addOption(
      new Option("--list-outputs", "print the paths of what would be written, and write nothing").conflicts([
        "depfile",
        "explain",
      ]),
    )
    .option("--cache-dir <folder>", "where results are kept (default: node_modules/.cache/layerc of the project)")
    .option("--no-cache", "compile everything anew and keep nothing")
    .action((files: string[], options: Omit<BuildInvocation, "command" | "files">) =>
      run({ ...options, command: "build", files }),
    );

  configured(common(program.command("check"), filesOrConfig))
    .description("say what is wrong with model files")
    .action((files: string[], options: Omit<CheckInvocation, "command" | "files">) =>
      run({ ...options, command: "check", files }),
    );

  configured(common(program.command("types"), filesOrConfig))
    .description("write declarations beside model files, so that TypeScript and editors know their imports")
    .addOption(
      new Option(
        "--ending <ending>",
        "what the names end in: digits.d.layers.ts (the default), or digits.layers.d.ts",
      ).choices(typesEndings),
    )
    .addOption(
      new Option("--weights <where>", "where build or a plugin puts bound weights (default: inline)").choices(
        fileOptionValues.weights,
      ),
    )
    .option("--check", "write nothing; fail when a declaration file is missing or out of date")
    .action((files: string[], options: Omit<TypesInvocation, "command" | "files">) =>
      run({ ...options, command: "types", files }),
    );

  reporting(program.command("init").helpOption("-h, --help", "print this help"))
    .description("write a config, an example model and npm scripts into the working folder, and replace nothing")
    .action((options: Omit<InitInvocation, "command">) => run({ ...options, command: "init" }));

  configured(common(program.command("summary"), filesOrConfig))
    .description("print the layers of every model as Keras' model.summary() does")
    .option("--expand-nested", "show the layers of nested models")
    .option("--width <columns>", "width of the terminal to print for", parseWidth)
    .action((files: string[], options: Omit<SummaryInvocation, "command" | "files">) =>
      run({ ...options, command: "summary", files }),
    );

  common(program.command("verify"))
    .description("run a compiled model on given samples and compare it and its layers with expected values")
    .requiredOption("--against <cases>", "samples and expected values, JSON or .npz")
    .option(
      "--tolerance <number>",
      "largest |a - b| / max(1, |b|) that passes (default: 2e-6, with bfloat16 2e-2)",
      parseTolerance,
    )
    .addOption(precisionOption())
    .addOption(
      new Option("--target <name>", "what to run: TypeScript, WebAssembly, or what is expected to be faster")
        .choices(["typescript", "wasm", "auto"])
        .default("typescript"),
    )
    .option("--model <name>", "the model to verify, where a file has several")
    .option("--weights <file>", "a weight file for a model that binds none")
    .addOption(
      new Option("--unroll <how>", "loops to write out: what is faster so, all, or none")
        .choices(["auto", "full", "none"])
        .default("auto"),
    )
    .action((files: string[], options: Omit<VerifyInvocation, "command" | "files">) =>
      run({ ...options, command: "verify", files }),
    );

  common(program.command("export"), allFiles, "--report <format>")
    .description("write models with their weights for other runtimes")
    .addOption(
      new Option("--format <format>", "what to write: .onnx, .safetensors, or a .weights.h5 for Keras' load_weights")
        .choices(["onnx", "safetensors", "keras-weights"])
        .makeOptionMandatory(),
    )
    .option("--out-dir <folder>", "where the files go; folders below a glob's fixed part are kept")
    .option("--model <name>", "the model to export; without it, all models of a file whose weights are bound")
    .option("--force", "replace files that have other content")
    .action((files: string[], { format, report, ...options }: ExportOptions) =>
      run({ ...options, command: "export", files, format: report, exportFormat: format }),
    );

  common(program.command("import"), ["<file>", "a .keras, .h5 or model.json, or the latter's folder"])
    .description("write a model of Keras or TensorFlow.js as a .layers file and its weights as .safetensors")
    .option("--out-dir <folder>", "where the two files go (default: beside the file)")
    .option("--name <name>", "the name of the model (default: from the file)")
    .option("--force", "replace files that no import wrote, or that were changed since")
    .action((file: string, options: Omit<ImportInvocation, "command" | "file">) =>
      run({ ...options, command: "import", file }),
    );
  return program;
}

/** The options of `export` as written: its `--format` is that of the files, so the report's has another name. */
type ExportOptions = Omit<ExportInvocation, "command" | "files" | "format" | "exportFormat"> & {
  readonly format: ExportInvocation["exportFormat"];
  readonly report: ExportInvocation["format"];
};

type Argument = readonly [name: string, description: string];

const allFiles: Argument = ["<files...>", "model files or globs"];
const filesOrConfig: Argument = ["[files...]", "model files or globs (default: those that the config includes)"];

/** The arguments and options of a command on files; `reportOption` says how to report. */
function common(command: Command, argument = allFiles, reportOption = "--format <format>"): Command {
  command.helpOption("-h, --help", "print this help").argument(...argument);
  return reporting(command, reportOption);
}

/** The options of every command. */
function reporting(command: Command, reportOption = "--format <format>"): Command {
  return command
    .addOption(new Option(reportOption, "how to report").choices(["text", "json"]).default("text"))
    .option("--color", "colour the report, also in a pipe")
    .option("--no-color", "don't colour the report")
    .option("--debug", "print the stack of a bug in layerc")
    .addHelpText(
      "after",
      "\nExit codes: 0 fine, 1 the model files are wrong, 2 the command line is wrong, 3 a bug in layerc.",
    );
}

/** The options of the commands that read a project's config. */
function configured(command: Command): Command {
  return command
    .option("--config <file>", "the config to use (default: layerc.config.* or package.json, here or above)")
    .option("--no-config", "use no config");
}

/** Without a default of its own, a config may have the word. */
function precisionOption(standard?: "from config"): Option {
  const meaning = "what the kernels of dense layers are stored as: half the bytes, or all digits";
  return standard === "from config"
    ? new Option("--precision <type>", `${meaning} (default: float32)`).choices(fileOptionValues.precision)
    : new Option("--precision <type>", meaning).choices(fileOptionValues.precision).default("float32");
}

function parseWidth(text: string): number {
  const width = Number(text);
  if (!Number.isSafeInteger(width) || width < 1) throw new InvalidArgumentError("expected a whole number of columns");
  return width;
}

function parseTolerance(text: string): number {
  const tolerance = Number(text);
  if (text.trim() === "" || !Number.isFinite(tolerance) || tolerance < 0) {
    throw new InvalidArgumentError("expected a number that is not negative, such as 1e-5");
  }
  return tolerance;
}
