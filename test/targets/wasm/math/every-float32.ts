/**
 * The largest errors of the vector functions, or of those named, too long for `npm test`: at every float32 of magnitude 2^-16
 * to 2^7 and every 16th of the others, which takes about a minute each; with `--all` at all 2^32.
 * `node test/targets/wasm/math/every-float32.ts exp tanh`, with Node 24, which has relaxed SIMD and runs TypeScript.
 */
import { argv, exit } from "node:process";
import { vectorFunctions } from "../../../../src/targets/wasm/math/index.ts";
import { mappingModule, supports, type InstructionSet } from "./assemble.ts";
import { largestErrors, type LargestError } from "./largest-error.ts";

const chunk = 2 ** 16;
const names = argv.slice(2).filter((argument) => argument !== "--all");
const all = argv.includes("--all");
const sets = (["plain", "relaxed"] as const satisfies readonly InstructionSet[]).filter(supports);
let failed = false;

for (const { name, maxUlp } of vectorFunctions) {
  if (names.length > 0 && !names.includes(name)) continue;
  const modules = await Promise.all(sets.map((set) => mappingModule(vectorFunctions, [], set, chunk)));
  let largest: readonly LargestError[] = [];
  let [start, step] = [0, 1];
  for (; start < 2 ** 32; start += chunk * step) {
    const exponent = ((start >>> 23) & 0xff) - 127;
    step = all || (exponent >= -16 && exponent < 7) ? 1 : 16;
    largest = largestErrors(name, modules, largest, (bits) => {
      for (let at = 0; at < chunk; at++) bits[at] = start + at * step;
    });
  }
  const found = sets.map((set, at) => `${set} ${largest[at]?.ulp.toFixed(4)} at ${largest[at]?.at}`);
  console.log(`${name}: ${found.join(", ")}; stated ${maxUlp}`);
  failed ||= largest.some(({ ulp }) => ulp > maxUlp);
}

exit(failed ? 1 : 0);
