import type { CheckResult } from "../../stages/check-source.ts";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import type { Environment } from "../../node/environment.ts";
import type { Input } from "../../node/inputs.ts";
import { loadSources, type LoadedInput } from "../../node/load-sources.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { findFiles } from "../arguments/find-files.ts";
import type { FilesInvocation } from "../arguments/invocation.ts";
import { gatherDiagnostics, gatherSources } from "../report/gather-diagnostics.ts";
import { stopped, type Outcome } from "../report/outcome.ts";

/** Model files that were read and checked, or why that could not be. */
export type CheckedFiles =
  | {
      readonly ok: true;
      readonly checked: readonly { readonly input: LoadedInput; readonly result: CheckResult }[];
      /** What is to say about the files, without results. */
      readonly outcome: Outcome;
    }
  | { readonly ok: false; readonly outcome: Outcome };

/** Finds, reads and checks the files of a command. A file that two patterns name is checked once. */
export async function checkFiles(invocation: FilesInvocation, environment: Environment): Promise<CheckedFiles> {
  const found = await findFiles(invocation, environment, "searched");
  if (hasErrors(found.diagnostics)) return { ok: false, outcome: stopped(found.diagnostics, {}) };
  const once = [...new Map(found.value.map((input) => [input.path, input])).values()];
  const { outcome, ...files } = await checkInputs(once, environment);
  return { ...files, outcome: { ...outcome, diagnostics: [...found.diagnostics, ...outcome.diagnostics] } };
}

/** Reads and checks files. */
export async function checkInputs(inputs: readonly Input[], environment: Environment): Promise<CheckedFiles> {
  const host = createNodeHost(environment.cwd, environment.files);
  const loaded = await loadSources(inputs, host);
  if (loaded.diagnostics.length > 0) return { ok: false, outcome: stopped(loaded.diagnostics, {}) };

  const compiler = await environment.loadCompiler();
  const checked: { readonly input: LoadedInput; readonly result: CheckResult }[] = [];
  for (const input of loaded.value) checked.push({ input, result: await compiler.check(input.source, { host }) });
  const results = checked.map(({ result }) => result);
  const outcome = {
    problems: [],
    diagnostics: gatherDiagnostics(results),
    sources: gatherSources(results),
    text: "",
    json: {},
  };
  return { ok: true, checked, outcome };
}
