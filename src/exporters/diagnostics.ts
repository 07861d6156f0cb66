import { defineDiagnostic } from "../diagnostics/define.ts";
import { didYouMean } from "../diagnostics/suggest.ts";

export const exportWithoutWeights = defineDiagnostic<{ model: string }>(
  "export-without-weights",
  "error",
  "A model is to be exported whose weights are not bound.",
  ({ model }) => ({
    message: `'${model}' has no weights to export`,
    label: "takes its weights as an argument",
    help: `bind a file of trained arrays: weights "./${model.toLowerCase()}.safetensors" in the model`,
  }),
);

export const exportModelUnknown = defineDiagnostic<{ model: string; names: readonly string[] }>(
  "export-model-unknown",
  "error",
  "The model named for an export is not declared in the file.",
  ({ model, names }) => ({
    message: `There is no model '${model}', the file declares ${names.map((name) => `'${name}'`).join(", ") || "none"}`,
    ...didYouMean(model, names),
  }),
);

export const exportNothing = defineDiagnostic<{ file: string }>(
  "export-nothing",
  "error",
  "A file without models is to be exported.",
  ({ file }) => ({ message: `'${file}' declares no model to export` }),
);

/** All diagnostics of exports. */
export const exportDiagnostics = [exportWithoutWeights, exportModelUnknown, exportNothing] as const;
