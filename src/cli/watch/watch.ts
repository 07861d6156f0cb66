import { findBuildInputs, type BuildRun } from "../build/build-inputs.ts";
import { buildJson, explainedText, leftFileLines } from "../build/build-outcome.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { configure } from "../arguments/configure.ts";
import { confined } from "../arguments/confined.ts";
import type { Environment } from "../../node/environment.ts";
import { inputMissing, noInputs, type Input } from "../../node/inputs.ts";
import type { BuildInvocation } from "../build/build-invocation.ts";
import { exitCodes, stopped, type ExitCode, type Outcome } from "../report/outcome.ts";
import { report } from "../report/report.ts";
import { concerned, rememberBuilds, type Tell } from "./watch-builds.ts";
import { collectChanges } from "./watch-changes.ts";
import { watchFiles } from "./watch-files.ts";
import { rebuildLine, removedLine, watchingLine } from "./watch-lines.ts";
import { inputPlaces } from "./watch-places.ts";

/**
 * `layerc build --watch`: builds all inputs, and again those that change, each by itself, until it is stopped. Whatever
 * goes wrong meanwhile is printed, and leaves outputs as they were. What changed is found by looking at the files; the
 * watcher only says when to look. Answers the exit code.
 */
export async function watch(given: BuildInvocation, environment: Environment): Promise<ExitCode> {
  const stop = environment.stopSignal?.() ?? new AbortController().signal;
  const found = await findAll(given, environment);
  if (found.trouble !== undefined) return report(found.trouble, given, environment);
  if (found.missing !== undefined) return report(found.missing, given, environment);

  const say = (text: string): void => {
    if (given.report === "text" && given.quiet !== true) environment.stdout.write(text);
  };
  const builds = rememberBuilds();
  const changes = collectChanges(stop);
  const watcher = await watchFiles(environment.files, changes.note, (error) =>
    environment.stderr.write(`layerc can't watch everything: ${String(error)}; CHOKIDAR_USEPOLLING=1 may help\n`),
  );
  let warned = "[]";
  const update = async (now: Extract<Found, { trouble?: undefined }>): Promise<void> => {
    const { invocation, inputs, warnings } = now;
    for (const { input, outputs } of builds.forgetAllBut(inputs)) say(removedLine(input.path, outputs));
    const told = JSON.stringify(warnings);
    if (told !== warned && warnings.length > 0) {
      report(
        { ...stopped(warnings, { outputs: [] }), problems: [], diagnostics: warnings },
        { ...given, oneLine: true },
        environment,
      );
    }
    warned = told;
    await builds.update(inputs, invocation, now.environment, stop, createTell(invocation, environment));
    const { trees, files } = inputPlaces(invocation, environment);
    const read = [...builds.last.values()].flatMap((build) => concerned(build, invocation.outDir, environment.cwd));
    watcher.watch({ trees, files: new Set([...files, ...read]) });
  };

  try {
    await update(found);
    say(watchingLine(builds.last.size));
    let told = "";
    while (await changes.next()) {
      const now = await findAll(given, environment);
      const trouble = JSON.stringify(now.trouble?.problems);
      if (now.trouble === undefined) await update(now);
      else if (trouble !== told) report(now.trouble, { ...given, oneLine: true }, environment);
      told = trouble;
    }
    return exitCodes.fine;
  } finally {
    await watcher.close();
  }
}

/** The inputs as they are now, or why that can't be said. */
type Found =
  | { readonly trouble: Outcome; readonly missing?: Outcome }
  | {
      readonly trouble?: undefined;
      /** With what the config says. */
      readonly invocation: BuildInvocation;
      /** What the config lets be read. */
      readonly environment: Environment;
      readonly inputs: readonly Input[];
      /** Of globs that leave something out. */
      readonly warnings: readonly Diagnostic[];
      /** Names and globs of the command line for which there is no file: wrong when a watch begins, and later no more. */
      readonly missing?: Outcome;
    };

async function findAll(given: BuildInvocation, whole: Environment): Promise<Found> {
  const configured = await configure(given, whole);
  if (!configured.ok) return { trouble: configured.outcome };
  const { invocation } = configured;
  const environment = confined(whole, given, invocation);
  const { value: inputs, diagnostics } = await findBuildInputs(invocation, environment);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  const warnings = diagnostics.filter(({ severity }) => severity !== "error");
  const found = { invocation, environment, inputs, warnings };
  if (errors.length === 0) return found;
  const outcome = stopped(diagnostics, { outputs: [] });
  const absent = errors.every(({ code }) => code === inputMissing.code || code === noInputs.code);
  return absent ? { ...found, missing: outcome } : { trouble: outcome };
}

/** Prints what became of an input. What several inputs suffer from, a broken file that they import, is printed once. */
function createTell(invocation: BuildInvocation, environment: Environment): Tell {
  const printed = new Set<string>();
  const isNew = (diagnostic: BuildRun["diagnostics"][number]): boolean => {
    const key = JSON.stringify(diagnostic);
    const old = invocation.report === "text" && printed.has(key);
    printed.add(key);
    return !old;
  };
  return (input, run, milliseconds) => {
    const { problems, sources } = run;
    const text = [explainedText(run, invocation), rebuildLine(input.path, run, milliseconds), leftFileLines(run)].join(
      "",
    );
    const json = { source: input.path, milliseconds: Math.round(milliseconds), ...buildJson(run, invocation) };
    const outcome = { problems, diagnostics: run.diagnostics.filter(isNew), sources, text, json };
    report(outcome, { ...invocation, oneLine: true }, environment);
  };
}
