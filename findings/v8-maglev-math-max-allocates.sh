#!/usr/bin/env bash
# V8 13.6 (Node 24.21.0): a row maximum by Math.max allocates two numbers for each element for its first ten thousand calls, by
# then long optimised; one by a comparison allocates none.
#
# Guess: after some hundred calls Math.max of two doubles is an instruction, and loops over a Float64Array leave nothing on the heap.
# Seen: the loop is inlined into its caller, which Maglev compiles, V8's middle compiler since Node 22. Maglev calls the builtin
# Math.max with numbers on the heap: one for the element, one for the result. A caller that spends its time in other functions comes
# to TurboFan late: here after some ten thousand calls of 0.1 ms; one of 5 ms was not there after six thousand. A step of training
# with a softmax over 32 rows of 10 left 10.8 kB each time. The comparison, and --no-maglev, leave nothing.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' >package.json
npm install --silent --no-audit --no-fund node@24.21.0 >/dev/null
cat >run.mjs <<'JS'
import { getHeapStatistics } from "node:v8";
const [rows, columns] = [32, 10];
const x = Float64Array.from({ length: rows * columns }, (_, at) => Math.sin(1.7 * at));
const y = new Float64Array(rows);
const kernel = new Float64Array(100_000).fill(0.5);
function byMax(values, out) {
  for (let row = 0; row < rows; row++) {
    let most = -Infinity;
    for (let column = 0; column < columns; column++) most = Math.max(most, values[row * columns + column]);
    out[row] = most;
  }
}
function byComparison(values, out) {
  for (let row = 0; row < rows; row++) {
    let most = -Infinity;
    for (let column = 0; column < columns; column++) {
      const next = values[row * columns + column];
      if (next > most) most = next;
    }
    out[row] = most;
  }
}
function long(values) {
  for (let at = 0; at < values.length; at++) values[at] = 0.999 * values[at] + 0.001;
}
const steps = {
  "Math.max": () => (byMax(x, y), long(kernel)),
  "a comparison": () => (byComparison(x, y), long(kernel)),
};
const name = process.argv[2];
const step = steps[name];
for (let call = 0; call < 3000; call++) step();
gc();
const before = getHeapStatistics().used_heap_size;
for (let call = 0; call < 2000; call++) step();
const bytes = (getHeapStatistics().used_heap_size - before) / 2000;
console.error(`${name}: ${bytes.toFixed(0)} bytes in a call`);
console.log(`${name}: ${bytes > 5000 ? "more than 5,000" : bytes < 100 ? "less than 100" : "about " + bytes.toFixed(0)} bytes in a call`);
JS
cat >expected.txt <<'TXT'
Math.max: more than 5,000 bytes in a call
a comparison: less than 100 bytes in a call
without Maglev: Math.max: less than 100 bytes in a call
TXT
run() { node_modules/.bin/node --expose-gc --min-semi-space-size=512 --max-semi-space-size=512 "$@"; }
{ run run.mjs "Math.max"; run run.mjs "a comparison"; echo -n "without Maglev: "; run --no-maglev run.mjs "Math.max"; } >found.txt
diff expected.txt found.txt && echo "as stated"
