import { setTimeout } from "node:timers/promises";
import type { CompileOptions } from "../../compile.ts";
import { mergeOptions } from "../../config/options/merge-options.ts";
import { compileOptionNames } from "../../config/options/values.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { defaultPrecision } from "../../ir/storage-types.ts";
import type { BuildCache } from "./build-cache.ts";
import { buildOptions } from "../arguments/build-options.ts";
import { chooseModuleKind, type ChosenModuleKind } from "./choose-module-kind.ts";
import type { BuildResult } from "./build-result.ts";
import type { Environment } from "../../node/environment.ts";
import type { Input } from "../../node/inputs.ts";
import type { BuildInvocation } from "./build-invocation.ts";
import { loadSources } from "../../node/load-sources.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { readCasesFile } from "../../node/read-cases-file.ts";
import { changedSinceRead, type ReadLog } from "../../node/read-log.ts";
import { runModule } from "../../node/run-module.ts";
import { compareSizes, type SizeComparison } from "../report/size-comparison.ts";
import { maxConfigBytes } from "../../node/limits.ts";

/** What became of one model file. */
export interface BuiltInput {
  readonly input: Input;
  readonly result: BuildResult;
  /** Every file that was read for it. */
  readonly reads: ReadLog;
  readonly moduleKind: ChosenModuleKind;
  /** Whether the result is that of an earlier build. */
  readonly cached: boolean;
  /** With `--explain` and weights that are rounded. */
  readonly sizes?: SizeComparison;
}

export type InputOutcome =
  | ({ readonly kind: "built" } & BuiltInput)
  /** Nothing could be compiled. */
  | { readonly kind: "stopped"; readonly problems: readonly Diagnostic[]; readonly reads: ReadLog };

export const inputKeepsChanging = defineDiagnostic<{ file: string; times: number }>(
  "input-keeps-changing",
  "error",
  "A file is written again and again while a build reads it.",
  ({ file, times }) => ({
    message: `'${file}' changed each of the ${times} times that it was read for this build`,
    help: "build again when it is complete",
  }),
  () => ({
    meaning:
      "Outputs are made of files as they lay on disk together, so a file that changes while it is read is read again, a few times. Something keeps writing this one.",
    example: {
      kind: "situation",
      text: "layerc build runs while a training writes digits.safetensors after every step.",
      arguments: { file: "digits.safetensors", times: 5 },
      mended: "layerc build runs when the training is done.",
    },
  }),
);

/** How often an input is built whose files change meanwhile. */
const times = 5;

/**
 * Compiles one model file, or takes it from the cache. The result is that of files as they lay on disk together: when one
 * changes meanwhile, the file is compiled anew.
 */
export async function buildInput(
  input: Input,
  invocation: BuildInvocation,
  environment: Environment,
  cache: BuildCache | undefined,
): Promise<InputOutcome> {
  const { cwd, files } = environment;
  for (let time = 1; ; time++) {
    const outcome = await buildOnce(input, invocation, environment, cache);
    const changed = changedSinceRead(outcome.reads, cwd, files);
    if (changed === undefined) return outcome;
    if (time === times) {
      const problems = [inputKeepsChanging(undefined, { file: changed, times })];
      return { kind: "stopped", problems, reads: outcome.reads };
    }
    // Whoever writes gets time to finish, more of it each time.
    await setTimeout(25 * time ** 2);
  }
}

async function buildOnce(
  input: Input,
  invocation: BuildInvocation,
  environment: Environment,
  cache: BuildCache | undefined,
): Promise<InputOutcome> {
  const { cwd, files } = environment;
  const moduleKind = chooseModuleKind(input, invocation, environment);
  const cachedReads: ReadLog = new Map();
  const earlier = await cache?.find(input, cachedReads);
  if (earlier !== undefined) {
    return { kind: "built", input, result: earlier, reads: cachedReads, moduleKind, cached: true };
  }

  const reads: ReadLog = new Map();
  const host = createNodeHost(cwd, files, reads);
  // It has a say in the output, as the model has.
  if (moduleKind.because !== undefined) await host.readBytes(moduleKind.because.manifest, maxConfigBytes);
  const { value: loaded, diagnostics: unreadable } = await loadSources([input], host);
  const [source] = loaded;
  if (source === undefined) return { kind: "stopped", problems: unreadable, reads };
  const values = buildOptions(invocation, input.path, cwd);
  const { selfTest } = values;
  const origin = invocation.selfTest === undefined ? "selfTest of the config" : "--self-test";
  const cases = selfTest === undefined ? undefined : await readCasesFile(selfTest, origin, host, cwd);
  if (cases?.kind === "failed") return { kind: "stopped", problems: [cases.diagnostic], reads };

  const { compile } = await environment.loadCompiler();
  const options: CompileOptions = {
    ...mergeOptions(compileOptionNames, values),
    emit: moduleKind.emit,
    host,
    ...(cases === undefined ? {} : { selfTest: cases.source }),
  };
  const comparing = invocation.explain === true && values.precision !== defaultPrecision;
  const result = await compile(source.source, { ...options, ...(comparing ? { runModule } : {}) });
  const shared =
    values.weights === "file"
      ? (await import("./shared-weights.ts")).shareWeights(input, result, invocation.outDir, environment)
      : { ...result, shared: [] };
  const built = { kind: "built", input, result: shared, reads, moduleKind, cached: false } as const;
  if (!comparing || shared.files.length === 0) return built;
  return {
    ...built,
    sizes: compareSizes(input.path, result, await compile(source.source, { ...options, precision: defaultPrecision })),
  };
}
