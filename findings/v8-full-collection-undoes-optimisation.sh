#!/usr/bin/env bash
# V8 13.6 (Node 24.21.0): a full collection between two calls makes the second one several times as slow; a minor one does not.
#
# Guess: gc() before each round of a benchmark takes garbage out of the times and leaves warmed-up code as it is. Seen: acorn
# 8.15.0 parses its own source, 80 times to warm up. After gc() the next call takes four to nine times as long, and the one after
# that is not yet back; after gc({ type: "minor" }) nothing changes. Optimised code holds hidden classes weakly. When every object
# of a class is dead, as all nodes of a dropped syntax tree are, a full collection clears the class, and with it the code of
# nearly every function that knew it ("embedded weak objects cleared") and the feedback for compiling it again. So such a
# benchmark measures the interpreter, and so does a program that parses once between two full collections.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' >package.json
npm install --silent --no-audit --no-fund acorn@8.15.0 node@24.21.0 >/dev/null
cat >run.mjs <<'JS'
import { readFileSync } from "node:fs";
import { parse } from "acorn";
const text = readFileSync("node_modules/acorn/dist/acorn.js", "utf8");
const time = () => {
  const start = performance.now();
  parse(text, { ecmaVersion: 2022 });
  return performance.now() - start;
};
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const after = (collect) => median(Array.from({ length: 21 }, () => (collect(), time())));
for (let call = 0; call < 80; call++) time();
const [nothing, minor, full] = [after(() => {}), after(() => gc({ type: "minor" })), after(() => gc())];
console.error(`medians in ms: ${nothing.toFixed(1)}, after a minor collection ${minor.toFixed(1)}, after a full one ${full.toFixed(1)}`);
console.log("after a minor collection:", minor < 1.7 * nothing ? "as before" : "slower");
console.log("after a full one:", full > 2.5 * nothing ? "at least 2.5 times as long" : "as before");
JS
cat >once.mjs <<'JS'
import { readFileSync } from "node:fs";
import { parse } from "acorn";
const text = readFileSync("node_modules/acorn/dist/acorn.js", "utf8");
for (let call = 0; call < 80; call++) parse(text, { ecmaVersion: 2022 });
console.log("collected");
gc();
JS
cat >expected.txt <<'TXT'
after a minor collection: as before
after a full one: at least 2.5 times as long
functions whose code is gone: more than 50
TXT
node_modules/.bin/node --expose-gc run.mjs 2>errors.txt >found.txt || { cat errors.txt >&2; exit 1; }
gone="$(node_modules/.bin/node --expose-gc --trace-deopt once.mjs | sed -n '/^collected/,$p' | grep -c 'embedded weak objects cleared')"
echo "functions whose code is gone: $([ "$gone" -gt 50 ] && echo more than 50 || echo "$gone")" >>found.txt
cat errors.txt
diff expected.txt found.txt && echo "as stated"
