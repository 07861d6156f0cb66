#!/usr/bin/env bash
# onnxruntime 1.30.0: InstanceNormalization loses its digits where the mean is large; LayerNormalization does not.
#
# Guess: both subtract the mean first, as their definition says, so that an offset of the input costs nothing. Seen:
# InstanceNormalization multiplies first and adds a bias of -mean * scale after it, in float32: 1 to 4 with an offset of 100,000
# come out 0.4 % wrong and rounded to multiples of 1/128. LayerNormalization over the same four numbers is exact to 1e-7 at every offset.
# PyTorch exports GroupNorm as InstanceNormalization, so that is what a group normalisation of unscaled data gets.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' >package.json
npm install --silent --ignore-scripts --no-audit --no-fund onnxruntime-web@1.30.0
cat >run.mjs <<'JS'
const bytes = (n) => { const out = []; do { out.push((n & 127) | (n > 127 ? 128 : 0)); n >>>= 7; } while (n > 0); return out; };
const field = (id, content) => [...bytes((id << 3) | 2), ...bytes(content.length), ...content];
const text = (id, value) => field(id, [...new TextEncoder().encode(value)]);
const int = (id, value) => [...bytes(id << 3), ...bytes(value)];
const raw = (numbers) => [...new Uint8Array(Float32Array.from(numbers).buffer)];
const attribute = (name, value) => field(5, typeof value === "object"
  ? [...text(1, name), ...value.flatMap((one) => int(8, one)), ...int(20, 7)]
  : Number.isInteger(value)
    ? [...text(1, name), ...int(3, value), ...int(20, 2)]
    : [...text(1, name), ...bytes((2 << 3) | 5), ...raw([value]), ...int(20, 1)]);
const node = (op, inputs, attributes = {}) => field(1, [...inputs.flatMap((one) => text(1, one)), ...text(2, "y"), ...text(4, op),
  ...Object.entries(attributes).flatMap(([name, value]) => attribute(name, value))]);
const tensor = (name, dims, numbers) => field(5, [...dims.flatMap((dim) => int(1, dim)), ...int(2, 1), ...text(8, name), ...field(9, raw(numbers))]);
const value = (id, name, dims) => field(id, [...text(1, name), ...field(2, field(1, [...int(1, 1), ...field(2, dims.flatMap((dim) => field(1, int(1, dim))))]))]);
const model = (one, arrays, from, to) => Uint8Array.from([...int(1, 8), ...field(7, [...one, ...text(2, "g"), ...arrays.flat(), ...value(11, "x", from),
  ...value(12, "y", to)]), ...field(8, int(2, 17))]);
import * as ort from "onnxruntime-web";
ort.env.wasm.numThreads = 1;
const run = async (one, arrays, x, from, to) => {
  const session = await ort.InferenceSession.create(model(one, arrays, from, to));
  const { y } = await session.run({ x: new ort.Tensor("float32", Float32Array.from(x), from) });
  return [...y.data];
};

const ones = tensor("scale", [1], [1]), zeros = tensor("bias", [1], [0]);
const four = [tensor("scale", [4], [1, 1, 1, 1]), tensor("bias", [4], [0, 0, 0, 0])];
for (const offset of [0, 1000, 100000]) {
  const x = [1, 2, 3, 4].map((value) => value + offset);
  const instance = await run(node("InstanceNormalization", ["x", "scale", "bias"], { epsilon: 1.5e-6 }), [ones, zeros], x, [1, 1, 4], [1, 1, 4]);
  const layer = await run(node("LayerNormalization", ["x", "scale", "bias"], { axis: 1, epsilon: 1.5e-6 }), four, x, [1, 4], [1, 4]);
  console.log(offset, "instance", instance.map((one) => one.toFixed(6)).join(" "), "layer", layer.map((one) => one.toFixed(6)).join(" "));
}
JS
cat >expected.txt <<'TXT'
0 instance -1.341640 -0.447213 0.447213 1.341640 layer -1.341640 -0.447213 0.447213 1.341640
1000 instance -1.341675 -0.447205 0.447205 1.341614 layer -1.341640 -0.447213 0.447213 1.341640
100000 instance -1.335938 -0.445313 0.453125 1.343750 layer -1.341640 -0.447213 0.447213 1.341640
TXT
node run.mjs 2>errors.txt >found.txt || { cat errors.txt >&2; exit 1; }
diff expected.txt found.txt && echo "as stated"
