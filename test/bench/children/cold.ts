import { loadContender } from "../serve/load-contender.ts";
import { inputsOf, readWorkload } from "../workload-files.ts";

/**
 * `node cold.js <folder> <contender> [option ...]` prints the milliseconds from the import of a contender to its first
 * result, without the start of Node.
 */
const [folder = "", name = "", ...options] = process.argv.slice(2);
const whole = readWorkload(folder);
const workload = { ...whole, calls: 1, pool: 1, samples: inputsOf(whole, 0).slice() };

const start = performance.now();
const contender = await loadContender(name, options);
const runner = await contender.prepare(workload);
await runner.call(0);
console.log(`result ${performance.now() - start}`);
// Some libraries keep the process alive.
process.exit(0);
