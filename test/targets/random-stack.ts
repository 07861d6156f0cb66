import fc from "fast-check";
import type { ReferenceActivation, ReferenceLayer, ReferenceWeights } from "./reference.ts";

/** A stack of layers as a `.layers` file and as the reference sees it. */
export interface RandomStack {
  readonly source: string;
  readonly layers: readonly { readonly layer: ReferenceLayer; readonly weights: ReferenceWeights | undefined }[];
  /** With the sizes that the run-time dims have in this run. */
  readonly inputShape: readonly number[];
  readonly dims: Readonly<Record<string, number>>;
  /** What `createNet` takes. */
  readonly weights: object;
  readonly samples: number;
  readonly seed: number;
}

const activation: fc.Arbitrary<ReferenceActivation> = fc.oneof(
  fc.constantFrom("linear", "sigmoid", "tanh", "softmax", "silu").map((name) => ({ name }) as ReferenceActivation),
  fc.integer({ min: 1, max: 20 }).map((alpha) => ({ name: "elu", alpha: alpha / 10 }) as const),
  fc.boolean().map((approximate) => ({ name: "gelu", approximate }) as const),
  fc.integer({ min: 0, max: 9 }).map((slope) => ({ name: "leaky_relu", slope: slope / 10 }) as const),
  fc
    .record({
      slope: fc.constantFrom(0, 0, 0.1, 0.5),
      maximum: fc.constantFrom(undefined, undefined, 1, 6),
      threshold: fc.constantFrom(0, 0, 0.25),
    })
    .map((args) => ({ name: "relu", ...args }) as const),
);

/** Mostly small; two wide layers in a row are above the unrolling budget. */
const width = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 9 }) },
  { weight: 1, arbitrary: fc.integer({ min: 30, max: 40 }) },
);

/** What to add next; sizes are made to fit when the stack is built. */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant("dense"), units: width, bias: fc.boolean(), activation }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("activation"), activation }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("softmax"), axis: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("reshape"), pick: fc.nat(1000) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("flatten") }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("rescaling"),
      scale: fc.integer({ min: -16, max: 16 }),
      offset: fc.integer({ min: -8, max: 8 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("dropout") }) },
);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

export const randomStack: fc.Arbitrary<RandomStack> = fc
  .record({
    axes: fc.array(fc.record({ size: fc.integer({ min: 1, max: 3 }), runtime: fc.boolean() }), { maxLength: 3 }),
    last: width,
    steps: fc.array(fc.tuple(step, fc.constantFrom("plain", "plain", "model", "block")), {
      minLength: 1,
      maxLength: 5,
    }),
    samples: fc.integer({ min: 0, max: 3 }),
    seed: fc.nat(1_000_000),
  })
  .map(build);

