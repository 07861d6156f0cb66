import { visibleText } from "../../diagnostics/visible-text.ts";
import type { BuiltInput } from "../build/build-input.ts";
import { buildInputs, findBuildInputs, type BuildRun } from "../build/build-inputs.ts";
import { listOutputs } from "../build/list-outputs.ts";
import { buildOptions } from "../arguments/build-options.ts";
import { showProgress } from "../report/build-progress.ts";
import type { Environment } from "../../node/environment.ts";
import { formatReports } from "../report/explain.ts";
import { formatBytes } from "../report/format-bytes.ts";
import type { BuildInvocation } from "../arguments/invocation.ts";
import type { LeftSidecar } from "../build/left-sidecars.ts";
import { stopped, type Outcome } from "../report/outcome.ts";
import type { Output } from "../../node/outputs.ts";
import { sizeLine } from "../report/size-comparison.ts";
import { targetHint } from "../report/target-hint.ts";

/**
 * `layerc build`: compiles all files, and writes outputs only when nothing is wrong with any of them. Files that are on
 * disk already as they would be written stay untouched. With `--check` nothing is written.
 */
export async function build(invocation: BuildInvocation, environment: Environment): Promise<Outcome> {
  if (invocation.listOutputs === true) return listOutputs(invocation, environment);
  const found = await findBuildInputs(invocation, environment);
  if (found.diagnostics.length > 0) return stopped(found.diagnostics, { outputs: [] });
  const progress = showProgress(found.value.length, invocation, environment);
  const run = await buildInputs(found.value, invocation, environment, { progress });
  return {
    ...outcomeOf(run, invocation, environment.cwd),
    ...(invocation.check === true ? checkedText(run, invocation) : {}),
  };
}

/** What a build that writes has to say. */
function outcomeOf(run: BuildRun, invocation: BuildInvocation, cwd: string): Outcome {
  const { problems, diagnostics, sources, outputs } = run;
  const outcome = { problems, diagnostics, sources, text: "", json: { outputs: [] } };
  if (!succeeded(run)) return outcome;
  const explained = explainedText(run, invocation);
  const leavesTargetOpen = ({ input }: BuiltInput): boolean =>
    buildOptions(invocation, input.path, cwd).target === undefined;
  return {
    ...outcome,
    text: [
      explained,
      explained === "" ? "" : "\n",
      ...outputs.map(builtLine),
      withoutModels(run),
      leftSidecarLines(run),
      targetHint(run.built.filter(leavesTargetOpen).flatMap(({ result }) => result.reports)),
    ].join(""),
    json: buildJson(run, invocation),
  };
}

/** Whether outputs are on disk, or could be: `--check` writes none. */
export function succeeded({ problems, diagnostics }: Pick<BuildRun, "problems" | "diagnostics">): boolean {
  return problems.length === 0 && diagnostics.every(({ severity }) => severity !== "error");
}

/** The tables of `--explain`. */
export function explainedText(run: BuildRun, { explain }: BuildInvocation): string {
  return explain === true ? [formatReports(reportsOf(run)), ...sizesOf(run).map(sizeLine)].join("") : "";
}

/** A line for each file that a build has left without use. */
export function leftSidecarLines({ leftSidecars }: BuildRun): string {
  return leftSidecars.map(leftSidecarLine).join("");
}

/** `--check` says what differs. */
function checkedText(run: BuildRun, invocation: BuildInvocation): Pick<Outcome, "text" | "failed"> {
  const differing = run.outputs.filter(({ state }) => state !== "current");
  return {
    failed: differing.length > 0,
    text: succeeded(run) ? [...differing.map(checkLine), explainedText(run, invocation)].join("") : "",
  };
}

/** `digits.layers -> digits.ts  14.2 kB` */
function builtLine({ source, path, content, state }: Output): string {
  const note = state === "current" ? " (unchanged)" : "";
  return `${visibleText(source)} -> ${visibleText(path)}  ${formatBytes(content.length)}${note}\n`;
}

/** A line for each file that only others import, so that nobody waits for its module. */
function withoutModels({ built }: BuildRun): string {
  return built
    .filter(({ result }) => result.files.length === 0)
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

/** The fields of the JSON document. */
export function buildJson(run: BuildRun, invocation: BuildInvocation): Readonly<Record<string, unknown>> {
  return { outputs: run.outputs.map((output) => outputJson(output, run)), ...reportJson(run, invocation) };
}

function outputJson({ source, path, content, state }: Output, run: BuildRun): Readonly<Record<string, unknown>> {
  const cached = run.built.some((built) => built.cached && built.input.path === source);
  return { source, path, bytes: content.length, state, cached };
}

function reportJson(run: BuildRun, { explain }: BuildInvocation): Readonly<Record<string, unknown>> {
  if (explain !== true) return {};
  const sizes = sizesOf(run);
  return { models: reportsOf(run), ...(sizes.length > 0 ? { sizes } : {}) };
}

function reportsOf({ built }: BuildRun): BuildRun["built"][number]["result"]["reports"] {
  return built.flatMap(({ result }) => result.reports);
}

function sizesOf({ built }: BuildRun): readonly NonNullable<BuildRun["built"][number]["sizes"]>[] {
  return built.flatMap(({ sizes }) => (sizes === undefined ? [] : [sizes]));
}
