import { listOf, optional } from "../arguments/basic.ts";
import { oneOf } from "../arguments/keyword.ts";
import { integer, number, positiveNumber } from "../arguments/numbers.ts";
import type { ParameterSpec } from "../definition.ts";
import type { KerasObjectDefinition } from "./definition.ts";

const seed: ParameterSpec = {
  name: "seed",
  type: optional(integer),
  default: null,
  doc: "The seed of the random numbers; `none`: others each time.",
};

const axes = optional(listOf(integer, "a list of axes"));

const fans: readonly ParameterSpec[] = [
  {
    name: "input_axes",
    type: axes,
    default: null,
    doc: "The axes of the weight that count as its inputs; `none`: as usual for its shape.",
  },
  {
    name: "output_axes",
    type: axes,
    default: null,
    doc: "The axes of the weight that count as its outputs; `none`: as usual for its shape.",
  },
];

/** A variance-scaling initializer with its scale, mode and distribution fixed. */
function scaled(
  identifier: string,
  className: string,
  scale: number,
  mode: string,
  distribution: "normal" | "uniform",
): KerasObjectDefinition {
  const scaling = { scale, mode, distribution };
  const kind = distribution === "normal" ? "truncated normal" : distribution;
  const fan = mode === "fan_in" ? "number of inputs" : "mean of the numbers of inputs and outputs";
  const doc = `Random numbers of a ${kind} distribution about 0 whose variance is ${scale} over the ${fan}.`;
  return { kind: "initializer", identifier, className, doc, parameters: [seed, ...fans], scaling };
}

/** An initializer with two numbers and a seed. */
function random(
  identifier: string,
  className: string,
  doc: string,
  numbers: readonly (readonly [name: string, preset: number, doc: string])[],
  aliases: readonly string[] = [],
): KerasObjectDefinition {
  const parameters = numbers.map(([name, preset, own]) => ({ name, type: number, default: preset, doc: own }));
  return { kind: "initializer", identifier, className, doc, aliases, parameters: [...parameters, seed] };
}

const moments = [
  ["mean", 0, "The mean of the numbers."],
  ["stddev", 0.05, "Their standard deviation."],
] as const;

/** Keras 3's initializers (`keras.initializers`), without `stft`, which fits no kernel of a layer here. */
export const initializers: readonly KerasObjectDefinition[] = [
  {
    kind: "initializer",
    identifier: "zeros",
    doc: "All zeros.",
    className: "Zeros",
    aliases: ["zero"],
    parameters: [],
  },
  { kind: "initializer", identifier: "ones", doc: "All ones.", className: "Ones", aliases: ["one"], parameters: [] },
  {
    kind: "initializer",
    identifier: "constant",
    doc: "The same number everywhere.",
    className: "Constant",
    parameters: [{ name: "value", type: number, default: 0, doc: "The number." }],
  },
  random("random_normal", "RandomNormal", "Random numbers of a normal distribution.", moments, ["normal"]),
  random(
    "truncated_normal",
    "TruncatedNormal",
    "Random numbers of a normal distribution, those farther than two standard deviations drawn again.",
    moments,
  ),
  random(
    "random_uniform",
    "RandomUniform",
    "Random numbers of a range, each as likely as the others.",
    [
      ["minval", -0.05, "The lower end of the range."],
      ["maxval", 0.05, "The upper end of the range."],
    ],
    ["uniform"],
  ),
  {
    kind: "initializer",
    identifier: "variance_scaling",
    doc: "Random numbers whose variance depends on how many inputs or outputs the weight has.",
    className: "VarianceScaling",
    parameters: [
      { name: "scale", type: positiveNumber, default: 1, doc: "The variance times the number that mode counts." },
      {
        name: "mode",
        type: oneOf(["fan_in", "fan_out", "fan_avg"]),
        default: "fan_in",
        doc: "What is counted: inputs, outputs, or the mean of both.",
      },
      {
        name: "distribution",
        type: oneOf(
          ["truncated_normal", "untruncated_normal", "uniform"],
          new Map([["normal", "truncated_normal"] as const]),
        ),
        default: "truncated_normal",
        doc: "How the numbers are distributed.",
      },
      seed,
      ...fans,
    ],
  },
  scaled("glorot_uniform", "GlorotUniform", 1, "fan_avg", "uniform"),
  scaled("glorot_normal", "GlorotNormal", 1, "fan_avg", "normal"),
  scaled("he_normal", "HeNormal", 2, "fan_in", "normal"),
  scaled("he_uniform", "HeUniform", 2, "fan_in", "uniform"),
  scaled("lecun_normal", "LecunNormal", 1, "fan_in", "normal"),
  scaled("lecun_uniform", "LecunUniform", 1, "fan_in", "uniform"),
  {
    kind: "initializer",
    identifier: "orthogonal",
    doc: "A random matrix whose rows or columns are orthogonal.",
    className: "Orthogonal",
    aliases: ["OrthogonalInitializer"],
    parameters: [{ name: "gain", type: number, default: 1, doc: "The number that the matrix is multiplied by." }, seed],
    matrixOnly: true,
  },
  {
    kind: "initializer",
    identifier: "identity",
    doc: "The identity matrix, times a number.",
    className: "Identity",
    aliases: ["IdentityInitializer"],
    // Keras 3.16 leaves the gain out of the config it saves; it is kept here, as it was written.
    parameters: [{ name: "gain", type: number, default: 1, doc: "The number that the matrix is multiplied by." }],
    matrixOnly: true,
  },
];
