import type { CheckOptions, CheckResult } from "./stages/check-source.ts";
import type { Model } from "./check/model.ts";
import { hasErrors, type Diagnostic } from "./diagnostics/diagnostic.ts";
import {
  exportModelUnknown,
  exportNothing,
  exportPrecisionUnknown,
  exportWithoutWeights,
} from "./exporters/diagnostics.ts";
import type { ExportPrecision } from "./exporters/onnx/export-onnx.ts";
import type { WeightArrays } from "./ir/weight-arrays.ts";
import { modelWeights } from "./lower/model-info.ts";
import type { GeneratedFile } from "./stages/generated-file.ts";
import { checkSource, namedSource } from "./stages/check-source.ts";
import type { Source } from "./syntax/source.ts";
import { version } from "./version.ts";
import { writeModelArrays } from "./weights/write-model-arrays.ts";

/** What a model can be exported to; all of them hold its bound weights. */
export type ExportFormat = "onnx" | "safetensors" | "keras-weights";

export interface ExportOptions extends CheckOptions {
  readonly format: ExportFormat;
  /** The name of the model to export. Default: all models of the file whose weights are bound. */
  readonly model?: string;
  /** What large Dense layers are computed in, of `onnx` alone. Default `float32`. */
  readonly precision?: ExportPrecision;
}

export interface ExportResult extends CheckResult {
  /** One per model, named after its export: `digits.onnx`. Empty when a diagnostic is an error. */
  readonly files: readonly GeneratedFile[];
}

/** Checks a file and writes its models in the format of another runtime. Never throws for anything in the source. */
export async function exportModels(source: Source | string, options: ExportOptions): Promise<ExportResult> {
  const { result, weights } = await checkSource(source, options);
  if (hasErrors(result.diagnostics)) return { ...result, files: [] };
  if (options.precision === "int8" && options.format !== "onnx") {
    const diagnostic = exportPrecisionUnknown(undefined, { format: options.format });
    return { ...result, diagnostics: [...result.diagnostics, diagnostic], files: [] };
  }

  const arraysOf = (model: Model): WeightArrays | undefined =>
    weights.get(model) ?? (modelWeights(model).length === 0 ? new Map() : undefined);
  const problem = (diagnostic: Diagnostic): ExportResult => ({
    ...result,
    diagnostics: [...result.diagnostics, diagnostic],
    files: [],
  });
  const candidates =
    options.model === undefined ? result.models : result.models.filter(({ name }) => name === options.model);
  const [first] = candidates;
  if (first === undefined) {
    const names = result.models.map(({ name }) => name);
    return problem(
      options.model === undefined
        ? exportNothing(undefined, { file: namedSource(source).path })
        : exportModelUnknown(undefined, { model: options.model, names }),
    );
  }
  const bound = candidates.filter((model) => arraysOf(model) !== undefined);
  if (bound.length === 0) return problem(exportWithoutWeights(first.nameSpan, { model: first.name }));

  const files: GeneratedFile[] = [];
  // Beside models with arrays, a file of arrays for one that has none would only be litter.
  const withArrays = bound.filter((model) => modelWeights(model).length > 0);
  const written = options.format === "onnx" || withArrays.length === 0 ? bound : withArrays;
  for (const model of written) files.push(await exportModel(model, arraysOf(model) as WeightArrays, options));
  return { ...result, files };
}

/** The libraries of a format load when it is written. */
async function exportModel(
  model: Model,
  arrays: WeightArrays,
  { format, precision }: ExportOptions,
): Promise<GeneratedFile> {
  switch (format) {
    case "onnx": {
      const { exportOnnx } = await import("./exporters/onnx/export-onnx.ts");
      return { name: `${model.exportName}.onnx`, content: exportOnnx(model, arrays, version, precision) };
    }
    case "safetensors":
      return { name: `${model.exportName}.safetensors`, content: writeModelArrays(model, arrays) };
    case "keras-weights": {
      const { exportKerasWeights } = await import("./exporters/keras-weights.ts");
      return { name: `${model.exportName}.weights.h5`, content: await exportKerasWeights(model, arrays) };
    }
  }
}
