import { activationCases, softmax, type ActivationCase } from "./activation-table.ts";
import {
  fixed,
  flag,
  known,
  lastKnown,
  oneOf,
  sizes,
  weight,
  type Axis,
  type LayerCase,
  type LayerChoice,
  type Site,
} from "./layer-case.ts";
import { alongAxes, at, make, map, permute, reduceAxis, reshape, size, type Nd } from "./nd.ts";
import {
  batchNormalization,
  groupNormalization,
  layerNormalization,
  mean,
  normalization,
  rmsNormalization,
  unitNormalization,
} from "./normalization-cases.ts";

/** A layer that changes nothing in a forward pass. */
function identity(className: string, args: string, tfjs?: LayerChoice["tfjs"]): LayerCase {
  return {
    className,
    choose: ({ shape }) => ({
      text: `${className}(${args})`,
      weights: [],
      shape,
      reference: (input) => input,
      ...(tfjs === undefined ? {} : { tfjs }),
    }),
  };
}

/** `input · kernel + bias` over the last axis. */
function contract(input: Nd, kernel: Nd, bias: Nd | undefined): Nd {
  const [inputs, units] = kernel.shape as [number, number];
  return make([...input.shape.slice(0, -1), units], (index) => {
    const unit = index.at(-1) as number;
    let sum = bias === undefined ? 0 : (bias.data[unit] as number);
    const place = [...index];
    for (let k = 0; k < inputs; k++) {
      place[place.length - 1] = k;
      sum += at(input, place) * (kernel.data[k * units + unit] as number);
    }
    return sum;
  });
}

/** Activations that a row can take: glu only halves what is even. */
function chooseActivation(site: Site, last: number): ActivationCase {
  const found = oneOf(site, activationCases);
  return found.halves === true && last % 2 !== 0 ? (activationCases[0] as ActivationCase) : found;
}

function afterActivation(shape: readonly Axis[], activation: ActivationCase): readonly Axis[] {
  const last = shape.at(-1) as Axis;
  return activation.halves === true ? [...shape.slice(0, -1), fixed(last.factor / 2)] : shape;
}

const dense: LayerCase = {
  className: "Dense",
  choose(site) {
    const inputs = lastKnown(site);
    if (inputs === undefined) return undefined;
    const units = 1 + site.pick(site.pick(6) === 0 ? 40 : 7);
    const bias = flag(site);
    const activation = chooseActivation(site, units);
    const shape = [...site.shape.slice(0, -1), fixed(units)];
    return {
      text: `Dense(${units}, activation=${activation.text}${bias ? "" : ", use_bias=false"})`,
      weights: [{ name: "kernel", shape: [inputs, units] }, ...(bias ? [{ name: "bias", shape: [units] }] : [])],
      shape: afterActivation(shape, activation),
      reference: (input, weights) =>
        activation.reference(contract(input, weight(weights, "kernel"), weights.get("bias"))),
      ...(activation.tfjs === undefined
        ? {}
        : { tfjs: { layer: "dense", config: { units, useBias: bias, activation: activation.tfjs } } }),
    };
  },
};

const activationLayer: LayerCase = {
  className: "Activation",
  choose(site) {
    const last = lastKnown(site);
    if (last === undefined) return undefined;
    const activation = chooseActivation(site, last);
    return {
      text: `Activation(${activation.text})`,
      weights: [],
      shape: afterActivation(site.shape, activation),
      reference: activation.reference,
      ...(activation.tfjs === undefined
        ? {}
        : { tfjs: { layer: "activation", config: { activation: activation.tfjs } } }),
    };
  },
};

const relu: LayerCase = {
  className: "ReLU",
  choose(site) {
    const maximum = oneOf(site, [undefined, 0.75, 6]);
    const slope = oneOf(site, [0, 0.1]);
    const threshold = oneOf(site, [0, 0.25]);
    const clipped = (x: number): number => (maximum === undefined ? x : Math.min(x, maximum));
    const plain = slope === 0 && threshold === 0;
    return {
      text: `ReLU(${maximum ?? "none"}, negative_slope=${slope}, threshold=${threshold})`,
      weights: [],
      shape: site.shape,
      reference: (input) => map(input, (x) => (x >= threshold ? clipped(Math.max(x, 0)) : slope * (x - threshold))),
      ...(plain ? { tfjs: { layer: "reLU", config: maximum === undefined ? {} : { maxValue: maximum } } } : {}),
    };
  },
};

const leakyRelu: LayerCase = {
  className: "LeakyReLU",
  choose(site) {
    const slope = oneOf(site, [undefined, 0.1]);
    return {
      text: `LeakyReLU(${slope ?? ""})`,
      weights: [],
      shape: site.shape,
      reference: (input) => map(input, (x) => (x > 0 ? x : (slope ?? 0.3) * x)),
      tfjs: { layer: "leakyReLU", config: { alpha: slope ?? 0.3 } },
    };
  },
};

