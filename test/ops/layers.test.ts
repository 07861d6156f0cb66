import { describe, test } from "vitest";
import { along, at, build, mean, size, sparsemax, variance, weightAt, type Tensor } from "./reference.ts";
import { expectClose, runModel, values, ways, type NamedArray } from "./run-model.ts";

interface LayerCase {
  /** The call; the weights are those of the layer `l`. */
  readonly call: string;
  /** The input's shape at run time; `time` stands for 3 and `steps` for 2. */
  readonly input: readonly (number | "time" | "steps")[];
  readonly weights?: Readonly<Record<string, readonly number[]>>;
  readonly reference: (x: Tensor, weight: (name: string) => Tensor) => Tensor;
  /** Whole numbers below this. */
  readonly indices?: number;
}

const dims = { time: 3, steps: 2 };

const batchNorm =
  (axis: number, epsilon: number, scale: boolean, center: boolean): LayerCase["reference"] =>
  (x, weight) =>
    build(x.shape, (place) => {
      const w = (name: string): number => at(weight(name), [place[axis] as number]);
      const normal = (at(x, place) - w("moving_mean")) / Math.sqrt(w("moving_variance") + epsilon);
      return normal * (scale ? w("gamma") : 1) + (center ? w("beta") : 0);
    });
const layerNorm =
  (axes: readonly number[], epsilon: number, scale: boolean, center: boolean, rms = false): LayerCase["reference"] =>
  (x, weight) =>
    build(x.shape, (place) => {
      const list = along(x, place, axes);
      const normal = (at(x, place) - (rms ? 0 : mean(list))) / Math.sqrt(variance(list) + epsilon);
      return (
        normal * (scale ? weightAt(weight("gamma"), place, axes) : 1) +
        (center ? weightAt(weight("beta"), place, axes) : 0)
      );
    });
const groupNorm =
  (axis: number, groups: number, epsilon: number): LayerCase["reference"] =>
  (x, weight) => {
    const width = (x.shape[axis] as number) / groups;
    return build(x.shape, (place) => {
      const channel = place[axis] as number;
      const first = Math.floor(channel / width) * width;
      const others = x.shape.map((_, other) => other).filter((other) => other !== axis);
      const list = Array.from({ length: width }, (_, offset) =>
        along(
          x,
          place.map((step, other) => (other === axis ? first + offset : step)),
          others,
        ),
      ).flat();
      const normal = (at(x, place) - mean(list)) / Math.sqrt(variance(list) + epsilon);
      return normal * at(weight("gamma"), [channel]) + at(weight("beta"), [channel]);
    });
  };
const alongEach =
  (axes: readonly number[], value: (x: number, list: readonly number[]) => number): LayerCase["reference"] =>
  (x) =>
    build(x.shape, (place) => value(at(x, place), along(x, place, axes)));
const softmax = (x: number, list: readonly number[]): number =>
  Math.exp(x) / list.reduce((sum, other) => sum + Math.exp(other), 0);
const glu =
  (axis: number): LayerCase["reference"] =>
  (x) => {
    const half = (x.shape[axis] as number) / 2;
    return build(
      x.shape.map((extent, other) => (other === axis ? half : extent)),
      (place) => {
        const gate = place.map((step, other) => (other === axis ? step + half : step));
        return at(x, place) / (1 + Math.exp(-at(x, gate)));
      },
    );
  };
const permuted =
  (dimsOf: readonly number[]): LayerCase["reference"] =>
  (x) =>
    build(
      dimsOf.map((dim) => x.shape[dim - 1] as number),
      (place) => {
        const source: number[] = [];
        dimsOf.forEach((dim, axis) => (source[dim - 1] = place[axis] as number));
        return at(x, source);
      },
    );
