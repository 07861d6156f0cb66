import { visibleText } from "../diagnostics/visible-text.ts";
import type { Environment } from "../node/environment.ts";
import { parseArguments } from "./arguments/parse-arguments.ts";
import { wrongUsage } from "./arguments/wrong-usage.ts";
import { commands } from "./commands/index.ts";
import { exitCodes, stopped, type ExitCode } from "./report/outcome.ts";
import { report } from "./report/report.ts";

/** Runs `layerc` with the arguments after its name and answers the exit code. Never throws, never ends the process. */
export async function run(argv: readonly string[], version: string, environment: Environment): Promise<ExitCode> {
  try {
    if (argv[0] === "complete" && argv[1] === "--") {
      const { completeWords } = await import("./completions/complete-words.ts");
      environment.stdout.write(completeWords(argv.slice(2), version, commands, environment));
      return exitCodes.fine;
    }
    const found = parseArguments(argv, version, commands);
    switch (found.kind) {
      case "print":
        environment.stdout.write(found.text);
        return exitCodes.fine;
      case "wrong": {
        const outcome = stopped([wrongUsage(undefined, found)], {});
        return report(outcome, { ...looseOptions(argv), command: null }, environment);
      }
      case "run": {
        const done = await found.command.run(found.parsed, environment);
        return typeof done === "number" ? done : report(done, found.parsed, environment);
      }
    }
  } catch (error) {
    return reportBug(error, argv, environment);
  }
}

/** The options for reporting that a wrong command line is wrong. */
function looseOptions(argv: readonly string[]): { readonly report: "text" | "json"; readonly color?: boolean } {
  const json =
    argv.includes("--format=json") ||
    argv[argv.indexOf("--format") + 1] === "json" ||
    argv.includes("--report=json") ||
    argv[argv.indexOf("--report") + 1] === "json";
  const color = argv.includes("--no-color") ? false : argv.includes("--color") ? true : undefined;
  return { report: json ? "json" : "text", ...(color === undefined ? {} : { color }) };
}

/** One line that says whose fault it is and what to do. */
function reportBug(error: unknown, argv: readonly string[], environment: Environment): ExitCode {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const debug = argv.includes("--debug");
  const request = `please report it with the model file${debug ? "" : " and the stack that --debug adds"}`;
  const line = `layerc has a bug, your files are not to blame: ${visibleText(message)}; ${request}`;
  environment.stderr.write(`${line}\n`);
  if (debug && error instanceof Error && error.stack !== undefined) environment.stderr.write(`${error.stack}\n`);
  if (looseOptions(argv).report === "json") {
    const document = { version: 1, command: null, exitCode: exitCodes.bug, diagnostics: [], bug: message };
    environment.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
  }
  return exitCodes.bug;
}
