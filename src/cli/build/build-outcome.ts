import { visibleText } from "../../diagnostics/visible-text.ts";
import { chosenOptions } from "../arguments/build-options.ts";
import { formatReports } from "../report/explain.ts";
import type { Outcome } from "../report/outcome.ts";
import { differingLine, outputJson, outputLine } from "../report/output-lines.ts";
import { sizeLine } from "../report/size-comparison.ts";
import { targetHint } from "../report/target-hint.ts";
import { weightsHint } from "../report/weights-hint.ts";
import type { BuiltInput } from "./build-input.ts";
import type { BuildRun } from "./build-inputs.ts";
import { moduleKindLines } from "./choose-module-kind.ts";
import type { BuildInvocation } from "./build-invocation.ts";
import { leftModuleLine } from "./left-modules.ts";
import type { LeftSidecar } from "./left-sidecars.ts";

/** What a build has to say, to people and to tools. */
export function buildOutcome(run: BuildRun, invocation: BuildInvocation, cwd: string): Outcome {
  const outcome = writtenOutcome(run, invocation, cwd);
  return invocation.check === true ? { ...outcome, ...checkedText(run, invocation) } : outcome;
}

function writtenOutcome(run: BuildRun, invocation: BuildInvocation, cwd: string): Outcome {
  const { problems, diagnostics, outputs } = run;
  const outcome = { problems, diagnostics, sources: run.sources, text: "", json: { outputs: [] } };
  if (!succeeded(run)) return outcome;
  const explained = explainedText(run, invocation);
  const leavesOpen =
    (option: "target" | "weights") =>
    ({ input }: BuiltInput): boolean =>
      chosenOptions(invocation, input.path, cwd)[option] === undefined;
  const holdWeights = run.built.filter(leavesOpen("weights")).filter(({ result }) => result.inlined.length > 0);
  const sources = new Set(holdWeights.map(({ input }) => input.path));
  return {
    ...outcome,
    text: [
      explained,
      explained === "" ? "" : "\n",
      ...outputs.map((output) => outputLine(output, invocation.write)),
      moduleKindLines(run.built.filter(({ result }) => result.files.length > 0).map(({ moduleKind }) => moduleKind)),
      withoutModels(run),
      sharedLines(run),
      leftFileLines(run),
      targetHint(run.built.filter(leavesOpen("target")).flatMap(({ result }) => result.reports)),
      weightsHint(outputs.filter(({ source }) => sources.has(source))),
    ].join(""),
    json: buildJson(run, invocation),
  };
}

/** Whether outputs are on disk, or could be: `--check` writes none. */
function succeeded({ problems, diagnostics }: Pick<BuildRun, "problems" | "diagnostics">): boolean {
  return problems.length === 0 && diagnostics.every(({ severity }) => severity !== "error");
}

/** The tables of `--explain`. */
export function explainedText(run: BuildRun, { explain }: BuildInvocation): string {
  return explain === true ? [formatReports(reportsOf(run)), ...sizesOf(run).map(sizeLine)].join("") : "";
}

/** A line for each file that a build has left without use. */
export function leftFileLines({ leftSidecars, leftModules }: BuildRun): string {
  return [...leftSidecars.map(leftSidecarLine), ...leftModules.map(leftModuleLine)].join("");
}

/** `--check` says what differs. */
function checkedText(run: BuildRun, invocation: BuildInvocation): Pick<Outcome, "text" | "failed"> {
  const differing = run.outputs.filter(({ state }) => state !== "current");
  return {
    failed: differing.length > 0,
    text: succeeded(run)
      ? [...differing.map((output) => differingLine(output, invocation.command)), explainedText(run, invocation)].join(
          "",
        )
      : "",
  };
}

/** A line for each file that only others import, so that nobody waits for its module. */
function withoutModels({ built }: BuildRun): string {
  return built
    .filter(({ result }) => result.files.length === 0)
    .map(({ input }) => `${visibleText(input.path)} has no models: nothing to write\n`)
    .join("");
}

function leftSidecarLine({ path, model, instead }: LeftSidecar): string {
  const why =
    instead === undefined
      ? `the module of ${visibleText(model)} holds its weights`
      : `${visibleText(instead)} has the weights`;
  return `${visibleText(path)} is not needed any more: ${why}\n`;
}

/** A line for each weight file that is the module's already, so that nobody waits for another. */
function sharedLines({ built }: BuildRun): string {
  return built
    .flatMap(({ result }) => result.shared)
    .map(({ name, weightFile }) => `${visibleText(weightFile)} has the weights of ${name} as its module reads them\n`)
    .join("");
}

/** The fields of the JSON document. */
export function buildJson(run: BuildRun, invocation: BuildInvocation): Readonly<Record<string, unknown>> {
  const outputs = run.outputs.map((output) => ({
    ...outputJson(output),
    cached: run.built.some(({ cached, input }) => cached && input.path === output.source),
  }));
  return { outputs, ...reportJson(run, invocation) };
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
