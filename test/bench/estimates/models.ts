import { denseStack, networkSource } from "../network.ts";
import { stacks } from "../parts/targets.ts";
import { workloads } from "../workloads.ts";

/** A model with one sample a call whose time is measured beside what is expected. */
export interface EstimatedModel {
  readonly title: string;
  /** A model file whose model is `Net`, without weights. */
  readonly text: string;
  /** What it is for: numbers of the cost models were fitted to it, or it is a stack of Dense or a model of another kind that they have not seen. */
  readonly group: "fitted" | "dense" | "other";
  /** Inputs are whole numbers below this, for tables. */
  readonly below?: number;
  /** Where its weights are, as in other benchmarks. */
  readonly weights: "inline" | "file";
}

interface Kind {
  readonly title: string;
  readonly body: string;
  readonly below?: number;
}

const kinds: readonly Kind[] = [
  { title: "2-2-1, a xor", body: "input [2] Dense(2, relu) Dense(1, sigmoid)" },
  { title: "4-10-10-3, irises", body: "input [4] Dense(10, relu) Dense(10, relu) Dense(3, softmax)" },
  {
    title: "64-64-32-10 behind a Rescaling, digits",
    body: "input [64] Rescaling(1/16) Dense(64, relu) Dense(32, relu) Dense(10, softmax)",
  },
  {
    title: "64-32-8-32-64, an autoencoder",
    body: "input [64] Dense(32, silu) Dense(8) Dense(32, silu) Dense(64, sigmoid)",
  },
  {
    title: "12-48-24-24-24-2 elu, deep",
    body: "input [12] Dense(48, elu) repeat 3 { Dense(24, elu) } Dense(2)",
  },
  {
    title: "128-256-128 gelu, LayerNormalization",
    body: "input [128] Dense(256, gelu) LayerNormalization() Dense(128)",
  },
  {
    title: "32-64-10, BatchNormalization",
    body: "input [32] Dense(64, use_bias=false) BatchNormalization() Activation(relu) Dense(10)",
  },
  {
    title: "Embedding of 16 words, mean, 32-16-2",
    body: "input [16] Embedding(1000, 32) GlobalAveragePooling1D() Dense(16, relu) Dense(2, softmax)",
    below: 1000,
  },
  { title: "10 steps of 16-32 tanh, 320-4", body: "input [10, 16] Dense(32, tanh) Flatten() Dense(4)" },
  { title: "64-1000 softmax", body: "input [64] Dense(1000, softmax)" },
  { title: "24-96-96-24 silu", body: "input [24] Dense(96, silu) Dense(96, silu) Dense(24)" },
  { title: "8 layers of 16 selu", body: "input [16] repeat 8 { Dense(16, selu) }" },
  { title: "64-128-64, RMSNormalization", body: "input [64] Dense(128) RMSNormalization() Dense(64, hard_sigmoid)" },
  {
    title: "EinsumDense of 8 rows, 32-32",
    body: 'input [8, 32] EinsumDense("abc,cd->abd", [none, 32], bias_axes="d") Activation(relu)',
  },
  { title: "2000-32-1", body: "input [2000] Dense(32, relu) Dense(1)" },
  { title: "512-1024-512", body: "input [512] Dense(1024, relu) Dense(512)" },
];

/** Units of one layer; the largest have their weights beyond all caches. */
const sizes = [16, 32, 64, 128, 512, 700, 1024, 2048, 4096];

const depths = [2, 4, 8, 16];

export const estimatedModels: readonly EstimatedModel[] = [
  ...stacks.map(([title, network]) => dense(title, network, "fitted")),
  ...sizes.map((size) => dense(`${size}-${size} relu`, denseStack([size, size], "relu"), "dense")),
  ...depths.map((depth) => {
    const widths = Array.from({ length: depth + 1 }, () => 128);
    return dense(`${depth} layers of 128 relu`, denseStack(widths, "relu"), "dense");
  }),
  ...workloads
    .filter(({ name }) => ["L", "G", "XL"].includes(name))
    .map(({ title, network }) => dense(title, network, "dense")),
  ...kinds.map(({ body, ...others }): EstimatedModel => ({
    ...others,
    text: `model Net { ${body} }`,
    group: "other",
    weights: "inline",
  })),
];

function dense(
  title: string,
  network: Parameters<typeof networkSource>[0],
  group: EstimatedModel["group"],
): EstimatedModel {
  const weights = network.layers.reduce(
    (sum, { units }, at) => sum + units * (network.layers[at - 1]?.units ?? network.inputs),
    0,
  );
  return { title, text: networkSource(network), group, weights: weights > 1_000_000 ? "file" : "inline" };
}
