import path from "node:path";
import type { Checked, Diagnostic } from "../../diagnostics/diagnostic.ts";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import type { Source } from "../../syntax/source.ts";
import { chooseModuleKind } from "./choose-module-kind.ts";
import { openCache, type BuildCache } from "./build-cache.ts";
import { buildInput, type BuiltInput } from "./build-input.ts";
import type { Progress } from "../report/build-progress.ts";
import { commitFiles } from "../../node/commit-files.ts";
import { planDepfile } from "./depfile.ts";
import type { Environment } from "../../node/environment.ts";
import { findFiles } from "../arguments/find-files.ts";
import { gatherDiagnostics, gatherSources } from "../report/gather-diagnostics.ts";
import type { Input } from "../../node/inputs.ts";
import type { BuildInvocation } from "./build-invocation.ts";
import { findLeftModules, type LeftModule } from "./left-modules.ts";
import type { LeftSidecar } from "./left-sidecars.ts";
import { removeLeftovers } from "../../node/leftovers.ts";
import { takeTrained } from "../arguments/model-name.ts";
import { oneFileExpected } from "../arguments/one-file-expected.ts";
import { checkOutDir } from "../arguments/out-dir.ts";
import { findCollisions, outputFolder, planOutputs } from "../../node/outputs.ts";
import type { Output } from "../../node/plan-files.ts";
import type { ReadLog } from "../../node/read-log.ts";
import { attempt } from "../../node/replace-files.ts";

/** What a build of some inputs found and did. */
export interface BuildRun {
  /** Exit code 2; nothing was written then. */
  readonly problems: readonly Diagnostic[];
  /** Nothing was written when one is an error. */
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly Source[];
  /** Those that were compiled before something stopped the build. */
  readonly built: readonly BuiltInput[];
  /** Empty when nothing could be written. */
  readonly outputs: readonly Output[];
  readonly leftSidecars: readonly LeftSidecar[];
  readonly leftModules: readonly LeftModule[];
  /** What was read, also for inputs that could not be compiled. */
  readonly reads: ReadonlyMap<Input, ReadLog>;
}

/** What a build is told by whoever runs several. */
export interface BuildContext {
  readonly progress?: Progress;
  readonly cache?: BuildCache | undefined;
  readonly others?: NonNullable<Parameters<typeof planOutputs>[1]["others"]>;
}

/** The inputs of a build, and what is wrong with the command line before any is read. */
export async function findBuildInputs(
  invocation: BuildInvocation,
  environment: Environment,
): Promise<Checked<readonly Input[]>> {
  const { outDir, selfTest } = invocation;
  const { cwd, files } = environment;
  const found = await findFiles(invocation, environment);
  // A file that a name and a glob both find is one input, unless --out-dir gives it two places.
  const inputs = [
    ...new Map(found.value.map((input) => [JSON.stringify([input.path, outputFolder(input, outDir)]), input])).values(),
  ];
  const named = await takeTrained(inputs, invocation);
  const unclear = [
    ...found.diagnostics,
    ...named.diagnostics,
    ...checkOutDir(outDir, cwd, files),
    ...findCollisions(inputs, outDir, cwd, (input) => chooseModuleKind(input, invocation, environment).emit),
  ];
  if (!hasErrors(unclear) && selfTest !== undefined && inputs.length > 1) {
    unclear.push(oneFileExpected(undefined, { option: "--self-test", found: inputs.length }));
  }
  return { value: named.value, diagnostics: unclear };
}

/** Builds inputs as a whole: when something is wrong with one of them, nothing is written. */
export async function buildInputs(
  inputs: readonly Input[],
  invocation: BuildInvocation,
  environment: Environment,
  context: BuildContext = {},
): Promise<BuildRun> {
  const { cwd, files } = environment;
  const cache = "cache" in context ? context.cache : openCache(invocation, environment);
  const run = await compileInputs(inputs, invocation, environment, { ...context, cache });
  if (run.problems.length > 0 || hasErrors(run.diagnostics)) return run;

  const { built } = run;
  const places = { outDir: invocation.outDir, cwd, files, force: invocation.force };
  const others = context.others === undefined ? {} : { others: context.others };
  const planned = await planOutputs(built, { ...places, ...others });
  if (planned.diagnostics.length > 0) return { ...run, problems: planned.diagnostics };
  const { findLeftSidecars } = await import("./left-sidecars.ts");
  const done = {
    ...run,
    outputs: planned.value,
    leftSidecars: findLeftSidecars(built, places),
    leftModules: await findLeftModules(planned.value, places),
  };
  if (invocation.check === true || invocation.write === false) return done;

  const problems = await writeOutputs(built, planned.value, invocation, environment);
  if (problems.length > 0) return { ...run, problems };
  for (const { input, result, cached, reads } of built) if (!cached) cache?.keep(input, result, reads);
  cache?.tidy();
  return done;
}

/** Compiles inputs, or takes them from the cache. */
async function compileInputs(
  inputs: readonly Input[],
  invocation: BuildInvocation,
  environment: Environment,
  { progress, cache }: BuildContext,
): Promise<BuildRun> {
  const problems: Diagnostic[] = [];
  const built: BuiltInput[] = [];
  const reads = new Map<Input, ReadLog>();
  for (const input of inputs) {
    progress?.step(input.path);
    const outcome = await buildInput(input, invocation, environment, cache);
    reads.set(input, outcome.reads);
    if (outcome.kind === "built") built.push(outcome);
    else problems.push(...outcome.problems);
  }
  progress?.done();

  const nothing = { built, reads, problems, outputs: [], leftSidecars: [], leftModules: [] };
  if (problems.length > 0) return { ...nothing, diagnostics: [], sources: [] };
  const results = built.map(({ result }) => result);
  return { ...nothing, diagnostics: gatherDiagnostics(results), sources: gatherSources(results) };
}

/** Writes what differs from the disk, and the depfile, all or nothing; answers what stood in the way. */
async function writeOutputs(
  built: readonly BuiltInput[],
  outputs: readonly Output[],
  invocation: BuildInvocation,
  environment: Environment,
): Promise<readonly Diagnostic[]> {
  const { cwd, files } = environment;
  const depfile = planDepfile(built, outputs, invocation, environment);
  if (depfile.diagnostics.length > 0) return depfile.diagnostics;
  const changed = outputs.filter(({ state }) => state !== "current");
  const failure = await commitFiles([...changed, ...depfile.value], cwd, files);
  if (failure !== undefined) return [failure];
  attempt(() => {
    const folders = outputs.map((output) => path.dirname(files.realPath(path.resolve(cwd, output.path))));
    removeLeftovers(folders, files);
  });
  if (invocation.depfile !== undefined) {
    // make and ninja go by times: what is right already must be younger than what it was made from.
    for (const { path: output, state } of outputs) {
      if (state === "current") attempt(() => files.touch(path.resolve(cwd, output)));
    }
  }
  return [];
}
