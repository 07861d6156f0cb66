// `npm start`: compiles the examples, then runs the trained digits classifier on samples it has never seen.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createNaive } from "./naive.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const run = (file, ...args) => execFileSync(process.execPath, [file, ...args], { stdio: "inherit" });
const load = (file) => import(pathToFileURL(path.resolve(file)).href);
const heading = (text) => console.log(`\n${text}\n`);

heading("layerc build: every model file under examples/ becomes a TypeScript module");
run("dist/cli.js", "build", "examples/*.layers", "--out-dir", "dist/examples");
run("dist/cli.js", "build", "examples/digits.layers", "--out-dir", "dist/examples/sidecar", "--weights", "file");
run("dist/cli.js", "build", "examples/digits.layers", "--out-dir", "dist/examples/wasm", "--target", "wasm");

// What a project does with the modules: its own TypeScript compiler takes them as they are.
const modules = ["dist/examples", "dist/examples/sidecar", "dist/examples/wasm"].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .map((name) => path.join(folder, name)),
);
const tsc =
  "--ignoreConfig --strict --target es2022 --module nodenext --rootDir dist/examples --outDir dist/examples/js";
run("node_modules/typescript/bin/tsc", ...tsc.split(" "), ...modules);

heading("layerc summary: the digits classifier, trained in Keras, as Keras itself would print it");
run("dist/cli.js", "summary", "examples/digits.layers");
console.log(`\nThe generated function: ${path.resolve("dist/examples/digits.ts")}`);

const { digits } = await load("dist/examples/js/digits.js");
const { digits: fast, digitsInfo: fastInfo } = await load("dist/examples/js/wasm/digits.js");
const { readDigitsWeights } = await load("dist/examples/js/sidecar/digits.js");
const weights = readDigitsWeights(readFileSync("dist/examples/sidecar/digits.weights.safetensors"));
const test = JSON.parse(readFileSync("examples/data/digits-test.json", "utf8"));
const naive = createNaive(weights);

const argmax = (values) => values.indexOf(Math.max(...values));
let right = 0;
let sameClass = 0;
let largest = 0;
let largestFast = 0;
test.x.forEach((sample, at) => {
  const probabilities = digits.forward(sample);
  const expected = test.keras_probabilities[at];
  if (argmax(probabilities) === test.y[at]) right++;
  if (argmax(probabilities) === argmax(expected)) sameClass++;
  expected.forEach((value, label) => (largest = Math.max(largest, Math.abs(value - probabilities[label]))));
  const again = fast.forward(sample);
  expected.forEach((value, label) => (largestFast = Math.max(largestFast, Math.abs(value - again[label]))));
});
const samples = test.x.length;
const accuracy = right / samples;

heading(`digits.forward on ${samples} real samples that the training never saw`);
console.log(`  accuracy                       ${accuracy.toFixed(4)}   Keras: ${test.keras_test_accuracy.toFixed(4)}`);
console.log(`  same class as Keras            ${sameClass} of ${samples}`);
console.log(`  largest probability difference ${largest.toExponential(1)}`);

const inputs = test.x.map((sample) => Float32Array.from(sample));
const output = new Float32Array(10);
const times = medianTimes([
  () => inputs.forEach((sample) => digits.forward(sample, output)),
  () => inputs.forEach((sample) => fast.forward(sample, output)),
  () => inputs.forEach((sample) => naive(sample)),
]).map((milliseconds) => (milliseconds / samples) * 1000);
const [compiled, wasm, plain] = times;
const time = (microseconds) => `${microseconds.toFixed(2)} µs`;
const faster = (microseconds) => `(${(plain / microseconds).toFixed(1)}x)`;
console.log(`
  time per prediction
    a naive triple loop            ${time(plain)}
    digits.ts                      ${time(compiled)} ${faster(compiled)}
    wasm/digits.ts                 ${time(wasm)} ${faster(wasm)}, on ${fastInfo.backend}`);

if (accuracy !== test.keras_test_accuracy || sameClass !== samples || largest > 2e-6 || largestFast > 2e-6) {
  console.error("\nThe generated function does not agree with Keras.");
  process.exitCode = 1;
}

/** Milliseconds of each function: the medians of interleaved rounds, after a warm-up. */
function medianTimes(functions) {
  const rounds = functions.map(() => []);
  for (let round = 0; round < 30; round++) {
    functions.forEach((measured, at) => {
      const start = performance.now();
      measured();
      if (round >= 10) rounds[at].push(performance.now() - start);
    });
  }
  return rounds.map((list) => list.sort((a, b) => a - b)[list.length >> 1]);
}
