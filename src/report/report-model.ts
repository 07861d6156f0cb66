import { product } from "../ir/product.ts";
import type { WeightTensor } from "../ir/graph.ts";
import type { Kernel, Plan } from "../ir/loops.ts";
import { staticSize, type Size } from "../ir/size.ts";
import { defaultPrecision, storedBytes, type Precision, type RoundedPrecision } from "../ir/storage-types.ts";
import { describeLayer } from "../lower/describe-layer.ts";
import { leafLayers } from "../lower/leaf-layers.ts";
import type { GeneratedModel } from "../stages/generate-modules.ts";
import type { TargetChoice } from "../stages/plan-model.ts";
import type { Section } from "../targets/emitted-module.ts";
import { targetEntry, type TargetName, type targets } from "../targets/index.ts";
import type { PrecisionReport } from "./precision-report.ts";
import { reportTraining, type TrainingReport } from "./training-report.ts";

export interface ModelReport extends CodeBytes, PrecisionReports {
  readonly model: string;
  /** What it runs on, and why. */
  readonly target: TargetChoice;
  readonly layers: readonly LayerReport[];
  /** Present where the module has a trainer of the model. */
  readonly training?: TrainingReport;
}

/** Bytes of the code that a target adds to loops, of all instruction sets together, before compression: `wasmBytes`. */
export type CodeBytes = { readonly [Name in TargetName as `${Name}Bytes`]?: number };

/** Present with a precision other than float32, under its name: `bfloat16`. */
export type PrecisionReports = { readonly [Name in RoundedPrecision]?: PrecisionReport };

/** What became of one layer, for `--explain`. */
export interface LayerReport {
  /** `encoder/dense` */
  readonly layer: string;
  /** `Dense [64] -> [64], relu` */
  readonly description: string;
  /** Multiply-adds for one sample; may depend on run-time dims. */
  readonly multiplyAdds: Size;
  readonly strategy: Plan["strategy"] | "no code" | (typeof targets)[number]["title"];
  /** UTF-8 bytes of the layer's generated function; of the loops that stand in, where another target runs it. */
  readonly codeBytes: number;
  /** Bytes of the weights it reads, as they are stored. */
  readonly weightBytes: number;
  /** Why this strategy: "336 multiply-adds are below the budget of 1,024". */
  readonly reason: string;
}

/** What became of each layer of a model, for `--explain`. */
export function reportModel(
  { model, choice, unit, module }: GeneratedModel,
  precision: Precision = defaultPrecision,
): ModelReport {
  const { backend, program, weights } = unit;
  const reported = new Set<Kernel>();
  const sizes = functionSizes(module.sections);
  const kernels = kernelsByLayer(program.kernels);
  const bytes = bytesByLayer(weights);
  const layers = leafLayers(model.layers).map(({ path, layer }): LayerReport => {
    const name = path.join("/");
    const all = kernels.get(name) ?? [];
    const own = all.filter((kernel) => !reported.has(kernel));
    own.forEach((kernel) => reported.add(kernel));
    const base = { layer: name, description: describeLayer(layer), weightBytes: bytes.get(name) ?? 0 };
    // The one that does the work stands for the layer.
    const [first] = own.toSorted((a, b) => b.multiplyAdds.factor - a.multiplyAdds.factor);
    if (first === undefined) {
      const reason = whyNoCode(path, all, program.kernels);
      return { ...base, multiplyAdds: staticSize(0), strategy: "no code", codeBytes: 0, reason };
    }
    const codeBytes = own.reduce((sum, kernel) => sum + (sizes.get(kernel) ?? 0), 0);
    const { strategy, reason } = first.plan;
    return {
      ...base,
      multiplyAdds: first.multiplyAdds,
      codeBytes,
      ...(backend === undefined
        ? { strategy, reason }
        : { strategy: targetEntry(choice.target).title, reason: `${strategy} ${reason}` }),
    };
  });
  const rounded = weights.filter((weight) => weight.precision !== undefined);
  return {
    model: model.name,
    target: choice,
    ...(backend === undefined ? {} : { [`${choice.target}Bytes`]: backend.bytes }),
    layers,
    ...(unit.trainer === undefined ? {} : { training: reportTraining(unit.trainer) }),
    ...(precision === defaultPrecision
      ? {}
      : { [precision]: { rounded: elements(rounded), parameters: elements(weights) } }),
  };
}

/** Bytes of the arrays of each layer, and of each model within, by its path joined with `/`. */
function bytesByLayer(weights: readonly WeightTensor[]): ReadonlyMap<string, number> {
  const byLayer = new Map<string, number>();
  for (const weight of weights) {
    const bytes = storedBytes(weight);
    for (let end = 1; end < weight.path.length; end++) {
      const layer = weight.path.slice(0, end).join("/");
      byLayer.set(layer, (byLayer.get(layer) ?? 0) + bytes);
    }
  }
  return byLayer;
}

function elements(weights: readonly WeightTensor[]): number {
  return weights.reduce((sum, { shape }) => sum + product(shape), 0);
}

function whyNoCode(path: readonly string[], own: readonly Kernel[], kernels: readonly Kernel[]): string {
  const name = path.join("/");
  const [host] = own;
  const into = kernels.find((kernel) => kernel.folded?.some((origin) => origin.path.join("/") === name));
  if (host === undefined && into !== undefined) return `folded into '${into.origins[0]?.path.join("/") ?? ""}'`;
  if (host === undefined) return "changes no value in the forward pass";
  return `computed inside '${host.origins[0]?.path.join("/") ?? ""}'`;
}

/** The kernels that compute each layer, or part of it, by the layer's path joined with `/`. */
function kernelsByLayer(kernels: readonly Kernel[]): ReadonlyMap<string, readonly Kernel[]> {
  const byLayer = new Map<string, Kernel[]>();
  for (const kernel of kernels) {
    for (const { path } of kernel.origins) {
      const layer = path.join("/");
      byLayer.set(layer, [...(byLayer.get(layer) ?? []), kernel]);
    }
  }
  return byLayer;
}

/** UTF-8 bytes of the function of each kernel, with the end of its last line. */
function functionSizes(sections: readonly Section[]): ReadonlyMap<Kernel, number> {
  const encoder = new TextEncoder();
  return new Map(
    sections.flatMap(({ text, origin }): readonly [Kernel, number][] =>
      origin?.kernel === undefined || origin.isFunction !== true
        ? []
        : [[origin.kernel, encoder.encode(text.trimEnd()).length + 1]],
    ),
  );
}