const prelu =
  (shared: readonly number[]): LayerCase["reference"] =>
  (x, weight) =>
    build(x.shape, (place) => {
      const alpha = at(
        weight("alpha"),
        place.map((step, axis) => (shared.includes(axis + 1) ? 0 : step)),
      );
      return Math.max(at(x, place), 0) - alpha * Math.max(-at(x, place), 0);
    });
const pooled =
  (
    axis: number,
    shape: (s: readonly number[]) => readonly number[],
    of: (list: readonly number[]) => number,
  ): LayerCase["reference"] =>
  (x) => {
    const kept = x.shape.filter((_, other) => other !== axis);
    const { data } = build(kept, (place) => of(along(x, [...place.slice(0, axis), 0, ...place.slice(axis)], [axis])));
    return { shape: shape(kept), data };
  };
const four = { gamma: [4], beta: [4], moving_mean: [4], moving_variance: [4] };

const cases: readonly LayerCase[] = [
  { call: "BatchNormalization()", input: [4], weights: four, reference: batchNorm(0, 0.001, true, true) },
  { call: "BatchNormalization(axis=1)", input: [4, 3, 5], weights: four, reference: batchNorm(0, 0.001, true, true) },
  {
    call: "BatchNormalization(-2, epsilon=0.1)",
    input: ["time", 4, 11],
    weights: four,
    reference: batchNorm(1, 0.1, true, true),
  },
  {
    call: "BatchNormalization(scale=false)",
    input: ["time", 4],
    weights: { beta: [4], moving_mean: [4], moving_variance: [4] },
    reference: batchNorm(1, 0.001, false, true),
  },
  {
    call: "BatchNormalization(center=false)",
    input: ["time", "steps", 4],
    weights: { gamma: [4], moving_mean: [4], moving_variance: [4] },
    reference: batchNorm(2, 0.001, true, false),
  },
  {
    call: "BatchNormalization(center=false, scale=false)",
    input: [2, 3, 2, 4],
    weights: { moving_mean: [4], moving_variance: [4] },
    reference: batchNorm(3, 0.001, false, false),
  },
  {
    call: "LayerNormalization()",
    input: [7],
    weights: { gamma: [7], beta: [7] },
    reference: layerNorm([0], 0.001, true, true),
  },
  {
    call: "LayerNormalization()",
    input: [50],
    weights: { gamma: [50], beta: [50] },
    reference: layerNorm([0], 0.001, true, true),
  },
  {
    call: "LayerNormalization(axis=[1, -1], epsilon=0.01)",
    input: [3, "time", 4],
    weights: { gamma: [3, 4], beta: [3, 4] },
    reference: layerNorm([0, 2], 0.01, true, true),
  },
  {
    call: "LayerNormalization(axis=1)",
    input: [3, 5],
    weights: { gamma: [3], beta: [3] },
    reference: layerNorm([0], 0.001, true, true),
  },
  {
    call: "LayerNormalization([-1, -2])",
    input: ["time", 3, 4],
    weights: { gamma: [3, 4], beta: [3, 4] },
    reference: layerNorm([1, 2], 0.001, true, true),
  },
  {
    call: "LayerNormalization([2, 4])",
    input: [2, 3, 2, 3, 2],
    weights: { gamma: [3, 3], beta: [3, 3] },
    reference: layerNorm([1, 3], 0.001, true, true),
  },
  {
    call: "LayerNormalization(scale=false)",
    input: ["time", 4],
    weights: { beta: [4] },
    reference: layerNorm([1], 0.001, false, true),
  },
  {
    call: "LayerNormalization(center=false, scale=false)",
    input: ["time", 4],
    reference: layerNorm([1], 0.001, false, false),
  },
  {
    call: "LayerNormalization(rms_scaling=true, scale=false)",
    input: ["time", 4],
    weights: { gamma: [4] },
    reference: layerNorm([1], 0.001, true, false, true),
  },
  {
    call: "RMSNormalization()",
    input: ["time", 6],
    weights: { scale: [6] },
    reference: (x, w) =>
      build(
        x.shape,
        (p) => (at(x, p) / Math.sqrt(mean(along(x, p, [1]).map((v) => v * v)) + 1e-6)) * weightAt(w("scale"), p, [1]),
      ),
  },
  {
    call: "RMSNormalization([1, 2], epsilon=0.5)",
    input: [2, 3],
    weights: { scale: [2, 3] },
    reference: (x, w) =>
      build(
        x.shape,
        (p) =>
          (at(x, p) / Math.sqrt(mean(along(x, p, [0, 1]).map((v) => v * v)) + 0.5)) * weightAt(w("scale"), p, [0, 1]),
      ),
  },
  { call: "UnitNormalization()", input: ["time", 4], reference: alongEach([1], (x, list) => x / Math.hypot(...list)) },
  {
    call: "UnitNormalization(axis=[1, 3])",
    input: [2, 3, 2],
    reference: alongEach([0, 2], (x, list) => x / Math.hypot(...list)),
  },
  { call: "UnitNormalization(1)", input: ["time", 4], reference: alongEach([0], (x, list) => x / Math.hypot(...list)) },
  { call: "GroupNormalization(2)", input: [8], weights: { gamma: [8], beta: [8] }, reference: groupNorm(0, 2, 0.001) },
  {
    call: "GroupNormalization(3, axis=1, epsilon=0.02)",
    input: [6, "time", 2],
    weights: { gamma: [6], beta: [6] },
    reference: groupNorm(0, 3, 0.02),
  },
  {
    call: "GroupNormalization(-1)",
    input: [5, 4],
    weights: { gamma: [4], beta: [4] },
    reference: groupNorm(1, 4, 0.001),
  },
  {
    call: "GroupNormalization(1, axis=-2)",
    input: [2, 4, 3],
    weights: { gamma: [4], beta: [4] },
    reference: groupNorm(1, 1, 0.001),
  },
  {
    call: "GroupNormalization(2, center=false, scale=false)",
    input: ["time", 4],
    reference: (x) => groupNorm(1, 2, 0.001)(x, (n) => build([4], () => (n === "gamma" ? 1 : 0))),
  },
  { call: "PReLU()", input: [5], weights: { alpha: [5] }, reference: prelu([]) },
  { call: "PReLU(shared_axes=[1])", input: ["time", 4], weights: { alpha: [1, 4] }, reference: prelu([1]) },
  { call: "PReLU(shared_axes=[2, 3])", input: [3, 4, "time"], weights: { alpha: [3, 1, 1] }, reference: prelu([2, 3]) },
  { call: "PReLU(shared_axes=2)", input: [3, 4, 5], weights: { alpha: [3, 1, 5] }, reference: prelu([2]) },
  { call: "PReLU(shared_axes=[1])", input: ["time"], weights: { alpha: [1] }, reference: prelu([1]) },
  { call: "Permute([2, 1])", input: [3, 4], reference: permuted([2, 1]) },
  { call: "Permute([3, 1, 2])", input: ["time", 4, "steps"], reference: permuted([3, 1, 2]) },
  { call: "Permute([2, 4, 1, 3])", input: [2, 3, 4, 5], reference: permuted([2, 4, 1, 3]) },
  { call: "Permute([1, 3, 2])", input: [2, 1, "time"], reference: permuted([1, 3, 2]) },
  { call: "Permute([1, 2, 4, 5, 3])", input: [2, 2, 3, 2, 2], reference: permuted([1, 2, 4, 5, 3]) },
  {
    call: "Flatten(channels_first)",
    input: [2, 3, 4],
    reference: (x) => ({ shape: [24], data: permuted([2, 3, 1])(x, () => x).data }),
  },
  {
    call: "Flatten(channels_first)",
    input: ["time", 4],
    reference: (x) => ({ shape: [12], data: permuted([2, 1])(x, () => x).data }),
  },
  {
    call: 'EinsumDense("ab,bc->ac", 3, bias_axes="c")',
    input: [4],
    weights: { kernel: [4, 3], bias: [3] },
    reference: (x, w) =>
      build(
        [3],
        ([c]) =>
          at(w("bias"), [c as number]) +
          [0, 1, 2, 3].reduce((sum, b) => sum + at(x, [b]) * at(w("kernel"), [b, c as number]), 0),
      ),
  },
  {
    call: 'EinsumDense("...x,xy->...y", 5, activation=relu)',
    input: ["time", 2, 4],
    weights: { kernel: [4, 5] },
    reference: (x, w) =>
      build([3, 2, 5], ([t, s, y]) =>
        Math.max(
          0,
          [0, 1, 2, 3].reduce(
            (sum, k) => sum + at(x, [t as number, s as number, k]) * at(w("kernel"), [k, y as number]),
            0,
          ),
        ),
      ),
  },
  {
    call: 'EinsumDense("abc,cde->abde", [none, 2, 3], bias_axes="de")',
    input: ["time", 4],
    weights: { kernel: [4, 2, 3], bias: [2, 3] },
    reference: (x, w) =>
      build(
        [3, 2, 3],
        ([b, d, e]) =>
          at(w("bias"), [d as number, e as number]) +
          [0, 1, 2, 3].reduce(
            (sum, c) => sum + at(x, [b as number, c]) * at(w("kernel"), [c, d as number, e as number]),
            0,
          ),
      ),
  },
  {
    call: 'EinsumDense("abcd,cde->abe", [time, 2], bias_axes="e")',
    input: ["time", 2, 3],
    weights: { kernel: [2, 3, 2], bias: [2] },
    reference: (x, w) =>
      build(
        [3, 2],
        ([b, e]) =>
          at(w("bias"), [e as number]) +
          [0, 1].reduce(
            (sum, c) =>
              sum +
              [0, 1, 2].reduce(
                (inner, d) => inner + at(x, [b as number, c, d]) * at(w("kernel"), [c, d, e as number]),
                0,
              ),
            0,
          ),
      ),
  },
  {
    call: 'EinsumDense("ab...,bc->ac...", 3, bias_axes="c")',
    input: [4, 5],
    weights: { kernel: [4, 3], bias: [3, 1] },
    reference: (x, w) =>
      build(
        [3, 5],
        ([c, t]) =>
          at(w("bias"), [c as number, 0]) +
          [0, 1, 2, 3].reduce((sum, b) => sum + at(x, [b, t as number]) * at(w("kernel"), [b, c as number]), 0),
      ),
  },
  { call: "RepeatVector(3)", input: [4], reference: (x) => build([3, 4], ([, j]) => at(x, [j as number])) },
  { call: "RepeatVector(2)", input: ["time"], reference: (x) => build([2, 3], ([, j]) => at(x, [j as number])) },
  {
    call: "Normalization()",
    input: ["time", 4],
    weights: { mean: [4], variance: [4], count: [] },
    reference: (x, w) =>
      build(x.shape, (p) => (at(x, p) - weightAt(w("mean"), p, [1])) / Math.sqrt(weightAt(w("variance"), p, [1]))),
  },
  {
    call: "Normalization(axis=none)",
    input: [2, 3],
    weights: { mean: [], variance: [], count: [] },
    reference: (x, w) => build(x.shape, (p) => (at(x, p) - at(w("mean"), [])) / Math.sqrt(at(w("variance"), []))),
  },
  {
    call: "Normalization(axis=[1, 3], invert=true)",
    input: [2, "time", 3],
    weights: { mean: [2, 3], variance: [2, 3], count: [] },
    reference: (x, w) =>
      build(x.shape, (p) => weightAt(w("mean"), p, [0, 2]) + at(x, p) * Math.sqrt(weightAt(w("variance"), p, [0, 2]))),
  },
  {
    call: "Normalization(mean=2, variance=4)",
    input: ["time", 3],
    reference: (x) => build(x.shape, (p) => (at(x, p) - 2) / 2),
  },
  {
    call: "Normalization(mean=[1, 2, 3], variance=[4, 9, 0])",
    input: ["time", 3],
    reference: (x) =>
      build(x.shape, (p) => (at(x, p) - (p[1] as number) - 1) / ([2, 3, 1e-7][p[1] as number] as number)),
  },
  {
    call: "Normalization(axis=[1, 2], mean=[[1], [2]], variance=[[4], [16]])",
    input: [2, 3],
    reference: (x) => build(x.shape, (p) => (at(x, p) - (p[0] as number) - 1) / ([2, 4][p[0] as number] as number)),
  },
  {
    call: "Normalization(axis=[1, 2], mean=[1, 2, 3], variance=[1, 4, 16], invert=true)",
    input: [2, 3],
    reference: (x) => build(x.shape, (p) => (p[1] as number) + 1 + at(x, p) * 2 ** (p[1] as number)),
  },
  { call: "Softmax([1, 2])", input: [3, 4], reference: alongEach([0, 1], softmax) },
  { call: "Softmax([1, -1])", input: [3, "time", 4], reference: alongEach([0, 2], softmax) },
  { call: "Activation(softmax(axis=1))", input: ["time", 4], reference: alongEach([0], softmax) },
  {
    call: "Activation(log_softmax)",
    input: ["time", 4],
    reference: alongEach([1], (x, list) => Math.log(softmax(x, list))),
  },
  {
    call: "Activation(log_softmax(axis=1))",
    input: [3, 40],
    reference: alongEach([0], (x, list) => Math.log(softmax(x, list))),
  },
  {
    call: "Activation(sparsemax)",
    input: ["time", 5],
    reference: alongEach([1], (x, list) => sparsemax(list)[list.indexOf(x)] as number),
  },
  {
    call: "Activation(sparsemax(axis=2))",
    input: [2, 9, 3],
    reference: alongEach([1], (x, list) => sparsemax(list)[list.indexOf(x)] as number),
  },
  { call: "Activation(glu)", input: ["time", 4], reference: glu(1) },
  { call: "Activation(glu(axis=1))", input: [4, "time"], reference: glu(0) },
  { call: "Activation(glu(2))", input: [3, 6, 7], reference: glu(1) },
  { call: "GlobalAveragePooling1D()", input: ["time", 4], reference: pooled(0, (s) => s, mean) },
  {
    call: "GlobalAveragePooling1D(channels_first, keepdims=true)",
    input: [4, "time"],
    reference: pooled(1, (s) => [...s, 1], mean),
  },
  {
    call: "GlobalMaxPooling1D(keepdims=true)",
    input: [6, 9],
    reference: pooled(
      0,
      (s) => [1, ...s],
      (list) => Math.max(...list),
    ),
  },
  {
    call: "GlobalMaxPooling1D()",
    input: ["time", "steps"],
    reference: pooled(
      0,
      (s) => s,
      (list) => Math.max(...list),
    ),
  },
  {
    call: "Embedding(5, 3)",
    input: ["time"],
    indices: 5,
    weights: { embeddings: [5, 3] },
    reference: (x, w) =>
      build([...x.shape, 3], (p) => at(w("embeddings"), [at(x, p.slice(0, -1)), p.at(-1) as number])),
  },
  {
    call: "Embedding(7, 20)",
    input: [2, 3],
    indices: 7,
    weights: { embeddings: [7, 20] },
    reference: (x, w) =>
      build([...x.shape, 20], (p) => at(w("embeddings"), [at(x, p.slice(0, -1)), p.at(-1) as number])),
  },
  {
    call: "TimeDistributed(Dense(2, activation=relu))",
    input: ["time", 3, 4],
    weights: { "dense.kernel": [4, 2], "dense.bias": [2] },
    reference: (x, w) =>
      build([...x.shape.slice(0, -1), 2], (p) =>
        Math.max(
          0,
          at(w("dense.bias"), p.slice(-1)) +
            [0, 1, 2, 3].reduce(
              (sum, k) => sum + at(x, [...p.slice(0, -1), k]) * at(w("dense.kernel"), [k, p.at(-1) as number]),
              0,
            ),
        ),
      ),
  },
  {
    call: "TimeDistributed(LayerNormalization(axis=1))",
    input: ["time", 3, 4],
    weights: { "layer_normalization.gamma": [3], "layer_normalization.beta": [3] },
    reference: (x, w) => layerNorm([1], 0.001, true, true)(x, (n) => w(`layer_normalization.${n}`)),
  },
  {
    call: "TimeDistributed(GlobalMaxPooling1D())",
    input: ["time", 3, 4],
    reference: pooled(
      1,
      (s) => s,
      (list) => Math.max(...list),
    ),
  },
  {
    call: "TimeDistributed(TimeDistributed(Permute([2, 1])))",
    input: [2, "time", 3, 4],
    reference: permuted([1, 2, 4, 3]),
  },
  { call: "TimeDistributed(Activation(glu(axis=1)))", input: ["time", 4, 2], reference: glu(1) },
];

