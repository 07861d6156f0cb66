#!/usr/bin/env bash
# TensorFlow.js 4.22.0: on the wasm backend a clip turns NaN into its lower bound; the cpu backend and wasm's own relu keep it.
#
# Guess: NaN in, NaN out, on every backend, as relu does it on both. Seen: clipByValue, relu6 and what is made of them (a ReLU layer
# with maxValue, the activation hardSigmoid) answer the lower bound on wasm. One missing feature of an input gives a valid-looking
# 0 in the page and NaN in the test that runs on cpu.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' >package.json
npm install --silent --ignore-scripts --no-audit --no-fund @tensorflow/tfjs@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0
cat >run.mjs <<'JS'
import * as tf from "@tensorflow/tfjs";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { createRequire } from "node:module";
import path from "node:path";
console.warn = () => undefined;
setWasmPaths(path.join(path.dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm/package.json")), "dist/"));

const dense = (activation) => (x) => tf.layers.activation({ activation }).apply(x.expandDims(0));
const functions = {
  relu: tf.relu,
  relu6: tf.relu6,
  "clipByValue(-1, 1)": (x) => tf.clipByValue(x, -1, 1),
  "ReLU layer, maxValue 6": (x) => tf.layers.reLU({ maxValue: 6 }).apply(x.expandDims(0)),
  hardSigmoid: dense("hardSigmoid"),
  sigmoid: tf.sigmoid,
};
const found = {};
for (const backend of ["cpu", "wasm"]) {
  await tf.setBackend(backend);
  for (const [name, compute] of Object.entries(functions)) (found[name] ??= []).push(`${backend} ${(await compute(tf.tensor1d([NaN])).data())[0]}`);
}
for (const [name, values] of Object.entries(found)) console.log(`${name}(NaN):`, values.join(", "));
JS
cat >expected.txt <<'TXT'
relu(NaN): cpu NaN, wasm NaN
relu6(NaN): cpu NaN, wasm 0
clipByValue(-1, 1)(NaN): cpu NaN, wasm -1
ReLU layer, maxValue 6(NaN): cpu NaN, wasm 0
hardSigmoid(NaN): cpu NaN, wasm 0
sigmoid(NaN): cpu NaN, wasm NaN
TXT
node run.mjs 2>errors.txt >found.txt || { cat errors.txt >&2; exit 1; }
diff expected.txt found.txt && echo "as stated"
