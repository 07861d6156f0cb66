import type { Model } from "../check/model.ts";
import type { Precision } from "../ir/bfloat16.ts";
import type { WeightTensor } from "../ir/graph.ts";
import type { Kernel } from "../ir/loops.ts";
import { staticSize, type Size } from "../ir/size.ts";
import { describeLayer } from "../lower/describe-layer.ts";
import type { ModelUnit } from "../targets/model-unit.ts";
import type { TargetChoice } from "./choose-target.ts";
import { kernelsByLayer, leafLayers } from "./model-unit.ts";
import type { PrecisionReport } from "./precision-report.ts";

export interface ModelReport {
  readonly model: string;
  /** What it runs on, and why. */
  readonly target: TargetChoice;
  /** Bytes of WebAssembly, of both instruction sets together. */
  readonly wasmBytes?: number;
  readonly layers: readonly LayerReport[];
  /** Present with `precision: "bfloat16"`. */
  readonly bfloat16?: PrecisionReport;
}

/** What became of one layer, for `--explain`. */
export interface LayerReport {
  /** `encoder/dense` */
  readonly layer: string;
  /** `Dense [64] -> [64], relu` */
  readonly description: string;
  /** Multiply-adds for one sample; may depend on run-time dims. */
  readonly multiplyAdds: Size;
  readonly strategy: "WebAssembly" | "straight-line" | "tiled loops" | "loops" | "no code";
  /** UTF-8 bytes of the layer's generated function; of the loops that stand in, where it is WebAssembly. */
  readonly codeBytes: number;
  /** Bytes of the weights it reads, as they are stored. */
  readonly weightBytes: number;
  /** Why this strategy: "336 multiply-adds are below the budget of 1,024". */
  readonly reason: string;
}

/** What became of each layer of a model, for `--explain`. `text` is the formatted module. */
export function reportModel(
  model: Model,
  target: TargetChoice,
  unit: ModelUnit,
  kernelNames: ReadonlyMap<Kernel, string>,
  text: string,
  precision: Precision = "float32",
): ModelReport {
  const reported = new Set<Kernel>();
  const sizes = functionSizes(text);
  const kernels = kernelsByLayer(unit.program.kernels);
  const layers = leafLayers(model.layers).map(({ path, layer }): LayerReport => {
    const all = kernels.get(path.join("/")) ?? [];
    const own = all.filter((kernel) => !reported.has(kernel));
    own.forEach((kernel) => reported.add(kernel));
    const base = {
      layer: path.join("/"),
      description: describeLayer(layer),
      weightBytes: storedBytes(path, unit.weights),
    };
    const [first] = own;
    if (first === undefined) {
      return {
        ...base,
        multiplyAdds: staticSize(0),
        strategy: "no code",
        codeBytes: 0,
        reason: whyNoCode(path, all, unit.program.kernels),
      };
    }
    const codeBytes = own.reduce((sum, kernel) => sum + (sizes.get(kernelNames.get(kernel) as string) ?? 0), 0);
    return {
      ...base,
      multiplyAdds: first.multiplyAdds,
      codeBytes,
      ...(unit.wasm === undefined
        ? { strategy: first.plan.strategy, reason: first.plan.reason }
        : { strategy: "WebAssembly", reason: `${first.plan.strategy} ${first.plan.reason}` }),
    };
  });
  const rounded = unit.weights.filter(({ precision }) => precision === "bfloat16");
  return {
    model: model.name,
    target,
    ...(unit.wasm === undefined ? {} : { wasmBytes: unit.wasm.relaxed.bytes.length + unit.wasm.plain.bytes.length }),
    layers,
    ...(precision === "bfloat16"
      ? { bfloat16: { rounded: elements(rounded), parameters: elements(unit.weights) } }
      : {}),
  };
}

/** Bytes of the arrays of a layer. */
function storedBytes(layer: readonly string[], weights: readonly WeightTensor[]): number {
  return weights
    .filter(({ path }) => layer.every((name, at) => path[at] === name))
    .reduce((sum, weight) => sum + elements([weight]) * (weight.precision === "bfloat16" ? 2 : 4), 0);
}

function elements(weights: readonly WeightTensor[]): number {
  return weights.reduce((sum, { shape }) => sum + shape.reduce((product, axis) => product * axis, 1), 0);
}

function whyNoCode(path: readonly string[], own: readonly Kernel[], kernels: readonly Kernel[]): string {
  const name = path.join("/");
  const [host] = own;
  const into = kernels.find((kernel) => kernel.folded?.some((origin) => origin.path.join("/") === name));
  if (host === undefined && into !== undefined) return `folded into '${into.origins[0]?.path.join("/") ?? ""}'`;
  if (host === undefined) return "changes no value in the forward pass";
  return `computed inside '${host.origins[0]?.path.join("/") ?? ""}'`;
}

/** UTF-8 bytes of each top-level function of a formatted module, by name. */
function functionSizes(text: string): ReadonlyMap<string, number> {
  const encoder = new TextEncoder();
  const functions = text.matchAll(/^function ([\w$]+)\([^]*?\n\}\n/gm);
  return new Map(Array.from(functions, ([body, name]) => [name as string, encoder.encode(body).length]));
}
