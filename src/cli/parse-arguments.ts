import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type {
  BuildInvocation,
  CheckInvocation,
  ExportInvocation,
  ImportInvocation,
  Invocation,
  SummaryInvocation,
  VerifyInvocation,
} from "./invocation.ts";
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

  common(program.command("build"))
    .description("write a TypeScript module for every model file, named after the file, beside it or in --out-dir")
    .option("--out-dir <folder>", "where outputs go; folders below a glob's fixed part are kept")
    .addOption(
      new Option(
        "--target <name>",
        "readable TypeScript (the default), the same with SIMD WebAssembly in it, or for each model what is faster",
      ).choices(["typescript", "wasm", "auto"]),
    )
    .addOption(
      new Option(
        "--weights <where>",
        "bound weights go into the module, or into a .safetensors file beside it, named after the model",
      )
        .choices(["inline", "file"])
        .default("inline"),
    )
    .addOption(precisionOption())
    .addOption(
      new Option("--unroll <how>", "loops to write out: what is faster so, all, or none")
        .choices(["auto", "full", "none"])
        .default("auto"),
    )
    .addOption(new Option("--emit <language>", "write .ts, or .js with .d.ts").choices(["ts", "js"]).default("ts"))
    .option("--self-test <cases>", "put the samples of a cases file into the module, which then exports selfTest()")
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

  common(program.command("export"), "--report <format>")
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

  common(program.command("import"), "--format <format>", [
    "<file>",
    "a .keras, .h5 or model.json, or the latter's folder",
  ])
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

/** The arguments and options of every command; `reportOption` says how to report. */
function common(
  command: Command,
  reportOption = "--format <format>",
  argument: readonly [name: string, description: string] = ["<files...>", "model files or globs"],
): Command {
  return command
    .helpOption("-h, --help", "print this help")
    .argument(...argument)
    .addOption(new Option(reportOption, "how to report").choices(["text", "json"]).default("text"))
    .option("--color", "colour the report, also in a pipe")
    .option("--no-color", "don't colour the report")
    .option("--debug", "print the stack of a bug in layerc")
    .addHelpText(
      "after",
      "\nExit codes: 0 fine, 1 the model files are wrong, 2 the command line is wrong, 3 a bug in layerc.",
    );
}

function precisionOption(): Option {
  return new Option(
    "--precision <type>",
    "what the kernels of dense layers are stored as: half the bytes, or all digits",
  )
    .choices(["float32", "bfloat16"])
    .default("float32");
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
