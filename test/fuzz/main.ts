import { fork, type ChildProcess } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { inputOf } from "./inputs.ts";
import type { Answer, Order } from "./worker.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "100000" },
    seed: { type: "string", default: "1" },
    from: { type: "string", default: "0" },
    only: { type: "string" },
    every: { type: "string", default: "2" },
    kind: { type: "string" },
    peers: { type: "boolean", default: false },
    workers: { type: "string", default: "2" },
    keep: { type: "string" },
  },
});
const seed = Number(values.seed);
const first = Number(values.only ?? values.from);
const last = first + (values.only === undefined ? Number(values.count) : 1);

/** Inputs that a worker is given at once; then another takes its place, and its memory goes. */
const batch = 2_000;

/** An input that takes longer than this hangs: what work costs is counted, this only ends a run. Milliseconds. */
const hangs = 120_000;

const worker = fileURLToPath(new URL("./worker.js", import.meta.url));
const counts: Record<string, number> = {};
let next = first;
let wrong = 0;
let judged = 0;

function report(number: number, input: string, why: string): void {
  wrong++;
  console.log(`\n#${number} ${input}\n  ${why.replaceAll("\n", "\n  ")}`);
  if (values.keep === undefined) return;
  for (const [name, content] of Object.entries(inputOf(seed, number).files)) {
    const file = path.join(values.keep, String(number), path.basename(name));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

/** Gives a worker a range of numbers; a range that it does not survive is gone on with behind the input that ended it. */
async function runRange(from: number, to: number): Promise<void> {
  let at = from;
  const child: ChildProcess = fork(worker, { execArgv: ["--max-old-space-size=1500"] });
  const ended = await new Promise<string | undefined>((resolve) => {
    let timer = setTimeout(() => undefined, 0);
    child.on("message", (answer: Answer) => {
      clearTimeout(timer);
      timer = setTimeout(() => resolve("it hangs"), hangs);
      if (answer.kind === "at") at = answer.number;
      else if (answer.kind === "wrong") report(answer.number, answer.input, answer.why);
      else {
        for (const [name, count] of Object.entries(answer.counts)) counts[name] = (counts[name] ?? 0) + count;
        clearTimeout(timer);
        resolve(undefined);
      }
    });
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      resolve(`the process ends: ${signal ?? code}`);
    });
    child.send({
      seed,
      from,
      to,
      every: Number(values.every),
      peers: values.peers,
      ...(values.kind !== undefined && { kind: values.kind }),
    } satisfies Order);
  });
  child.removeAllListeners();
  child.kill("SIGKILL");
  judged += (ended === undefined ? to : at + 1) - from;
  if (ended === undefined) return;
  const { kind, argv } = inputOf(seed, at);
  report(at, `${kind}: layerc ${argv.join(" ")}`, ended);
  if (at + 1 < to) await runRange(at + 1, to);
}

async function work(): Promise<void> {
  while (next < last) {
    const from = next;
    next = Math.min(last, from + batch);
    await runRange(from, next);
    process.stderr.write(`\r${judged} of ${last - first} inputs, ${wrong} wrong`);
  }
}

await Promise.all(Array.from({ length: Number(values.workers) }, work));
process.stderr.write("\n");
for (const [name, count] of Object.entries(counts).sort()) console.log(`${name.padEnd(24)}${count}`);
console.log(`${judged} inputs of seed ${seed}, from ${first}: ${wrong} wrong`);
process.exitCode = wrong === 0 ? 0 : 1;
