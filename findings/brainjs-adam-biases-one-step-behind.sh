#!/usr/bin/env bash
# brain.js 1.6.1: with praxis "adam" the first step moves every weight and no bias, and biases stay a step behind ever after.
#
# Guess: Adam's first step moves each parameter that has a gradient by the learning rate, biases and weights alike, for both
# moments are corrected for having begun at 0. Seen: weights move by it, biases not at all; after two steps on one sample biases
# have moved by 0.74 of it, weights by 2. The step of a bias divides the moments as they were before the gradient by corrections for
# one step more. Who compares brain.js with another Adam, or goes on with a network elsewhere, finds biases off, weights right.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' >package.json
npm install --silent --no-audit --no-fund brain.js@1.6.1 >/dev/null
cat >run.mjs <<'JS'
import brain from "brain.js";
const learningRate = 0.001;
const network = new brain.NeuralNetwork({ activation: "sigmoid" });
const trainOpts = { ...network.trainOpts, praxis: "adam", learningRate };
Object.assign(network, { sizes: [2, 3, 1], outputLayer: 2, trainOpts });
network.initialize();
const parameters = () => ({
  weights: network.weights.slice(1).flatMap((layer) => layer.flatMap((row) => Array.from(row))),
  biases: network.biases.slice(1).flatMap((layer) => Array.from(layer)),
});
const began = parameters();
const moved = (key) => {
  const steps = parameters()[key].map((value, at) => Math.abs(value - began[key][at]) / learningRate);
  return [Math.min(...steps), Math.max(...steps)].map((value) => value.toFixed(2)).join(" to ");
};
const sample = { input: Float32Array.of(0.5, 0.25), output: Float32Array.of(1) };
for (const step of [1, 2]) {
  network.trainPattern(sample);
  console.log(`step ${step}, in learning rates: weights ${moved("weights")}, biases ${moved("biases")}`);
}
JS
cat >expected.txt <<'TXT'
step 1, in learning rates: weights 1.00 to 1.00, biases 0.00 to 0.00
step 2, in learning rates: weights 2.00 to 2.00, biases 0.74 to 0.74
TXT
node run.mjs >found.txt
diff expected.txt found.txt && echo "as stated"
