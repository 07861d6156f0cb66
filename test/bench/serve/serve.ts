import { createInterface } from "node:readline";
import { outputsFile, readWorkload, writeFloats } from "../workload-files.ts";
import type { Contender, Runner } from "./contender.ts";

/**
 * Answers the lines of a benchmark's process on stdin, one line each on stdout, as `c/main.c` does too:
 *
 *     prepare <folder> <name>    ready <note>              after writing its outputs to the folder under that name
 *     run <milliseconds>         ns <per call> <calls>
 *
 * and `error <message>` for whatever can't be done. Other lines on stdout are a library's own, and mean nothing.
 */
export function serve(contender: Contender): void {
  let timed: ((calls: number) => void | Promise<void>) | undefined;
  const answer = async (line: string): Promise<string> => {
    const [command, first = "", second = ""] = line.split(" ");
    switch (command) {
      case "prepare": {
        const workload = readWorkload(first);
        const runner = await contender.prepare(workload);
        const outputs: Float32Array[] = [];
        for (let call = 0; call < workload.calls; call++) outputs.push(Float32Array.from(await runner.call(call)));
        writeFloats(outputsFile(first, second), outputs);
        timed = timedLoop(runner, workload.pool);
        return `ready ${runner.note ?? ""}`;
      }
      case "run": {
        if (timed === undefined) return "error nothing is prepared";
        const { nanoseconds, calls } = await runFor(timed, Number(first));
        return `ns ${nanoseconds} ${calls}`;
      }
      default:
        return `error unknown command ${command}`;
    }
  };
  let queue = Promise.resolve();
  createInterface({ input: process.stdin }).on("line", (line) => {
    queue = queue.then(() =>
      answer(line).then(
        (text) => void process.stdout.write(`${text}\n`),
        (error: unknown) => void process.stdout.write(`error ${(error as Error).message.replaceAll("\n", " ")}\n`),
      ),
    );
  });
}

/** Holds the last result, so that no compiler leaves out what nobody would look at. */
const sink: { result?: ArrayLike<number> } = {};

/** Calls over the pool's inputs in turn, whose number is a power of two. */
function timedLoop(runner: Runner, pool: number): (calls: number) => void | Promise<void> {
  const mask = pool - 1;
  const isAsync = runner.call(0) instanceof Promise;
  if (isAsync) {
    return async (calls) => {
      for (let at = 0; at < calls; at++) sink.result = await runner.call(at & mask);
    };
  }
  return (calls) => {
    for (let at = 0; at < calls; at++) sink.result = runner.call(at & mask) as ArrayLike<number>;
  };
}

/**
 * Runs for about so many milliseconds, at least once, and gives the mean time of a call: the processor time of this thread, which
 * goes on while memory is collected and stands still while the system runs something else.
 */
async function runFor(
  timed: (calls: number) => void | Promise<void>,
  milliseconds: number,
): Promise<{ readonly nanoseconds: number; readonly calls: number }> {
  let calls = 0;
  let group = 1;
  const start = performance.now();
  const startOfThread = threadTime();
  for (;;) {
    const before = performance.now();
    const pending = timed(group);
    if (pending !== undefined) await pending;
    const now = performance.now();
    calls += group;
    if (now - start >= milliseconds) return { nanoseconds: (threadTime() - startOfThread) / calls, calls };
    if (now - before < 0.25) group *= 2;
  }
}

/** Nanoseconds; of the clock on the wall where Node is older than 23.9. */
function threadTime(): number {
  const { threadCpuUsage } = process as { threadCpuUsage?: () => NodeJS.CpuUsage };
  if (threadCpuUsage === undefined) return performance.now() * 1e6;
  const { user, system } = threadCpuUsage.call(process);
  return (user + system) * 1000;
}