const elu: LayerCase = {
  className: "ELU",
  choose(site) {
    const alpha = oneOf(site, [1, 0.4]);
    return {
      text: `ELU(alpha=${alpha})`,
      weights: [],
      shape: site.shape,
      reference: (input) => map(input, (x) => (x > 0 ? x : alpha * Math.expm1(x))),
      ...(alpha === 1 ? { tfjs: { layer: "elu", config: {} } } : {}),
    };
  },
};

const prelu: LayerCase = {
  className: "PReLU",
  choose(site) {
    const shared = site.shape.flatMap((axis, position) => (!known(axis) || site.pick(3) === 0 ? [position + 1] : []));
    const shape = site.shape.map((axis, position) => (shared.includes(position + 1) ? 1 : axis.factor));
    return {
      text: `PReLU(shared_axes=${shared.length === 0 ? "none" : `[${shared.join(", ")}]`})`,
      weights: [{ name: "alpha", shape }],
      shape: site.shape,
      reference: (input, weights) =>
        make(input.shape, (index) => {
          const place = index.map((position, axis) => (shape[axis] === 1 ? 0 : position));
          const value = at(input, index);
          return value > 0 ? value : at(weight(weights, "alpha"), place) * value;
        }),
      tfjs: { layer: "prelu", config: shared.length === 0 ? {} : { sharedAxes: shared } },
    };
  },
};

const softmaxLayer: LayerCase = {
  className: "Softmax",
  choose(site) {
    if (site.shape.length === 0) return undefined;
    const axis = site.pick(site.shape.length);
    const written = flag(site) ? axis + 1 : axis - site.shape.length;
    const last = axis === site.shape.length - 1;
    return {
      text: `Softmax(axis=${written})`,
      weights: [],
      shape: site.shape,
      reference: (input) => alongAxes(input, [axis], softmax),
      ...(last ? { tfjs: { layer: "softmax", config: { axis: -1 } } } : {}),
    };
  },
};

const flatten: LayerCase = {
  className: "Flatten",
  choose: ({ shape }) => ({
    text: "Flatten()",
    weights: [],
    shape: [product(shape)],
    reference: (input) => reshape(input, [size(input.shape)]),
    tfjs: { layer: "flatten", config: {} },
  }),
};

function product(shape: readonly Axis[]): Axis {
  return shape.reduce((all, axis) => ({ factor: all.factor * axis.factor, dims: all.dims + axis.dims }), fixed(1));
}

const reshapeLayer: LayerCase = {
  className: "Reshape",
  choose(site) {
    const all = product(site.shape);
    const divisors = [1, 2, 3, 4, 5, 6, 7].filter((size) => all.factor % size === 0);
    const last = oneOf(site, divisors);
    const rest = { factor: all.factor / last, dims: all.dims };
    const middle = flag(site)
      ? oneOf(
          site,
          [1, 2, 3].filter((size) => rest.factor % size === 0),
        )
      : undefined;
    const lead = { factor: rest.factor / (middle ?? 1), dims: rest.dims };
    const shape = [lead, ...(middle === undefined ? [] : [fixed(middle)]), fixed(last)];
    const written = shape.map((axis, position) => (position === 0 && (!known(axis) || flag(site)) ? -1 : axis.factor));
    return {
      text: `Reshape([${written.join(", ")}])`,
      weights: [],
      shape,
      reference: (input) => reshape(input, sizes(shape, site.time)),
      tfjs: { layer: "reshape", config: { targetShape: sizes(shape, site.time) } },
    };
  },
};

const permuteLayer: LayerCase = {
  className: "Permute",
  choose(site) {
    const rest = site.shape.map((_, axis) => axis);
    const axes = site.shape.map(() => rest.splice(site.pick(rest.length), 1)[0] as number);
    const written = axes.map((axis) => axis + 1);
    if (axes.length === 0) return undefined;
    return {
      text: `Permute([${written.join(", ")}])`,
      weights: [],
      shape: axes.map((axis) => site.shape[axis] as Axis),
      reference: (input) => permute(input, axes),
      tfjs: { layer: "permute", config: { dims: written } },
    };
  },
};

const repeatVector: LayerCase = {
  className: "RepeatVector",
  choose(site) {
    if (site.shape.length !== 1) return undefined;
    const count = 1 + site.pick(4);
    return {
      text: `RepeatVector(${count})`,
      weights: [],
      shape: [fixed(count), ...site.shape],
      reference: (input) => make([count, ...input.shape], (index) => at(input, index.slice(1))),
      tfjs: { layer: "repeatVector", config: { n: count } },
    };
  },
};

const rescaling: LayerCase = {
  className: "Rescaling",
  choose(site) {
    const scale = oneOf(site, [0.5, -2, 1 / 16, 1]);
    const offset = oneOf(site, [0, -1, 0.25]);
    return {
      text: `Rescaling(${scale}, offset=${offset})`,
      weights: [],
      shape: site.shape,
      reference: (input) => map(input, (x) => x * scale + offset),
      tfjs: { layer: "rescaling", config: { scale, offset } },
    };
  },
};

