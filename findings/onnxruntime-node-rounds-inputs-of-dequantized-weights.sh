#!/usr/bin/env bash
# onnxruntime 1.30.0: of a float32 model with int8 weights (DequantizeLinear, then MatMul), onnxruntime-node rounds the inputs to int8, too.
#
# Guess: DequantizeLinear on a constant makes float32 weights once, and the product is the one of float32, as the operators are
# defined: no node of the model quantises its inputs. Seen: at the default level of optimisation (and at "extended") the native
# package joins both into one kernel that quantises the inputs of each call: the results are 3e-3 off. "basic", "disabled" and
# onnxruntime-web of the same version at any level are right to 3e-7, and so is the native package with the session option
# session.qdq_matmulnbits_accuracy_level=0; the default behaves as 4 does.
set -euo pipefail
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module" }' >package.json
npm install --silent --ignore-scripts --no-audit --no-fund onnxruntime-node@1.30.0 onnxruntime-web@1.30.0
cat >run.mjs <<'JS'
const bytes = (n) => { const out = []; do { out.push((n & 127) | (n > 127 ? 128 : 0)); n >>>= 7; } while (n > 0); return out; };
const field = (id, content) => [...bytes((id << 3) | 2), ...bytes(content.length), ...content];
const text = (id, value) => field(id, [...new TextEncoder().encode(value)]);
const int = (id, value) => [...bytes(id << 3), ...bytes(value)];
const node = (op, inputs, output, more = []) => field(1, [...inputs.flatMap((one) => text(1, one)), ...text(2, output), ...text(4, op), ...more]);
const tensor = (name, dims, type, data) => field(5, [...dims.flatMap((dim) => int(1, dim)), ...int(2, type), ...text(8, name), ...field(9, [...new Uint8Array(data.buffer)])]);
const value = (id, name, dims) => field(id, [...text(1, name), ...field(2, field(1, [...int(1, 1), ...field(2, dims.flatMap((dim) => field(1, int(1, dim))))]))]);
import * as native from "onnxruntime-node";
import * as web from "onnxruntime-web";
web.env.wasm.numThreads = 1;

const [inputs, units] = [8, 3];
const kernel = Int8Array.from({ length: inputs * units }, (_, at) => ((at * 37) % 255) - 127);
const scales = Float32Array.of(0.01, 0.02, 0.03);
const x = Float32Array.from({ length: inputs }, (_, at) => Math.sin(at + 1));
const axis = field(5, [...text(1, "axis"), ...int(3, 1), ...int(20, 2)]);
const model = Uint8Array.from([...int(1, 8), ...field(7, [
  ...node("DequantizeLinear", ["w", "s"], "kernel", axis), ...node("MatMul", ["x", "kernel"], "y"), ...text(2, "g"),
  ...tensor("w", [inputs, units], 3, kernel), ...tensor("s", [units], 1, scales),
  ...value(11, "x", [1, inputs]), ...value(12, "y", [1, units])]), ...field(8, int(2, 17))]);
const right = Array.from(scales, (scale, unit) => x.reduce((sum, one, at) => sum + one * kernel[at * units + unit] * scale, 0));

const error = async (ort, options) => {
  const session = await ort.InferenceSession.create(model, options);
  const { y } = await session.run({ x: new ort.Tensor("float32", x, [1, inputs]) });
  return Math.max(...right.map((wanted, unit) => Math.abs(y.data[unit] - wanted)));
};
const all = { graphOptimizationLevel: "all" };
const level = (value) => ({ ...all, extra: { session: { qdq_matmulnbits_accuracy_level: value } } });
const found = {
  "native, default": await error(native, {}),
  "native, extended": await error(native, { graphOptimizationLevel: "extended" }),
  "native, accuracy level 4": await error(native, level("4")),
  "native, accuracy level 0": await error(native, level("0")),
  "native, basic": await error(native, { graphOptimizationLevel: "basic" }),
  "web, all": await error(web, all),
};
for (const [name, value] of Object.entries(found)) console.log(name.padEnd(26), value.toExponential(1));
const isOff = ["native, default", "native, extended", "native, accuracy level 4"].every((name) => found[name] > 1e-3);
const isRight = ["native, accuracy level 0", "native, basic", "web, all"].every((name) => found[name] < 1e-6);
if (!isOff || !isRight) process.exit(1);
JS
node run.mjs
# Output, 2026-11-29, Node 20.20.2 on x64:
#   native, default            3.3e-3
#   native, extended           3.3e-3
#   native, accuracy level 4   3.3e-3
#   native, accuracy level 0   3.0e-7
#   native, basic              3.0e-7
#   web, all                   3.0e-7
