import type { CompileOptions, CompileResult } from "../compile.ts";
import type { Host } from "../load/host.ts";
import { hasErrors, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { visibleText } from "../diagnostics/visible-text.ts";
import { commitFiles } from "./commit-files.ts";
import type { Environment } from "./environment.ts";
import { formatReports } from "./explain.ts";
import { formatBytes } from "./format-bytes.ts";
import { gatherDiagnostics, gatherSources } from "./gather.ts";
import { findInputs, type Input } from "./inputs.ts";
import type { BuildInvocation } from "./invocation.ts";
import { findLeftSidecars, type LeftSidecar } from "./left-sidecars.ts";
import { loadSources } from "./load-sources.ts";
import { createNodeHost } from "./node-host.ts";
import { oneFileExpected } from "./one-file-expected.ts";
import { readCasesFile } from "./read-cases-file.ts";
import { stopped, type Outcome } from "./outcome.ts";
import { findCollisions, planOutputs, type Output } from "./outputs.ts";
import { checkOutDir } from "./out-dir.ts";

const nothing = { outputs: [] };

/**
 * `layerc build`: compiles all files, and writes outputs only when nothing is wrong with any of them. Files that are on
 * disk already as they would be written stay untouched. With `--check` nothing is written.
 */
export async function build(invocation: BuildInvocation, environment: Environment): Promise<Outcome> {
  const { cwd, files } = environment;
  const { outDir } = invocation;
  const host = createNodeHost(cwd, files);

  const found = await findInputs(invocation.files, environment);
  const unclear = [
    ...found.diagnostics,
    ...checkOutDir(outDir, cwd, files),
    ...findCollisions(found.value, outDir, cwd),
  ];
  if (unclear.length > 0) return stopped(unclear, nothing);
  const loaded = await loadSources(found.value, host);
  if (loaded.diagnostics.length > 0) return stopped(loaded.diagnostics, nothing);

  const selfTest = await readSelfTest(invocation, found.value.length, host, cwd);
  if (selfTest.problems.length > 0) return stopped(selfTest.problems, nothing);

  const { compile } = await environment.loadCompiler();
  const { target, weights, unroll, emit } = invocation;
  const built: { readonly input: Input; readonly result: CompileResult }[] = [];
  for (const input of loaded.value) {
    const result = await compile(input.source, { host, target, weights, unroll, emit, ...selfTest.option });
    built.push({ input, result });
  }
  const results = built.map(({ result }) => result);
  const diagnostics = gatherDiagnostics(results);
  const sources = gatherSources(results);
  const outcome = { problems: [], diagnostics, sources, text: "", json: nothing };
  if (hasErrors(diagnostics)) return outcome;

  const explained = invocation.explain === true ? results.flatMap((result) => result.reports) : [];
  const planned = planOutputs(built, { outDir, cwd, files });
  if (planned.diagnostics.length > 0) return { ...outcome, problems: planned.diagnostics };
  if (invocation.check === true) {
    const differing = planned.value.filter(({ state }) => state !== "current");
    return {
      ...outcome,
      failed: differing.length > 0,
      text: [...differing.map(checkLine), formatReports(explained)].join(""),
      json: { outputs: planned.value.map(outputJson), ...reportJson(invocation, results) },
    };
  }

  const failure = await commitFiles(
    planned.value.filter(({ state }) => state !== "current"),
    cwd,
    files,
  );
  if (failure !== undefined) return { ...outcome, problems: [failure] };
  const separator = explained.length > 0 ? "\n" : "";
  return {
    ...outcome,
    text: [
      formatReports(explained),
      separator,
      ...planned.value.map(builtLine),
      withoutModels(built),
      ...findLeftSidecars(built, { outDir, cwd, files }).map(leftSidecarLine),
    ].join(""),
    json: { outputs: planned.value.map(outputJson), ...reportJson(invocation, results) },
  };
}

/** The file of `--self-test`, as an option of the compiler. */
async function readSelfTest(
  { selfTest }: BuildInvocation,
  inputs: number,
  host: Host,
  cwd: string,
): Promise<{ readonly problems: readonly Diagnostic[]; readonly option: Pick<CompileOptions, "selfTest"> }> {
  if (selfTest === undefined) return { problems: [], option: {} };
  if (inputs > 1) {
    return { problems: [oneFileExpected(undefined, { option: "--self-test", found: inputs })], option: {} };
  }
  const cases = await readCasesFile(selfTest, "--self-test", host, cwd);
  if (cases.kind === "failed") return { problems: [cases.diagnostic], option: {} };
  return { problems: [], option: { selfTest: cases.source } };
}

/** `digits.layers -> digits.ts  14.2 kB` */
function builtLine({ source, path, content, state }: Output): string {
  const note = state === "current" ? " (unchanged)" : "";
  return `${visibleText(source)} -> ${visibleText(path)}  ${formatBytes(content.length)}${note}\n`;
}

/** A line for each file that only others import, so that nobody waits for its module. */
function withoutModels(built: readonly { readonly input: Input; readonly result: CompileResult }[]): string {
  return built
    .filter(({ result }) => result.models.length === 0)
    .map(({ input }) => `${visibleText(input.path)} has no models: nothing to write\n`)
    .join("");
}

function checkLine({ source, path, state }: Output): string {
  const what = state === "missing" ? "is missing" : "is out of date";
  return `${visibleText(path)} ${what}: run layerc build for ${visibleText(source)}\n`;
}

function leftSidecarLine({ path, model }: LeftSidecar): string {
  return `${visibleText(path)} is not needed any more: the module of ${visibleText(model)} holds its weights\n`;
}

function outputJson({ source, path, content, state }: Output): Readonly<Record<string, unknown>> {
  return { source, path, bytes: content.length, state };
}

function reportJson(invocation: BuildInvocation, results: readonly CompileResult[]): Readonly<Record<string, unknown>> {
  return invocation.explain === true ? { models: results.flatMap((result) => result.reports) } : {};
}
