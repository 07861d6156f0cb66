import type { Model } from "../../check/model.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Checked } from "../../diagnostics/diagnostic.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import { kernelsOf } from "./kernels-of.ts";
import type { PrunedKernel } from "./pruned-kernel.ts";

export const pruneLayerUnknown = defineDiagnostic<{ asked: string; model: string; known: readonly string[] }>(
  "prune-layer-unknown",
  "error",
  "A layer that is to be left as it is has nothing that could be pruned, or is not there.",
  ({ asked, model, known }) => ({
    message: `--except names '${asked}', which is no layer of ${model} that is pruned`,
    help: `these are: ${known.join(", ")}`,
    ...didYouMean(asked, known),
  }),
  () => ({
    meaning:
      "Names are those of layerc summary, with the models around a layer before it: encoder/dense. The name of a model that is nested stands for all in it. Only layers that multiply their inputs with a kernel are pruned, such as Dense.",
    example: {
      kind: "command",
      text: "layerc prune digits.layers --sparsity 0.8 --except hiden",
      arguments: { asked: "hiden", model: "Digits", known: ["hidden", "dense", "dense_1"] },
      mended: "layerc prune digits.layers --sparsity 0.8 --except hidden",
    },
  }),
);

export const pruneNothing = defineDiagnostic<{ model: string; excepted: boolean }>(
  "prune-nothing",
  "error",
  "A model has nothing that could be pruned.",
  ({ model, excepted }) => ({
    message: `${model} has no layer to be pruned${excepted ? " besides those that --except names" : ""}`,
    help: excepted
      ? "leave one of them to be pruned, or give --with-output to prune the layer of the output, too"
      : "kernels of Dense and EinsumDense are pruned, where the layer is not frozen by trainable=false",
  }),
  () => ({
    meaning:
      "Pruned are the kernels with which a layer multiplies its inputs, those of Dense and EinsumDense. Biases, the tables of an Embedding, the weights of a normalization and frozen layers stay as they are.",
    example: {
      kind: "situation",
      text: "A model is only an Embedding, or all of its layers are frozen.",
      arguments: { model: "Words", excepted: false },
      mended: "The model has a Dense that is trained.",
    },
  }),
);

export interface KernelChoice {
  /** Names of layers, or of nested models, that stay as they are. */
  readonly except: readonly string[];
  /** Whether the last kernel is pruned like the others. */
  readonly withOutput: boolean;
}

/** The kernels that are pruned, and the layers whose kernels are not. */
export interface ChosenKernels {
  readonly kernels: readonly PrunedKernel[];
  readonly left: readonly string[];
}

/**
 * All kernels of a model but those of layers that are excepted, and the last of several: it has few weights, each of which decides
 * between outputs, and a block of it may be all that a class has.
 */
export function chooseKernels(model: Model, { except, withOutput }: KernelChoice): Checked<ChosenKernels | undefined> {
  const all = kernelsOf(model);
  const known = [...new Set(all.flatMap(({ layer }) => withModels(layer)))];
  const unknown = except.filter((name) => !known.includes(name));
  if (unknown.length > 0 && all.length > 0) {
    const diagnostics = unknown.map((asked) => pruneLayerUnknown(undefined, { asked, model: model.name, known }));
    return { value: undefined, diagnostics };
  }
  const last = withOutput || all.length === 1 ? undefined : all.at(-1);
  const kernels = all.filter(
    (kernel) => kernel !== last && !withModels(kernel.layer).some((name) => except.includes(name)),
  );
  if (kernels.length === 0) {
    const excepted = all.length > 0;
    return {
      value: undefined,
      diagnostics: [pruneNothing(excepted ? undefined : model.nameSpan, { model: model.name, excepted })],
    };
  }
  const left = all.filter((kernel) => !kernels.includes(kernel)).map(({ layer }) => layer);
  return { value: { kernels, left }, diagnostics: [] };
}

/** `encoder` and `encoder/dense`. */
function withModels(layer: string): readonly string[] {
  const names = layer.split("/");
  return names.map((_, at) => names.slice(0, at + 1).join("/"));
}
