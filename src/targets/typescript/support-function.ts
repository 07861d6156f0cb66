import type { Code, Identifier } from "./code.ts";

/** Functions that look at what a caller passes. */
export const checkNames = ["checkLength", "countSamples", "inferDim", "checkDim", "checkIndex"] as const;

/** Functions that make arrays of weights. */
export const arrayNames = [
  "decodeBase64",
  "isBigEndian",
  "copyArray",
  "packPanels",
  "packBlocks",
  "packBfloat16",
  "unpackBfloat16",
  "roundBfloat16",
  "quantizeKernel",
  "packInt8",
  "unpackInt8",
  "readSafetensors",
  "readMixedSafetensors",
  "widenBfloat16",
  "readInt8Safetensors",
  "scaleKernel",
] as const;

/** Functions that make something of a model's outputs. */
export const labelFunctionNames = ["rankLabels"] as const;

/** Functions of trainers that make random numbers. */
export const randomNames = [
  "nextRandom",
  "createRandom",
  "fillUniform",
  "fillNormal",
  "fillTruncatedNormal",
  "fillOrthogonal",
] as const;

/** Functions of trainers that look at what they are given; what others use stands behind them. */
export const trainerNames = [
  "checkOptions",
  "chooseSeed",
  "checkRate",
  "checkClassWeights",
  "checkOutput",
  "copyWeights",
  "checkValues",
  "checkFlat",
  "copyLabels",
  "copyNumbers",
  "weighClasses",
  "checkState",
  "safetensors",
  "showValue",
] as const;

export type RandomName = (typeof randomNames)[number];

export type TrainerName = (typeof trainerNames)[number];

export type CheckName = (typeof checkNames)[number];

export type ArrayName = (typeof arrayNames)[number];

export type LabelFunctionName = (typeof labelFunctionNames)[number];

export type SupportName = CheckName | ArrayName | LabelFunctionName | RandomName | TrainerName;

/** The module's names for the support functions, its own or those of a backend; taking one puts it into the module. */
export type Support = (wanted: SupportName | SupportFunction) => Identifier;

/** Prints a function under the name that the module has for it. */
export type PrintSupport = (self: Identifier, support: Support) => Code;

/** A function of generated modules that depends on no model. */
export interface SupportFunction {
  readonly name: string;
  readonly print: PrintSupport;
}
