import path from "node:path";
import { buildInputs, type BuildRun } from "../build/build-inputs.ts";
import { openCache } from "../build/build-cache.ts";
import { chooseModuleKind } from "../build/choose-module-kind.ts";
import { buildOptions } from "../arguments/build-options.ts";
import { isConfined } from "../arguments/confined.ts";
import { showProgress } from "../report/build-progress.ts";
import type { Environment } from "../../node/environment.ts";
import type { Input } from "../../node/inputs.ts";
import type { BuildInvocation } from "../build/build-invocation.ts";
import { fileStem } from "../../model-formats/file-names.ts";
import { createNodeHost } from "../../node/node-host.ts";
import { outputFolder } from "../../node/outputs.ts";
import { stampOf, type ReadLog } from "../../node/read-log.ts";
import { moduleEndings } from "../../targets/module-kinds.ts";

/** What became of an input when it was last built. */
export interface LastBuild {
  readonly input: Input;
  readonly reads: ReadLog;
  /** As in `displayPath`; those of the last build that succeeded. */
  readonly outputs: readonly string[];
  /** All that the command line and the config say about it. */
  readonly options: string;
  /** Something other than the files that were read stood in the way, so the next change of any may help. */
  readonly hindered: boolean;
}

/** The builds of a watch, by input. */
export interface Builds {
  readonly last: ReadonlyMap<string, LastBuild>;
  /**
   * Builds the inputs that are new or changed, each by itself, and tells of each; stops between two when it is to stop.
   * Whether an input changed is seen from the content of the files that were read for it.
   */
  update(
    inputs: readonly Input[],
    invocation: BuildInvocation,
    environment: Environment,
    stop: AbortSignal,
    tell: Tell,
  ): Promise<void>;
  /** Forgets the inputs that are gone, and answers their last builds. */
  forgetAllBut(inputs: readonly Input[]): readonly LastBuild[];
}

export type Tell = (input: Input, run: BuildRun, milliseconds: number) => void;

export function rememberBuilds(): Builds {
  const last = new Map<string, LastBuild>();

  /** What the builds of the other inputs have written and read, so that none takes another's place. */
  const othersThan = (key: string): { outputs: ReadonlyMap<string, string>; inputs: readonly string[] } => {
    const others = [...last].filter(([other]) => other !== key).map(([, build]) => build);
    return {
      outputs: new Map(others.flatMap(({ input, outputs }) => outputs.map((output) => [output, input.path] as const))),
      inputs: others.flatMap(({ reads }) => [...reads.keys()]),
    };
  };

  return {
    last,
    async update(inputs, invocation, environment, stop, tell) {
      const changed: Input[] = [];
      for (const input of inputs) {
        const before = last.get(keyOf(input));
        const anew =
          before === undefined || before.hindered || before.options !== optionsOf(input, invocation, environment);
        if (anew || (await hasChanged(before.reads, environment))) changed.push(input);
      }

      const cache = openCache(invocation, environment);
      const progress = showProgress(changed.length, invocation, environment);
      for (const input of changed) {
        if (stop.aborted) return;
        const start = performance.now();
        const key = keyOf(input);
        const before = last.get(key);
        const run = await buildInputs([input], invocation, environment, { progress, cache, others: othersThan(key) });
        last.set(key, {
          input,
          reads: run.reads.get(input) ?? new Map(),
          outputs: run.outputs.length > 0 ? run.outputs.map((output) => output.path) : (before?.outputs ?? []),
          options: optionsOf(input, invocation, environment),
          hindered: run.problems.length > 0,
        });
        tell(input, run, performance.now() - start);
      }
    },

    forgetAllBut(inputs) {
      const here = new Set(inputs.map(keyOf));
      const gone = [...last].filter(([key]) => !here.has(key));
      for (const [key] of gone) last.delete(key);
      return gone.map(([, build]) => build);
    },
  };
}

/** The files whose changes may give a build another outcome, absolute. */
export function concerned(
  { input, reads, hindered, outputs }: LastBuild,
  outDir: string | undefined,
  cwd: string,
): readonly string[] {
  const read = [...reads.keys()];
  if (!hindered) return read.map((file) => path.resolve(cwd, file));
  // What stood in the way may have been a file of other origin in the place of an output.
  const stem = path.join(outputFolder(input, outDir), fileStem(input.path));
  const modules = moduleEndings.map((ending) => `${stem}.${ending}`);
  return [...read, ...outputs, ...modules].map((file) => path.resolve(cwd, file));
}

/** Whether a file is not what it was, by its content; one that was only touched is remembered as it is now. */
async function hasChanged(reads: ReadLog, { cwd, files }: Environment): Promise<boolean> {
  for (const [file, read] of reads) {
    if (stampOf(path.resolve(cwd, file), files) === read.stamp) continue;
    const now: ReadLog = new Map();
    await createNodeHost(cwd, files, now).readBytes(file);
    const found = now.get(file);
    if (found === undefined || found.digest !== read.digest) return true;
    reads.set(file, found);
  }
  return false;
}

function keyOf(input: Input): string {
  return JSON.stringify([input.path, input.folderFromBase]);
}

function optionsOf(input: Input, invocation: BuildInvocation, environment: Environment): string {
  const { emit } = chooseModuleKind(input, invocation, environment);
  const options = Object.entries({ ...buildOptions(invocation, input.path, environment.cwd), emit }).toSorted();
  const reads = isConfined(invocation, invocation);
  return JSON.stringify([outputFolder(input, invocation.outDir), options, input.trained ?? null, reads]);
}
