import { parseArguments } from "../../../src/cli/arguments/parse-arguments.ts";
import { wrongUsage } from "../../../src/cli/arguments/wrong-usage.ts";
import { prune } from "../../../src/cli/commands/prune.ts";
import { train } from "../../../src/cli/commands/train.ts";
import { stopped } from "../../../src/cli/report/outcome.ts";
import { report } from "../../../src/cli/report/report.ts";
import type { Environment } from "../../../src/node/environment.ts";
import { nodeFileSystem, type FileSystem } from "../../../src/node/file-system.ts";
import { makeSandbox, type Run } from "../sandbox.ts";
import { fakeCompile } from "./fake-trainer.ts";

/** A model of one layer, which the fake trainer trains. */
export const irisModel = `model Iris {
  input [2]
  compile(sgd(learning_rate=0.1), sparse_categorical_crossentropy, metrics=[accuracy])
  dense: Dense(3, activation=softmax)
  labels ["setosa", "versicolor", "virginica"]
}
`;

/** Samples of three classes that lie around three points, in a random order. */
export function irisRows(count: number, seed = 1): string {
  let state = seed;
  const random = (): number => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
  const names = ["setosa", "versicolor", "virginica"];
  const middles = [
    [0, 0],
    [2, 0],
    [0, 2],
  ] as const;
  const rows = Array.from({ length: count }, () => {
    const at = Math.floor(random() * 3);
    const [x, y] = middles[at] as readonly [number, number];
    return `${(x + random() - 0.5).toFixed(3)},${(y + random() - 0.5).toFixed(3)},${names[at]}`;
  });
  return `length,width,species\n${rows.join("\n")}\n`;
}

export interface TrainingSandbox {
  readonly folder: string;
  run(argv: string, options?: TrainRunOptions): Promise<Run>;
}

export interface TrainRunOptions {
  /** `train`, unless it says so. */
  readonly command?: "train" | "prune";
  readonly environment?: Partial<Environment>;
  readonly files?: Partial<FileSystem>;
  readonly terminal?: { readonly columns: number };
}

/** A folder with a model and its samples to train in; the clock stands still unless a test moves it. */
export function makeTraining(files: Readonly<Record<string, string | Uint8Array>> = {}): TrainingSandbox {
  const { folder } = makeSandbox({ "iris.layers": irisModel, "iris.csv": irisRows(50), ...files });
  return {
    folder,
    async run(argv, options = {}) {
      let stdout = "";
      let stderr = "";
      const environment: Environment = {
        cwd: folder,
        variables: {},
        stdout: {
          write: (text) => void (stdout += text),
          isTerminal: options.terminal !== undefined,
          ...options.terminal,
        },
        stderr: { write: (text) => void (stderr += text), isTerminal: false },
        files: { ...nodeFileSystem, ...options.files },
        loadCompiler: () => import("../../../src/compile.ts"),
        compileTrainer: fakeCompile(),
        now: () => 0,
        ...options.environment,
      };
      const found = parseArguments(`${options.command ?? "train"} ${argv}`.split(" "), "1.2.3", [train, prune]);
      if (found.kind === "print") throw new Error(found.text);
      const outcome =
        found.kind === "run"
          ? await found.command.run(found.parsed, environment)
          : stopped([wrongUsage(undefined, found)], {});
      if (typeof outcome === "number") throw new Error("train prints no outcome of its own");
      const given = found.kind === "run" ? found.parsed : { report: "text" as const, command: null };
      return { exitCode: report(outcome, given, environment), stdout, stderr };
    },
  };
}
