import * as compiler from "../../src/compile.ts";
import { run } from "../../src/cli/run.ts";
import type { FuzzInput } from "./inputs.ts";
import { judgeCache } from "./judges/judge-cache.ts";
import { judgeConfig } from "./judges/judge-config.ts";
import { judgeConfigScript } from "./judges/judge-config-script.ts";
import { judgeNumbers } from "./judges/judge-numbers.ts";
import { wrongArrays } from "./judges/wrong-arrays.ts";
import { wrongModule } from "./judges/wrong-module.ts";
import { memoryFiles } from "./memory-files.ts";
import type { Peers } from "./peers/peer.ts";

/** Characters that a run may print: a hundred diagnostics with their frames, and as much for each byte of a small source. */
const mostPrinted = 400_000;

/** Questions to the file system. */
const mostCalls = 5_000;

/** What is wrong with how layerc took an input; undefined when nothing is. `counts` hears what became of it. */
export async function judge(
  input: FuzzInput,
  counts: Record<string, number>,
  peers: Peers = {},
): Promise<string | undefined> {
  if (input.kind === "config") return judgeConfig(input.files["layerc.config.json"] as string);
  if (input.kind === "config script") return judgeConfigScript(input.files, counts);
  const files = memoryFiles(input.files);
  if (input.forge !== undefined) return judgeCache(input, files);
  let printed = "";
  const stream = { write: (text: string) => void (printed += text), isTerminal: false };
  const exitCode = await run(input.argv, "0.0.0", {
    cwd: "/p",
    variables: {},
    stdout: stream,
    stderr: stream,
    readInput: async () => new Uint8Array(),
    files,
    loadCompiler: async () => compiler,
  });
  counts[`exit ${exitCode}`] = (counts[`exit ${exitCode}`] ?? 0) + 1;
  if (exitCode === 3) return `exit 3: ${printed.slice(0, 500)}`;
  if (exitCode !== 0 && exitCode !== 1 && exitCode !== 2) return `exit ${String(exitCode)}`;
  if (exitCode !== 0 && printed === "") return `exit ${exitCode} without a word`;
  if (/^\s+at (?:\S+ \()?(?:file:|node:|\/)\S*:\d+:\d+\)?$/m.test(printed))
    return `a stack trace: ${printed.slice(0, 800)}`;
  if (printed.length > mostPrinted) return `printed ${printed.length} characters`;
  if (files.work.calls > mostCalls) return `asked for files ${files.work.calls} times`;
  return (
    wrongModule(files, input) ??
    (await wrongArrays(input, counts)) ??
    (await judgeNumbers(input, exitCode, counts, peers))
  );
}
