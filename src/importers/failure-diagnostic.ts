import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import type { ReadFailure } from "../files/read-failure.ts";

export const importDamaged = defineDiagnostic(
  "import-damaged",
  "error",
  "A model file to import breaks its own format.",
  (at: { reason: string }) => ({
    message: `The model file is damaged: ${at.reason}`,
    help: "save or download it once more",
  }),
  () => ({
    meaning:
      "The file has the name of a model format and breaks its rules: it is cut off, was changed, or is something else with that ending.",
    example: {
      kind: "situation",
      text: "layerc import is given digits.keras, which is the page of a web server that says 'not found'.",
      arguments: { reason: "its content is not zip, as .keras and .npz files are" },
      mended: "digits.keras is downloaded once more.",
    },
  }),
);

export const importIncomplete = defineDiagnostic(
  "import-incomplete",
  "error",
  "A model file to import names another file, which is not there.",
  (at: { reason: string }) => ({
    message: `The model file is not whole: ${at.reason}`,
    help: "put all files of the model into one folder, under the names that they were saved with",
  }),
  () => ({
    meaning:
      "Large models are saved as several files: the model.json of TensorFlow.js has its weights beside it, and so has an .onnx file with external data. One of them is missing.",
    example: {
      kind: "command",
      text: "layerc import model.json",
      arguments: { reason: "its file of arrays 'group1-shard1of1.bin' can't be read: no such file" },
      mended: "The file group1-shard1of1.bin is copied into the folder of model.json.",
    },
  }),
);

export const importUnsupported = defineDiagnostic(
  "import-unsupported",
  "error",
  "A file to import is of a format or a kind that can't be imported.",
  (at: { reason: string }) => ({ message: `The model file can't be imported: ${at.reason}` }),
  () => ({
    meaning:
      "layerc imports .keras, Keras' .h5, TensorFlow.js' model.json of layers, .onnx, and scripts of Keras (.py, .ipynb). Another format is converted to one of those first.",
    example: {
      kind: "command",
      text: "layerc import digits.tflite",
      arguments: {
        reason: "its format is unknown; imported are .keras, .h5, model.json and .onnx, and scripts (.py, .ipynb)",
      },
      mended: "layerc import digits.keras",
    },
  }),
);

export const importTooLarge = defineDiagnostic(
  "import-too-large",
  "error",
  "A model file to import is beyond a limit of size, number or depth.",
  (at: { reason: string }) => ({ message: `The model file is too large: ${at.reason}` }),
  () => ({
    meaning:
      "Model files have limits of size, number of layers and depth, so that a wrong file does not take the memory of the machine. The message says which one.",
    example: {
      kind: "situation",
      text: "layerc import is given a .keras file of more than a gigabyte.",
      arguments: { reason: "it has more than 1073741824 bytes" },
    },
  }),
);

/** What is said of a file that can't be read. */
export function failureDiagnostic({ kind, message: reason }: ReadFailure, span: Span): Diagnostic {
  switch (kind) {
    case "damaged":
      return importDamaged(span, { reason });
    case "incomplete":
      return importIncomplete(span, { reason });
    case "unsupported":
      return importUnsupported(span, { reason });
    case "too-large":
      return importTooLarge(span, { reason });
  }
}
