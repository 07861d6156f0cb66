import { capitalized } from "../diagnostics/capitalized.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";

export const importArchitecture = defineDiagnostic(
  "import-architecture",
  "error",
  "A file to import describes a model, but its arrays are nowhere.",
  (at: { file: string }) => ({
    message: "The file holds the architecture of a Keras model without its weights",
    help: `name their file: layerc import ${at.file} --weights model.weights.h5, which Keras' model.save_weights("model.weights.h5") writes`,
  }),
  () => ({
    meaning:
      "The file is what model.to_json() writes: the layers without their arrays. No file of weights has its name or lies beside it as model.weights.h5 or model.h5.",
    example: {
      kind: "situation",
      text: "layerc import is given digits.json, and the weights are in another folder.",
      arguments: { file: "digits.json" },
      mended: "layerc import digits.json --weights trained/digits.weights.h5",
    },
  }),
);

export const importNoArrays = defineDiagnostic(
  "import-no-arrays",
  "error",
  "A file to import has none of the arrays that its layers need.",
  (at: { model: string }) => ({
    message: capitalized(`${at.model} has none of the arrays that its layers need`),
    help: "copy its files after Keras has closed them, or save it once more",
  }),
  () => ({
    meaning:
      "The file describes layers with weights and holds no array at all. A file of weights that was copied while it was being written is empty.",
    example: {
      kind: "situation",
      text: "layerc import is given a folder whose model.weights.h5 was copied before Keras had closed it.",
      arguments: { model: "the model 'digits'" },
      mended: "The folder is copied once more.",
    },
  }),
);

export const importAuthored = defineDiagnostic(
  "import-authored",
  "error",
  "A model to import is of a class that its author wrote.",
  (at: { model: string; className: string; isWhole: boolean }) => ({
    message: capitalized(
      `${at.model} is of the class ${at.className}, which its author wrote: what it makes of its layers, only that code says`,
    ),
    help: at.isWhole
      ? 'if its layers follow one another, save them so in Keras: keras.Sequential(model.layers).save("part.keras")'
      : "in Keras, put a Sequential of its layers in its place, if they follow one another",
  }),
  () => ({
    meaning:
      "The file lists the layers of the model, whose class is none of Keras'. Its call may do anything with them, so that a chain of them could be another function.",
    example: {
      kind: "situation",
      text: "layerc import is given digits.keras, which was saved from class MyModel(keras.Sequential).",
      arguments: { model: "the model 'digits'", className: "MyModel", isWhole: true },
      mended: 'keras.Sequential(model.layers).save("digits.keras")',
    },
  }),
);
