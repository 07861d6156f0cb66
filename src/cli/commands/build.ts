import type { Environment } from "../../node/environment.ts";
import { hasErrors } from "../../diagnostics/diagnostic.ts";
import { defineCommand } from "../arguments/command.ts";
import { buildInputs, findBuildInputs } from "../build/build-inputs.ts";
import { buildFlags, type BuildInvocation } from "../build/build-invocation.ts";
import { buildOutcome } from "../build/build-outcome.ts";
import { listOutputs } from "../build/list-outputs.ts";
import { showProgress } from "../report/build-progress.ts";
import { stopped, type Outcome } from "../report/outcome.ts";

/**
 * `layerc build`: compiles all files, and writes outputs only when nothing is wrong with any of them. Files that are on
 * disk already as they would be written stay untouched. With `--check` nothing is written.
 */
export const build = defineCommand({
  name: "build",
  description: "write a TypeScript module for every model file, a trained one too, beside it or in --out-dir",
  argument: { kind: "files" },
  alsoTried: ["compile", "convert", "generate", "transpile"],
  options: buildFlags,
  readsConfig: true,
  async run(invocation, environment, given) {
    if (invocation.watch === true) {
      const { watch } = await import("../watch/watch.ts");
      return watch(given.invocation, given.environment);
    }
    if (invocation.emitIr !== undefined) {
      const { printIr } = await import("../build/print-ir.ts");
      return printIr(invocation.emitIr, invocation, environment);
    }
    return invocation.listOutputs === true ? listOutputs(invocation, environment) : buildFiles(invocation, environment);
  },
});

async function buildFiles(invocation: BuildInvocation, environment: Environment): Promise<Outcome> {
  const found = await findBuildInputs(invocation, environment);
  if (hasErrors(found.diagnostics)) return stopped(found.diagnostics, { outputs: [] });
  const progress = showProgress(found.value.length, invocation, environment);
  const run = await buildInputs(found.value, invocation, environment, { progress });
  const diagnostics = [...found.diagnostics, ...run.diagnostics];
  return buildOutcome({ ...run, diagnostics }, invocation, environment.cwd);
}
