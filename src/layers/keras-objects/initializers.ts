import { listOf, optional } from "../arguments/basic.ts";
import { oneOf } from "../arguments/keyword.ts";
import { integer, number, positiveNumber } from "../arguments/numbers.ts";
import type { ParameterSpec } from "../definition.ts";
import type { KerasObjectDefinition } from "./definition.ts";

const seed: ParameterSpec = { name: "seed", type: optional(integer), default: null };

const axes = optional(listOf(integer, "a list of axes"));

const fans: readonly ParameterSpec[] = [
  { name: "input_axes", type: axes, default: null },
  { name: "output_axes", type: axes, default: null },
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
  return { kind: "initializer", identifier, className, parameters: [seed, ...fans], scaling };
}

/** An initializer with two numbers and a seed. */
function random(
  identifier: string,
  className: string,
  numbers: readonly (readonly [name: string, preset: number])[],
  aliases: readonly string[] = [],
): KerasObjectDefinition {
  const parameters = numbers.map(([name, preset]) => ({ name, type: number, default: preset }));
  return { kind: "initializer", identifier, className, aliases, parameters: [...parameters, seed] };
}

/** Keras 3's initializers (`keras.initializers`), without `stft`, which fits no kernel of a layer here. */
export const initializers: readonly KerasObjectDefinition[] = [
  { kind: "initializer", identifier: "zeros", className: "Zeros", aliases: ["zero"], parameters: [] },
  { kind: "initializer", identifier: "ones", className: "Ones", aliases: ["one"], parameters: [] },
  {
    kind: "initializer",
    identifier: "constant",
    className: "Constant",
    parameters: [{ name: "value", type: number, default: 0 }],
  },
  random(
    "random_normal",
    "RandomNormal",
    [
      ["mean", 0],
      ["stddev", 0.05],
    ],
    ["normal"],
  ),
  random("truncated_normal", "TruncatedNormal", [
    ["mean", 0],
    ["stddev", 0.05],
  ]),
  random(
    "random_uniform",
    "RandomUniform",
    [
      ["minval", -0.05],
      ["maxval", 0.05],
    ],
    ["uniform"],
  ),
  {
    kind: "initializer",
    identifier: "variance_scaling",
    className: "VarianceScaling",
    parameters: [
      { name: "scale", type: positiveNumber, default: 1 },
      { name: "mode", type: oneOf(["fan_in", "fan_out", "fan_avg"]), default: "fan_in" },
      {
        name: "distribution",
        type: oneOf(
          ["truncated_normal", "untruncated_normal", "uniform"],
          new Map([["normal", "truncated_normal"] as const]),
        ),
        default: "truncated_normal",
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
    className: "Orthogonal",
    aliases: ["OrthogonalInitializer"],
    parameters: [{ name: "gain", type: number, default: 1 }, seed],
    matrixOnly: true,
  },
  {
    kind: "initializer",
    identifier: "identity",
    className: "Identity",
    aliases: ["IdentityInitializer"],
    // Keras 3.16 leaves the gain out of the config it saves; it is kept here, as it was written.
    parameters: [{ name: "gain", type: number, default: 1 }],
    matrixOnly: true,
  },
];
