import { getHeapStatistics } from "node:v8";
import { PerformanceObserver } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { loadContender } from "../serve/load-contender.ts";
import { readWorkload } from "../workload-files.ts";

/**
 * `node --expose-gc --max-semi-space-size=512 heap.js <folder> <calls> <contender> [option ...]` prints the bytes that the
 * heap and array buffers grew by in so many calls, and how often memory was collected meanwhile. The young generation is so
 * large that nothing of what the calls leave needs to be collected. The least of three runs counts: what the compilers of the
 * runtime allocate now and then is none of the calls', which would allocate each time.
 */
const [folder = "", calls = "0", name = "", ...options] = process.argv.slice(2);
const workload = readWorkload(folder);
const runner = await (await loadContender(name, options)).prepare(workload);
const mask = workload.pool - 1;
const run = (count: number): void => {
  for (let at = 0; at < count; at++) runner.call(at & mask);
};

const collect = (globalThis as unknown as { gc(): void }).gc;
let collections = 0;
const observer = new PerformanceObserver((list) => (collections += list.getEntries().length));

run(Math.ceil(Number(calls) / 5));
await setTimeout(200);
const growths: number[] = [];
const nothing = await growth(0);
for (let round = 0; round < 3; round++) growths.push((await growth(Number(calls))) - nothing);
console.log(`result ${Math.max(0, Math.min(...growths))} ${collections}`);

async function growth(count: number): Promise<number> {
  collect();
  await setTimeout(50);
  observer.observe({ entryTypes: ["gc"] });
  const before = used();
  run(count);
  const grown = used() - before;
  await setTimeout(50);
  observer.disconnect();
  return grown;
}

function used(): number {
  return getHeapStatistics().used_heap_size + process.memoryUsage().arrayBuffers;
}
