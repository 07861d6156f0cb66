import { prune, type Pruning } from "./prune.ts";

/** A stack of Dense layers without its weights. */
export interface Network {
  readonly inputs: number;
  readonly layers: readonly {
    readonly units: number;
    readonly activation: "linear" | "relu" | "tanh" | "softmax";
    readonly bias: boolean;
  }[];
  /** What is 0 of its weights. */
  readonly pruned?: Pruning;
}

/** The arrays of one layer: `kernel` is `[inputs, units]`, row-major, `bias` `[units]`. */
export interface LayerArrays {
  readonly inputs: number;
  readonly units: number;
  readonly kernel: Float32Array;
  readonly bias?: Float32Array;
}

/** The activations of a stack: one for the hidden layers, one for the last, with a bias unless said otherwise. */
export function denseStack(
  [inputs = 1, ...units]: readonly number[],
  hidden: Network["layers"][number]["activation"],
  last: Network["layers"][number]["activation"] = hidden,
  bias = true,
): Network {
  return {
    inputs,
    layers: units.map((count, at) => ({ units: count, activation: at === units.length - 1 ? last : hidden, bias })),
  };
}

/**
 * The network as a `.layers` source, whose model is `Net`; without a weights file the weights are an argument. `compile` is how
 * it is trained.
 */
export function networkSource({ inputs, layers }: Network, weights?: string, compile?: string): string {
  const lines = layers.map(
    ({ units, activation, bias }) => `  Dense(${units}, activation=${activation}${bias ? "" : ", use_bias=false"})`,
  );
  const clauses = [
    ...(compile === undefined ? [] : [`  ${compile}`]),
    ...(weights === undefined ? [] : [`  weights ${JSON.stringify(weights)}`]),
  ];
  return ["model Net {", `  input [${inputs}]`, ...lines, ...clauses, "}", ""].join("\n");
}

/** Weights for a network, the same in every run: uniform, so that values keep about their size from layer to layer. */
export function randomLayers({ inputs, layers, pruned }: Network): readonly LayerArrays[] {
  let width = inputs;
  return layers.map(({ units, bias }, at) => {
    const from = width;
    width = units;
    const kernel = randomFloats(`kernel ${at} ${from} ${units}`, from * units, Math.sqrt(4 / from));
    if (pruned !== undefined) prune(kernel, { inputs: from, units }, pruned);
    const base = { inputs: from, units, kernel };
    return bias ? { ...base, bias: randomFloats(`bias ${at} ${units}`, units, 0.1) } : base;
  });
}

/** Numbers from -scale to scale by Mulberry32, seeded by a text. */
export function randomFloats(seed: string, count: number, scale: number): Float32Array {
  let state = [...seed].reduce((hash, character) => Math.imul(hash, 31) + character.charCodeAt(0), 7);
  const values = new Float32Array(count);
  for (let at = 0; at < count; at++) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    values[at] = (((t ^ (t >>> 14)) >>> 0) / 2147483648 - 1) * scale;
  }
  return values;
}
