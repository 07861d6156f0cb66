#!/usr/bin/env bash
# onnxruntime 1.30.0: a mean over a long axis is summed in float32 one after the other, and MatMul is the better mean.
#
# Guess: summed in blocks or pairs, as numpy does it, so that the error stays near 1e-7. Seen: the mean of a million times 0.1 is
# 1 % wrong with ReduceMean, 0.2 % with GlobalAveragePool; a MatMul with a column of 1/n, whose kernel sums in blocks, is 7e-6
# wrong. (The x86-64 build for Node: 0.09 % over the last axis, 1 % over the first one.) A file that was checked on 1,000 steps is wrong
# on a million.
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

const n = 1000000, x = new Array(n).fill(0.1);
const error = ([mean]) => Math.abs(mean / Math.fround(0.1) - 1).toExponential(0);
console.log("ReduceMean, last axis", error(await run(node("ReduceMean", ["x"], { axes: [1], keepdims: 1 }), [], x, [1, n], [1, 1])));
console.log("ReduceMean, first axis of [n, 2]", error(await run(node("ReduceMean", ["x"], { axes: [0], keepdims: 1 }), [], [...x, ...x], [n, 2], [1, 2])));
console.log("GlobalAveragePool", error(await run(node("GlobalAveragePool", ["x"]), [], x, [1, 1, n], [1, 1, 1])));
console.log("MatMul by 1/n", error(await run(node("MatMul", ["x", "w"]), [tensor("w", [n, 1], new Array(n).fill(1 / n))], x, [1, n], [1, 1])));
JS
cat >expected.txt <<'TXT'
ReduceMean, last axis 1e-2
ReduceMean, first axis of [n, 2] 1e-2
GlobalAveragePool 2e-3
MatMul by 1/n 7e-6
TXT
node run.mjs 2>errors.txt >found.txt || { cat errors.txt >&2; exit 1; }
diff expected.txt found.txt && echo "as stated"
