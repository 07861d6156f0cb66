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
  () => ({
    meaning:
      "An exported file holds trained arrays, and this model has none: without a weights clause the generated function takes them from its caller.",
    example: {
      kind: "situation",
      text: "layerc export is given digits.layers, whose model has no weights clause.",
      arguments: { model: "Digits" },
      mended: 'The model has the clause weights "./digits.safetensors".',
    },
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
  () => ({
    meaning:
      "--model names a model of the file that is to be exported, as it is declared there, capital letters included.",
    example: {
      kind: "command",
      text: "layerc export digits.layers --format onnx --model Digit",
      arguments: { model: "Digit", names: ["Digits"] },
      mended: "layerc export digits.layers --format onnx --model Digits",
    },
  }),
);

export const exportNothing = defineDiagnostic<{ file: string }>(
  "export-nothing",
  "error",
  "A file without models is to be exported.",
  ({ file }) => ({ message: `'${file}' declares no model to export` }),
  () => ({
    meaning: "The file has blocks, lets or dims for others to import, but no model.",
    example: {
      kind: "command",
      text: "layerc export blocks.layers --format onnx",
      arguments: { file: "blocks.layers" },
      mended: "layerc export digits.layers --format onnx",
    },
  }),
);

/** All diagnostics of exports. */
export const exportPrecisionUnknown = defineDiagnostic<{ format: string }>(
  "export-precision-unknown",
  "error",
  "Integers are asked for in a format that has none.",
  ({ format }) => ({
    message: `${format} files have float32 arrays, --precision int8 is for --format onnx`,
    help: "leave --precision out, or export to ONNX",
  }),
  () => ({
    meaning:
      "Only ONNX has operators for products of integers. Files of arrays are read by programs that compute with float32.",
    example: {
      kind: "command",
      text: "layerc export digits.layers --format safetensors --precision int8",
      arguments: { format: "safetensors" },
      mended: "layerc export digits.layers --format onnx --precision int8",
    },
  }),
);

export const exportDiagnostics = [
  exportWithoutWeights,
  exportModelUnknown,
  exportNothing,
  exportPrecisionUnknown,
] as const;
