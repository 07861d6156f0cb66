import type { CheckResult } from "../../stages/check-source.ts";
import type { Environment } from "../../node/environment.ts";
import { loadSources, type LoadedInput } from "../../node/load-sources.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { findFiles } from "../arguments/find-files.ts";
import type { FilesInvocation } from "../arguments/invocation.ts";
import { gatherDiagnostics, gatherSources } from "../report/gather-diagnostics.ts";
import { stopped, type Outcome } from "../report/outcome.ts";

/** What `check` and `summary` share: finds, reads and checks files. */
export async function checkFiles(
  invocation: FilesInvocation,
  environment: Environment,
): Promise<
  | {
      readonly ok: true;
      readonly inputs: readonly LoadedInput[];
      readonly results: readonly CheckResult[];
      readonly outcome: Outcome;
    }
  | { readonly ok: false; readonly outcome: Outcome }
> {
  const host = createNodeHost(environment.cwd, environment.files);
  const found = await findFiles(invocation, environment);
  if (found.diagnostics.length > 0) return { ok: false, outcome: stopped(found.diagnostics, {}) };
  // A file that two patterns name is checked once.
  const once = [...new Map(found.value.map((input) => [input.path, input])).values()];
  const loaded = await loadSources(once, host);
  if (loaded.diagnostics.length > 0) return { ok: false, outcome: stopped(loaded.diagnostics, {}) };

  const compiler = await environment.loadCompiler();
  const results: CheckResult[] = [];
  for (const input of loaded.value) results.push(await compiler.check(input.source, { host }));
  const outcome = {
    problems: [],
    diagnostics: gatherDiagnostics(results),
    sources: gatherSources(results),
    text: "",
    json: {},
  };
  return { ok: true, inputs: loaded.value, results, outcome };
}