function build({
  axes,
  last,
  steps,
  samples,
  seed,
}: {
  readonly axes: readonly { readonly size: number; readonly runtime: boolean }[];
  readonly last: number;
  readonly steps: readonly (readonly [Step, string])[];
  readonly samples: number;
  readonly seed: number;
}): RandomStack {
  const dims: Record<string, number> = {};
  const inputAxes = axes.map(({ size, runtime }, at) => {
    if (runtime) dims[`dim${at}`] = size;
    return runtime ? `dim${at}` : size;
  });
  const random = numbers(seed);
  const declarations = Object.keys(dims).map((dim) => `dim ${dim}`);
  const lines: string[] = [];
  const layers: { layer: ReferenceLayer; weights: ReferenceWeights | undefined }[] = [];
  const weights: Record<string, object> = {};
  let shape: (number | string)[] = [...inputAxes, last];
  const inputShape = [...axes.map(({ size }) => size), last];

  steps.forEach(([next, wrapping], at) => {
    const isStatic = shape.every((axis) => typeof axis === "number");
    const layer = fitted(next, shape, isStatic);
    const before = shape;
    const input = before.at(-1) as number;
    let weight: ReferenceWeights | undefined;
    if (layer.kind === "dense") {
      shape = [...shape.slice(0, -1), layer.units];
      const scale = 2 / Math.sqrt(input);
      weight = {
        kernel: Array.from({ length: input }, () =>
          Array.from({ length: layer.units }, () => Math.fround(random() * scale)),
        ),
        bias: Array.from({ length: layer.bias ? layer.units : 0 }, () => Math.fround(random())),
      };
    } else if (layer.kind === "reshape") shape = [...layer.shape];
    else if (layer.kind === "flatten") shape = [(shape as number[]).reduce((product, size) => product * size, 1)];
    layers.push({ layer, weights: weight });

    const text = layerText(layer);
    const name = `layer${at}`;
    const arrays = weight && {
      kernel: Float32Array.from(weight.kernel.flat()),
      ...(weight.bias.length > 0 ? { bias: Float32Array.from(weight.bias) } : {}),
    };
    switch (wrapping) {
      case "model":
        declarations.push(`model Inner${at} { input [${before.join(", ")}]  part: ${text} }`);
        lines.push(`${name}: Inner${at}`);
        if (arrays) weights[name] = { part: arrays };
        break;
      case "block":
        declarations.push(`block Block${at}(unused=0) { repeat 1 { ${name}: ${text} } }`);
        lines.push(`Block${at}(unused=${at})`);
        if (arrays) weights[name] = arrays;
        break;
      default:
        lines.push(`${name}: ${text}`);
        if (arrays) weights[name] = arrays;
    }
  });
  const source = `${declarations.join("\n")}\nmodel Net {\n  input [${[...inputAxes, last].join(", ")}]\n  ${lines.join("\n  ")}\n}\n`;
  return { source, layers, inputShape, dims, weights, samples, seed };
}

/** A layer that the shape before it allows. */
function fitted(next: Step, shape: readonly (number | string)[], isStatic: boolean): ReferenceLayer {
  switch (next.kind) {
    case "softmax":
      return { kind: "softmax", axis: (next as { axis: number }).axis % shape.length };
    case "reshape": {
      if (!isStatic) return { kind: "dropout" };
      const size = (shape as readonly number[]).reduce((product, axis) => product * axis, 1);
      const divisors = Array.from({ length: size }, (_, at) => at + 1).filter((divisor) => size % divisor === 0);
      const first = divisors[(next as { pick: number }).pick % divisors.length]!;
      return { kind: "reshape", shape: first === size ? [size] : [first, size / first] };
    }
    case "flatten":
      return isStatic ? { kind: "flatten" } : { kind: "dropout" };
    case "rescaling": {
      const { scale, offset } = next as { scale: number; offset: number };
      return { kind: "rescaling", scale: scale / 8, offset: offset / 8 };
    }
    default:
      return next as ReferenceLayer;
  }
}

function layerText(layer: ReferenceLayer): string {
  switch (layer.kind) {
    case "dense":
      return `Dense(${layer.units}, activation=${activationText(layer.activation)}, use_bias=${layer.bias})`;
    case "activation": {
      const { activation } = layer;
      if (activation.name !== "relu") return `Activation(${activationText(activation)})`;
      return activationText(activation).replace("relu", "ReLU");
    }
    case "softmax":
      // Keras counts the batch axis.
      return `Softmax(axis=${layer.axis + 1})`;
    case "reshape":
      return `Reshape([${layer.shape.join(", ")}])`;
    case "flatten":
      return "Flatten()";
    case "rescaling":
      return `Rescaling(${layer.scale}, offset=${layer.offset})`;
    case "dropout":
      return "Dropout(0.5)";
  }
}

function activationText(activation: ReferenceActivation): string {
  switch (activation.name) {
    case "elu":
      return `elu(alpha=${activation.alpha})`;
    case "gelu":
      return `gelu(approximate=${activation.approximate})`;
    case "leaky_relu":
      return `leaky_relu(negative_slope=${activation.slope})`;
    case "relu":
      return `relu(negative_slope=${activation.slope}, max_value=${activation.maximum ?? "none"}, threshold=${activation.threshold})`;
    default:
      return activation.name;
  }
}

/** Numbers in [-1, 1), the same for the same seed (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}
