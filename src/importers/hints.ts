import { capitalized } from "../diagnostics/capitalized.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";

export const importPrecision = defineDiagnostic(
  "import-precision",
  "hint",
  "A model to import computes in another precision than float32.",
  (at: { model: string; dtypes: readonly string[] }) => ({
    message: capitalized(
      `${at.model} computes in ${at.dtypes.join(" and ")}; its weights are rounded to float32, in which the function computes`,
    ),
  }),
  () => ({
    meaning:
      "The model computes in another precision than float32, in which generated functions store their values. Results may differ in the last digits, those of float16 models in earlier ones too.",
    example: {
      kind: "situation",
      text: "layerc import is given digits.keras, which was made with the dtype policy float16.",
      arguments: { model: "the model 'digits'", dtypes: ["float16"] },
    },
  }),
);

export const importCarriedOver = defineDiagnostic(
  "import-carried-over",
  "hint",
  "Something beside a model to import was made a part of it.",
  (at: { what: string }) => ({ message: `The model includes what ${at.what}` }),
  () => ({
    meaning:
      "The tool that wrote the model does more than its layers when it runs it, as a file beside the model says: ml5 scales inputs and outputs by their ranges, and names classes. The model that is written does it, too, so that it takes and gives what that tool does.",
    example: {
      kind: "situation",
      text: "layerc import is given model.json of ml5, beside which lies model_meta.json.",
      arguments: { what: "'model_meta.json' of ml5 beside it says: the labels are its classes" },
    },
  }),
);

export const importWeightsBeside = defineDiagnostic(
  "import-weights-beside",
  "hint",
  "The arrays of a model were taken from a file beside its architecture.",
  (at: { file: string }) => ({
    message: `The file is an architecture alone: its weights are taken from '${at.file}' beside it`,
    help: "name another file with --weights",
  }),
  () => ({
    meaning:
      "What model.to_json() writes has the layers of a model without their arrays. Those that lie beside it under a usual name are taken: under the same name, or as model.weights.h5 or model.h5.",
    example: {
      kind: "situation",
      text: "layerc import is given model.json of model.to_json(), beside which lies model.weights.h5.",
      arguments: { file: "model.weights.h5" },
      mended: "layerc import model.json --weights model.weights.h5",
    },
  }),
);

export const importOtherContent = defineDiagnostic(
  "import-other-content",
  "hint",
  "The name of a file to import says another format than its content.",
  (at: { said: string; found: string }) => ({
    message: `The content is ${at.found}, not ${at.said} as the name says: it is read as what it is`,
  }),
  () => ({
    meaning: "The content of a file says what it is. Keras up to 2.12 wrote HDF5 under any name, that of .keras too.",
    example: {
      kind: "situation",
      text: "layerc import is given digits.keras, which Keras 2.11 wrote as HDF5.",
      arguments: { said: "a zip archive", found: "HDF5" },
      mended: "The file is called digits.h5.",
    },
  }),
);

export const importLeftOut = defineDiagnostic(
  "import-left-out",
  "hint",
  "A file to import has something beside the model that is left out.",
  (at: { what: string; help?: string | undefined }) => ({
    message: at.what,
    ...(at.help === undefined ? {} : { help: at.help }),
  }),
  () => ({
    meaning:
      "The file has more than a chain of layers can say, and what is left out is no part of what the model computes: the class with the largest probability beside the probabilities, for example, which scikit-learn's converter gives as a second output.",
    example: {
      kind: "situation",
      text: "layerc import is given classifier.onnx, which skl2onnx made of a classifier.",
      arguments: { what: "The output 'label', the class with the largest value of 'probabilities', is left out" },
    },
  }),
);
