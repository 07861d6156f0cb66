import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { RelatedPlace } from "../../diagnostics/diagnostic.ts";
import { formatCount, limits } from "../limits.ts";

interface At {
  readonly related: readonly RelatedPlace[];
}

export const tooManyLayers = defineDiagnostic(
  "too-many-layers",
  "error",
  "A model has more layers than the limit, after its blocks and repeats are expanded.",
  (at: At) => ({
    message: `The model grows beyond ${formatCount(limits.layers)} layers, the most layerc compiles`,
    label: "the limit is reached here",
    related: at.related,
  }),
);

export const repeatTooOften = defineDiagnostic(
  "repeat-too-often",
  "error",
  "A repeat has a count beyond the limit of layers.",
  (at: { count: number }) => ({
    message: `A repeat takes a count up to ${formatCount(limits.layers)}, found ${at.count}`,
  }),
);

export const expansionTooDeep = defineDiagnostic(
  "expansion-too-deep",
  "error",
  "Blocks, repeats and models nest deeper than the limit.",
  (at: At) => ({
    message: `Blocks, repeats and models nest deeper than ${limits.expansionDepth} levels`,
    related: at.related,
  }),
);

export const expansionTooLong = defineDiagnostic(
  "expansion-too-long",
  "error",
  "The blocks and repeats of a file expand to more statements than the limit.",
  (at: At) => ({
    message: `The blocks and repeats of this file expand to more than ${formatCount(limits.expansionSteps)} statements`,
    label: "the limit is reached here",
    related: at.related,
  }),
);

export const tooManyParameters = defineDiagnostic(
  "too-many-parameters",
  "error",
  "A model has more trained numbers than the limit.",
  (at: At & { count: number }) => ({
    message: `The model has ${formatBig(at.count)} parameters or more up to here; the limit is ${formatCount(limits.parameters)}`,
    related: at.related,
  }),
);

export const axisTooLarge = defineDiagnostic(
  "axis-too-large",
  "error",
  "An axis is larger than the limit.",
  (at: At & { size: number }) => ({
    message: `An axis of ${formatBig(at.size)} is beyond the limit of ${formatCount(limits.axisSize)}`,
    related: at.related,
  }),
);

export const rankTooHigh = defineDiagnostic(
  "rank-too-high",
  "error",
  "A shape has more axes than the limit.",
  (at: At & { rank: number }) => ({
    message: `A shape of ${formatCount(at.rank)} axes is beyond the limit of ${limits.rank}`,
    related: at.related,
  }),
);

export const tensorTooLarge = defineDiagnostic(
  "tensor-too-large",
  "error",
  "A tensor has more elements than the limit.",
  (at: At & { elements: number }) => ({
    message: `A tensor of ${formatBig(at.elements)} elements is beyond the limit of ${formatCount(limits.tensorElements)}`,
    related: at.related,
  }),
);

function formatBig(count: number): string {
  return Number.isSafeInteger(count) ? formatCount(count) : count.toPrecision(3);
}
