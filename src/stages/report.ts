import type { Model } from "../check/model.ts";
import type { Kernel } from "../ir/loops.ts";
import { staticSize, type Size } from "../ir/size.ts";
import { describeLayer } from "../lower/describe-layer.ts";
import { parameterCount } from "../lower/model-info.ts";
import type { ModelUnit } from "../targets/model-unit.ts";
import { kernelsByLayer, leafLayers } from "./model-unit.ts";

export interface ModelReport {
  readonly model: string;
  readonly layers: readonly LayerReport[];
}

/** What became of one layer, for `--explain`. */
export interface LayerReport {
  /** `encoder/dense` */
  readonly layer: string;
  /** `Dense [64] -> [64], relu` */
  readonly description: string;
  /** Multiply-adds for one sample; may depend on run-time dims. */
  readonly multiplyAdds: Size;
  readonly strategy: "straight-line" | "tiled loops" | "loops" | "no code";
  /** UTF-8 bytes of the layer's generated function. */
  readonly codeBytes: number;
  /** Bytes of float32 weights it reads. */
  readonly weightBytes: number;
  /** Why this strategy: "336 multiply-adds are below the budget of 1,024". */
  readonly reason: string;
}

/** What became of each layer of a model, for `--explain`. `text` is the formatted module. */
export function reportModel(
  model: Model,
  unit: ModelUnit,
  kernelNames: ReadonlyMap<Kernel, string>,
  text: string,
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
      weightBytes: 4 * parameterCount([layer]),
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
      strategy: first.plan.strategy,
      codeBytes,
      reason: first.plan.reason,
    };
  });
  return { model: model.name, layers };
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
