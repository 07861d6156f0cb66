import picocolors from "picocolors";
import { plainPalette, type Palette } from "../../diagnostics/palette.ts";
import type { Environment, OutputStream } from "../../node/environment.ts";

/**
 * Whether to colour what goes to a stream: `--color` and `--no-color` decide, then `NO_COLOR`, then `FORCE_COLOR`, else
 * a terminal gets colours and a pipe does not.
 */
export function wantsColor(
  option: boolean | undefined,
  variables: Environment["variables"],
  stream: OutputStream,
): boolean {
  if (option !== undefined) return option;
  if ((variables["NO_COLOR"] ?? "") !== "") return false;
  const forced = variables["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return stream.isTerminal && variables["TERM"] !== "dumb";
}

/** The colours of printed diagnostics on a terminal. */
export function terminalPalette(colored: boolean): Palette {
  if (!colored) return plainPalette;
  const { bold, red, yellow, cyan, blue } = picocolors.createColors(true);
  return {
    error: (text) => bold(red(text)),
    warning: (text) => bold(yellow(text)),
    hint: (text) => bold(cyan(text)),
    strong: bold,
    frame: blue,
    related: blue,
  };
}
