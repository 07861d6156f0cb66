import { hasErrors, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Host } from "../../load/host.ts";
import type { Environment } from "../../node/environment.ts";
import { loadSources, type LoadedInput } from "../../node/load-sources.ts";
import { findFiles } from "../arguments/find-files.ts";
import type { FilesInvocation } from "../arguments/invocation.ts";
import { oneFileExpected } from "../arguments/one-file-expected.ts";

/** The one model file of a command line, with what there is to say of its name; or what is wrong with it. */
export async function findModelFile(
  invocation: FilesInvocation,
  option: string,
  host: Host,
  environment: Environment,
): Promise<
  | { readonly kind: "found"; readonly input: LoadedInput; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: "wrong"; readonly problems: readonly Diagnostic[] }
> {
  const found = await findFiles(invocation, environment);
  if (hasErrors(found.diagnostics)) return { kind: "wrong", problems: found.diagnostics };
  if (found.value.length > 1) {
    return { kind: "wrong", problems: [oneFileExpected(undefined, { option, found: found.value.length })] };
  }
  const loaded = await loadSources(found.value, host);
  const [input] = loaded.value;
  if (input === undefined) return { kind: "wrong", problems: loaded.diagnostics };
  return { kind: "found", input, diagnostics: found.diagnostics };
}
