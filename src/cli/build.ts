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
import { targetHint } from "./target-hint.ts";
import { runModule } from "./run-module.ts";
import { compareSizes, sizeLine, type SizeComparison } from "./size-comparison.ts";

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
  const { weights, precision, unroll, emit } = invocation;
  const target = invocation.target === undefined ? {} : { target: invocation.target };
  const comparing = invocation.explain === true && precision === "bfloat16";
  const sizes: SizeComparison[] = [];
  const built: { readonly input: Input; readonly result: CompileResult }[] = [];
  for (const input of loaded.value) {
    const options = { host, ...target, weights, unroll, emit, ...selfTest.option };
    const result = await compile(input.source, { ...options, precision, ...(comparing ? { runModule } : {}) });
    built.push({ input, result });
    if (comparing && result.files.length > 0) {
      sizes.push(compareSizes(input.path, result, await compile(input.source, options)));
    }
  }
  const results = built.map(({ result }) => result);
  const diagnostics = gatherDiagnostics(results);
  const sources = gatherSources(results);
  const outcome = { problems: [], diagnostics, sources, text: "", json: nothing };
  if (hasErrors(diagnostics)) return outcome;

  const explained = [
    formatReports(invocation.explain === true ? results.flatMap((result) => result.reports) : []),
    ...sizes.map(sizeLine),
  ].join("");
  const planned = planOutputs(built, { outDir, cwd, files });
  if (planned.diagnostics.length > 0) return { ...outcome, problems: planned.diagnostics };
  if (invocation.check === true) {
    const differing = planned.value.filter(({ state }) => state !== "current");
    return {
      ...outcome,
      failed: differing.length > 0,
      text: [...differing.map(checkLine), explained].join(""),
      json: { outputs: planned.value.map(outputJson), ...reportJson(invocation, results, sizes) },
    };
  }

  const failure = await commitFiles(
    planned.value.filter(({ state }) => state !== "current"),
    cwd,
    files,
  );
  if (failure !== undefined) return { ...outcome, problems: [failure] };
  const separator = explained === "" ? "" : "\n";
  return {
    ...outcome,
    text: [
      explained,
      separator,
      ...planned.value.map(builtLine),
      withoutModels(built),
      ...findLeftSidecars(built, { outDir, cwd, files }).map(leftSidecarLine),
      invocation.target === undefined ? targetHint(results.flatMap((result) => result.reports)) : "",
    ].join(""),
    json: { outputs: planned.value.map(outputJson), ...reportJson(invocation, results, sizes) },
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

function reportJson(
  invocation: BuildInvocation,
  results: readonly CompileResult[],
  sizes: readonly SizeComparison[],
): Readonly<Record<string, unknown>> {
  if (invocation.explain !== true) return {};
  return { models: results.flatMap((result) => result.reports), ...(sizes.length > 0 ? { sizes } : {}) };
}
