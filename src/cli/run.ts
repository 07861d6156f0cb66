import { capitalized } from "../diagnostics/capitalized.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import { visibleText } from "../diagnostics/visible-text.ts";
import { build } from "./commands/build.ts";
import { check } from "./commands/check.ts";
import { configure } from "./arguments/configure.ts";
import type { Environment } from "../node/environment.ts";
import type { Invocation } from "./arguments/invocation.ts";
import { exitCodes, stopped, type ExitCode, type Outcome } from "./report/outcome.ts";
import { parseArguments } from "./arguments/parse-arguments.ts";
import { report } from "./report/report.ts";

export const wrongUsage = defineDiagnostic<{ message: string; help: string }>(
  "command-line",
  "error",
  "The command line can't be understood.",
  ({ message, help }) => ({ message: capitalized(message), help }),
);

/** Runs `layerc` with the arguments after its name and answers the exit code. Never throws, never ends the process. */
export async function run(argv: readonly string[], version: string, environment: Environment): Promise<ExitCode> {
  try {
    const parsed = parseArguments(argv, version);
    switch (parsed.kind) {
      case "print":
        environment.stdout.write(parsed.text);
        return exitCodes.fine;
      case "wrong": {
        const outcome = stopped([wrongUsage(undefined, parsed)], {});
        return report(outcome, { ...looseOptions(argv), command: null }, environment);
      }
      case "run":
        if (parsed.invocation.command === "build" && parsed.invocation.watch === true) {
          const { watch } = await import("./watch/watch.ts");
          return await watch(parsed.invocation, environment);
        }
        return report(await execute(parsed.invocation, environment), parsed.invocation, environment);
    }
  } catch (error) {
    return reportBug(error, argv, environment);
  }
}

async function execute(invocation: Invocation, environment: Environment): Promise<Outcome> {
  switch (invocation.command) {
    case "build": {
      const configured = await configure(invocation, environment);
      return configured.ok ? build(configured.invocation, environment) : configured.outcome;
    }
    case "check": {
      const configured = await configure(invocation, environment);
      return configured.ok ? check(configured.invocation, environment) : configured.outcome;
    }
    case "summary": {
      const { summary } = await import("./commands/summary.ts");
      const configured = await configure(invocation, environment);
      return configured.ok ? summary(configured.invocation, environment) : configured.outcome;
    }
    case "types": {
      const { types } = await import("./commands/types.ts");
      const configured = await configure(invocation, environment);
      return configured.ok ? types(configured.invocation, environment) : configured.outcome;
    }
    case "init": {
      const { init } = await import("./commands/init.ts");
      return init(environment);
    }
    case "verify": {
      const { verifyFiles } = await import("./commands/verify.ts");
      return verifyFiles(invocation, environment);
    }
    case "export": {
      const { exportCommand } = await import("./commands/export.ts");
      return exportCommand(invocation, environment);
    }
    case "import": {
      const { importFile } = await import("./commands/import.ts");
      return importFile(invocation, environment);
    }
  }
}

/** The options for reporting that a wrong command line is wrong. */
function looseOptions(argv: readonly string[]): { readonly format: "text" | "json"; readonly color?: boolean } {
  const json =
    argv.includes("--format=json") ||
    argv[argv.indexOf("--format") + 1] === "json" ||
    argv.includes("--report=json") ||
    argv[argv.indexOf("--report") + 1] === "json";
  const color = argv.includes("--no-color") ? false : argv.includes("--color") ? true : undefined;
  return { format: json ? "json" : "text", ...(color === undefined ? {} : { color }) };
}

/** One line that says whose fault it is and what to do. */
function reportBug(error: unknown, argv: readonly string[], environment: Environment): ExitCode {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const debug = argv.includes("--debug");
  const request = `please report it with the model file${debug ? "" : " and the stack that --debug adds"}`;
  const line = `layerc has a bug, your files are not to blame: ${visibleText(message)}; ${request}`;
  environment.stderr.write(`${line}\n`);
  if (debug && error instanceof Error && error.stack !== undefined) environment.stderr.write(`${error.stack}\n`);
  if (looseOptions(argv).format === "json") {
    const document = { version: 1, command: null, exitCode: exitCodes.bug, diagnostics: [], bug: message };
    environment.stdout.write(`${JSON.stringify(document, undefined, 2)}\n`);
  }
  return exitCodes.bug;
}
