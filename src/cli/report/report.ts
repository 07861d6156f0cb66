import type { Diagnostic, Severity } from "../../diagnostics/diagnostic.ts";
import { renderDiagnostics } from "../../diagnostics/render.ts";
import { diagnosticsToJson } from "../../diagnostics/to-json.ts";
import { terminalPalette, wantsColor } from "./colors.ts";
import { counted } from "../../diagnostics/counted.ts";
import type { Environment } from "../../node/environment.ts";
import type { ReportOptions } from "../arguments/invocation.ts";
import { exitCodeOf, type ExitCode, type Outcome } from "./outcome.ts";

/** Raised when a field of the JSON document changes its meaning or goes. New fields do not raise it. */
const schemaVersion = 1;

/** Prints an outcome: results to stdout, diagnostics to stderr; with `--report json` all in one document on stdout. */
export function report(
  outcome: Outcome,
  options: Pick<ReportOptions, "report" | "quiet" | "color"> & {
    readonly command: string | null;
    /** One of several documents, each on a line of its own. */
    readonly oneLine?: boolean;
  },
  environment: Environment,
): ExitCode {
  const exitCode = exitCodeOf(outcome);
  const diagnostics = [...outcome.problems, ...outcome.diagnostics];
  if (options.report === "json") {
    const document = {
      version: schemaVersion,
      command: options.command,
      exitCode,
      diagnostics: diagnosticsToJson(diagnostics, outcome.sources),
      counts: {
        errors: count(diagnostics, "error"),
        warnings: count(diagnostics, "warning"),
        hints: count(diagnostics, "hint"),
      },
      ...outcome.json,
    };
    environment.stdout.write(`${JSON.stringify(document, undefined, options.oneLine === true ? 0 : 2)}\n`);
    return exitCode;
  }
  const isQuiet = options.quiet === true;
  const shown = isQuiet ? diagnostics.filter(({ severity }) => severity === "error") : diagnostics;
  if (shown.length > 0) {
    const colored = wantsColor(options.color, environment.variables, environment.stderr);
    const rendered = renderDiagnostics(shown, outcome.sources, { palette: terminalPalette(colored) });
    environment.stderr.write(`${rendered}\n${closingLine(shown)}\n`);
  }
  // What failed without an error says why in its text: that is not left out either.
  if (outcome.text !== "" && (!isQuiet || outcome.failed === true)) environment.stdout.write(outcome.text);
  return exitCode;
}

/** `2 errors, 1 warning in 1 file` */
function closingLine(diagnostics: readonly Diagnostic[]): string {
  const counts = (["error", "warning", "hint"] as const)
    .map((severity) => [severity, count(diagnostics, severity)] as const)
    .filter(([, number]) => number > 0)
    .map(([severity, number]) => counted(number, severity));
  const files = new Set(diagnostics.flatMap(({ span }) => (span === undefined ? [] : [span.file])));
  return `${counts.join(", ")}${files.size === 0 ? "" : ` in ${counted(files.size, "file")}`}`;
}

function count(diagnostics: readonly Diagnostic[], severity: Severity): number {
  return diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
}
