import { visibleText } from "../../diagnostics/visible-text.ts";
import type { Environment } from "../../node/environment.ts";
import type { ReportOptions } from "../arguments/invocation.ts";

/** The line on the terminal that says what a build is at; gone when the build ends. */
export interface Progress {
  step(file: string): void;
  done(): void;
}

const eraseLine = "\r\u001b[2K";

/** Shows `[3/10] digits.layers`, to people at a terminal only: nothing of it gets into files, logs of a CI or JSON. */
export function showProgress(
  total: number,
  { report, quiet }: Pick<ReportOptions, "report" | "quiet">,
  { stderr, variables }: Pick<Environment, "stderr" | "variables">,
): Progress {
  const ci = variables["CI"] ?? "";
  const isForPeople = stderr.isTerminal && report === "text" && quiet !== true;
  const wanted = isForPeople && variables["TERM"] !== "dumb" && /^(?:false|0)?$/.test(ci);
  if (!wanted) return { step: () => undefined, done: () => undefined };

  // A line that wraps could not be erased.
  const columns = (stderr.columns ?? 80) - 1;
  let at = 0;
  return {
    step(file) {
      at += 1;
      const line = `[${at}/${total}] ${visibleText(file)}`;
      stderr.write(eraseLine + [...line].slice(0, columns).join(""));
    },
    done: () => stderr.write(eraseLine),
  };
}