function globalPooling(className: string, tfjs: string, f: (values: readonly number[]) => number): LayerCase {
  return {
    className,
    choose(site) {
      if (site.shape.length !== 2) return undefined;
      const [steps, features] = site.shape as [Axis, Axis];
      const keep = flag(site);
      return {
        text: `${className}(keepdims=${keep})`,
        weights: [],
        shape: keep ? [fixed(1), features] : [features],
        reference(input) {
          const pooled = reduceAxis(input, 0, f);
          return keep ? reshape(pooled, [1, ...pooled.shape]) : pooled;
        },
        ...(keep || steps.factor === 0 ? {} : { tfjs: { layer: tfjs, config: {} } }),
      };
    },
  };
}

const embedding: LayerCase = {
  className: "Embedding",
  // Its inputs are indices, which no other layer gives: `embeddingStack` puts it first.
  choose: () => undefined,
};

/** Rows of the table of an Embedding that starts a stack. */
export const embeddingRows = 7;

export function chooseEmbedding(site: Site): LayerChoice {
  const width = 1 + site.pick(5);
  return {
    text: `Embedding(${embeddingRows}, ${width})`,
    weights: [{ name: "embeddings", shape: [embeddingRows, width] }],
    shape: [...site.shape, fixed(width)],
    reference: (input, weights) =>
      make([...input.shape, width], (index) =>
        at(weight(weights, "embeddings"), [at(input, index.slice(0, -1)), index.at(-1) as number]),
      ),
    tfjs: { layer: "embedding", config: { inputDim: embeddingRows, outputDim: width } },
  };
}

const timeDistributed: LayerCase = {
  className: "TimeDistributed",
  choose(site) {
    const inputs = lastKnown(site);
    if (site.shape.length < 2 || inputs === undefined) return undefined;
    const inner = dense.choose({ ...site, shape: site.shape.slice(1) }) as LayerChoice;
    return {
      text: `TimeDistributed(${inner.text})`,
      weights: inner.weights.map((item) => ({ ...item, name: `dense/${item.name}` })),
      shape: [site.shape[0] as Axis, ...inner.shape],
      // A Dense over the last axis does the same at every step.
      reference: (input, weights) =>
        inner.reference(input, new Map([...weights].map(([name, value]) => [name.replace("dense/", ""), value]))),
    };
  },
};

const einsumDense: LayerCase = {
  className: "EinsumDense",
  choose(site) {
    if (site.shape.length < 2 || !site.shape.slice(-2).every(known)) return undefined;
    const [rows, features] = site.shape.slice(-2).map(({ factor }) => factor) as [number, number];
    const units = 1 + site.pick(4);
    // A kernel for each row: no Dense can do it.
    return {
      text: `EinsumDense("...ab,abc->...ac", output_shape=[${rows}, ${units}], bias_axes="c")`,
      weights: [
        { name: "kernel", shape: [rows, features, units] },
        { name: "bias", shape: [units] },
      ],
      shape: [...site.shape.slice(0, -1), fixed(units)],
      reference: (input, weights) =>
        make([...input.shape.slice(0, -1), units], (index) => {
          const [row, unit] = index.slice(-2) as [number, number];
          let sum = at(weight(weights, "bias"), [unit]);
          for (let k = 0; k < features; k++) {
            sum += at(input, [...index.slice(0, -1), k]) * at(weight(weights, "kernel"), [row, k, unit]);
          }
          return sum;
        }),
    };
  },
};

/** A line for every layer of the language; the test fails when one is missing. */
export const layerCases: readonly LayerCase[] = [
  dense,
  activationLayer,
  relu,
  leakyRelu,
  elu,
  prelu,
  softmaxLayer,
  identity("Identity", ""),
  identity("Dropout", "0.5", { layer: "dropout", config: { rate: 0.5 } }),
  identity("AlphaDropout", "0.5", { layer: "alphaDropout", config: { rate: 0.5 } }),
  identity("GaussianNoise", "0.5", { layer: "gaussianNoise", config: { stddev: 0.5 } }),
  identity("GaussianDropout", "0.5", { layer: "gaussianDropout", config: { rate: 0.5 } }),
  identity("ActivityRegularization", "l1=0.1, l2=0.2"),
  {
    className: "SpatialDropout1D",
    choose: (site) => (site.shape.length === 2 ? identity("SpatialDropout1D", "0.5").choose(site) : undefined),
  },
  flatten,
  reshapeLayer,
  permuteLayer,
  repeatVector,
  rescaling,
  normalization,
  batchNormalization,
  layerNormalization,
  rmsNormalization,
  unitNormalization,
  groupNormalization,
  globalPooling("GlobalAveragePooling1D", "globalAveragePooling1d", mean),
  globalPooling("GlobalMaxPooling1D", "globalMaxPooling1d", (values) => Math.max(...values)),
  embedding,
  timeDistributed,
  einsumDense,
];