describe.each(cases)("$call on $input", ({ call, input, weights = {}, reference, indices }) => {
  const shape = input.map((axis) => (typeof axis === "number" ? axis : dims[axis]));
  const used = Object.entries(dims).filter(([dim]) => input.includes(dim as "time"));
  const arrays = Object.entries(weights).map(([name, sizesOf], at): NamedArray => {
    const data = values(size(sizesOf), at + 2);
    // Variances are not negative.
    return {
      name: `l.${name}`,
      shape: sizesOf,
      data: /variance/.test(name) ? data.map((value) => value * value) : data,
    };
  });
  const text = `${used.map(([dim]) => `dim ${dim}\n`).join("")}model M { input [${input.join(", ")}] l: ${call} }`;

  test.each(ways)("unroll $unroll, weights $weights", async (way) => {
    const model = await runModel(text, way, arrays);
    const samples = 2;
    const data = values(samples * size(shape), 9).map((value) =>
      indices === undefined ? value : Math.abs(Math.floor(value * 1000)) % indices,
    );
    const expected = Array.from({ length: samples }, (_, sample) =>
      reference({ shape, data: [...data.subarray(sample * size(shape), (sample + 1) * size(shape))] }, (name) => {
        const array = arrays.find((candidate) => candidate.name === `l.${name}`) as NamedArray;
        return { shape: array.shape, data: [...array.data] };
      }),
    );
    const given = Object.fromEntries(used);
    const [first] = expected as [Tensor];
    expectClose(model.forward(data.subarray(0, size(shape)), undefined, given), first.data);
    expectClose(
      model.forwardBatch([...data], undefined, given),
      expected.flatMap((tensor) => tensor.data),
    );
  });
});

test.each(["mean", "scale_1", "x0", "token", "gamma", "kernel_folded", "i3", "sumAbove"])(
  "a dim may be called '%s', as a local of the generated code is",
  async (dim) => {
    const layers = "LayerNormalization() Activation(sparsemax) TimeDistributed(UnitNormalization()) Permute([2, 1])";
    const arrays = ["gamma", "beta"].map((name, at) => ({
      name: `layer_normalization.${name}`,
      shape: [3],
      data: values(3, at + 1),
    }));
    const input = values(12, 5);
    const model = async (name: string) =>
      runModel(`dim ${name} model M { input [${name}, 3] ${layers} }`, { unroll: "full", weights: "inline" }, arrays);
    const [odd, plain] = [await model(dim), await model("steps")];
    expectClose(odd.forward(input), plain.forward(input));
  },
);
