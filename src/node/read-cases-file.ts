import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Host } from "../load/host.ts";
import type { CasesSource } from "../cases/read-cases.ts";
import { displayPath } from "./paths.ts";
import { maxCasesFileBytes } from "./limits.ts";

export const casesUnreadable = defineDiagnostic<{ file: string; reason: string; option: string }>(
  "cases-unreadable",
  "error",
  "The cases file named on the command line or in the config can't be read.",
  ({ file, reason, option }) => ({ message: `Can't read '${file}', given with ${option}: ${reason}` }),
  () => ({
    meaning:
      "The cases file is not there, or the system does not let it be read. Its name is relative to the working folder, in a config to the config's.",
    example: {
      kind: "command",
      text: "layerc verify digits.layers --against case.json",
      arguments: { file: "case.json", reason: "no such file", option: "--against" },
      mended: "layerc verify digits.layers --against cases.json",
    },
  }),
);

/** The bytes of the file that an option names (`--against`). */
export async function readCasesFile(
  written: string,
  option: string,
  host: Host,
  cwd: string,
): Promise<
  { readonly kind: "read"; readonly source: CasesSource } | { readonly kind: "failed"; readonly diagnostic: Diagnostic }
> {
  const path = displayPath(cwd, written);
  const read = await host.readBytes(path, maxCasesFileBytes);
  if (read.ok) return { kind: "read", source: { path, content: read.content } };
  return { kind: "failed", diagnostic: casesUnreadable(undefined, { file: written, reason: read.reason, option }) };
}
