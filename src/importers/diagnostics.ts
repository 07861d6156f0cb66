import { capitalized } from "../diagnostics/capitalized.ts";
import { defineDiagnostic, type DiagnosticDefinition } from "../diagnostics/define.ts";
import { importArchitecture, importAuthored, importNoArrays } from "./file-diagnostics.ts";
import { importDamaged, importIncomplete, importTooLarge, importUnsupported } from "./failure-diagnostic.ts";
import { importLeftOut, importOtherContent, importPrecision, importWeightsBeside, importCarriedOver } from "./hints.ts";

export const importUnreadable = defineDiagnostic(
  "model-unreadable",
  "error",
  "A model file to import can't be read.",
  (at: { reason: string }) => ({ message: `The model file can't be read: ${at.reason}` }),
  () => ({
    meaning: "The file to import is not there, or the system does not let it be read.",
    example: {
      kind: "situation",
      text: "layerc import is given digits.keras, which belongs to another user.",
      arguments: { reason: "permission denied" },
    },
  }),
);

export const importWithoutModel = defineDiagnostic(
  "import-without-model",
  "error",
  "A file to import holds arrays, but says nothing of the layers they belong to.",
  (at: { path: string }) => ({
    message: "The file holds weights without the layers they belong to",
    help: `write the model yourself, with the clause weights ${JSON.stringify(`./${at.path}`)} in it`,
  }),
  () => ({
    meaning:
      "The file has arrays only: the layers that they belong to are not in it, so there is no source to write. A model that you write can bind it.",
    example: {
      kind: "situation",
      text: "layerc import is given digits.weights.h5, which Keras' save_weights() wrote.",
      arguments: { path: "digits.weights.h5" },
      mended: 'A model that you write has the clause weights "./digits.weights.h5".',
    },
  }),
);

export const importBranched = defineDiagnostic(
  "import-branched",
  "error",
  "A model to import is not a chain of layers.",
  (at: { model: string; branch: string; help: string }) => ({
    message: capitalized(`${at.model} is not a chain of layers: ${at.branch}`),
    help: at.help,
  }),
  () => ({
    meaning:
      "The language describes sequences of layers. The model to import has several inputs or outputs, a layer whose output goes to more than one, or a layer that is called in several places.",
    example: {
      kind: "situation",
      text: "layerc import is given residual.keras, a functional model in which a layer adds two others.",
      arguments: {
        model: "the model 'residual'",
        branch: "'add' reads 2 layers",
        help: "take the part that is a chain with --output features",
      },
      mended: "layerc import residual.keras --output features",
    },
  }),
);

export const importLayerUnsupported = defineDiagnostic(
  "import-layer-unsupported",
  "error",
  "A model to import has a layer that Layers does not have.",
  (at: { name: string; className: string; place?: string | undefined; help: string }) => ({
    message: `Layer '${at.name}' is of the class ${at.className}, which Layers does not have${inPlace(at.place)}`,
    help: at.help,
  }),
  () => ({
    meaning:
      "The model has a layer that the language does not have, so it can't be written as source. The message says where it is; the help says what to do in Keras.",
    example: {
      kind: "situation",
      text: "layerc import is given cnn.keras, a model with a convolution in two dimensions.",
      arguments: {
        name: "conv2d",
        className: "Conv2D",
        place: "config.layers[2]",
        help: "Layers has no convolutions: save the part of the model behind them, and give it what they compute",
      },
      mended: "In Keras, a Sequential of the layers behind the convolutions is saved.",
    },
  }),
);

export const importArgument = defineDiagnostic(
  "import-argument",
  "error",
  "A layer of a model to import has an argument that Layers can't express.",
  (at: {
    layer: string;
    argument: string;
    found: string;
    problem: string;
    help?: string | undefined;
    place?: string | undefined;
  }) => ({
    message: capitalized(`${at.layer} has ${at.argument}=${at.found}: ${at.problem}${inPlace(at.place)}`),
    help:
      at.help ??
      (at.place === undefined
        ? "put layers in its place that Layers has and that compute the same"
        : "in Keras, put layers in its place that compute the same, or save the part of the model without it"),
  }),
  () => ({
    meaning:
      "The layer is one that the language has, with an argument that it can't express, and leaving it out would change the results.",
    example: {
      kind: "situation",
      text: "layerc import is given digits.keras, whose layer hidden has a function of its author's as activation.",
      arguments: {
        layer: "Dense 'hidden'",
        argument: "activation",
        found: '"my_activation"',
        problem: "there is no activation 'my_activation' for 'activation' of Dense",
        place: "config.layers[1]",
      },
      mended: "In Keras, the layer gets an activation of Keras' and is trained once more.",
    },
  }),
);

export const importTrainingDropped = defineDiagnostic(
  "import-training-dropped",
  "warning",
  "An argument that acts only in training could not be imported.",
  (at: { layer: string; argument: string; found: string }) => ({
    message: capitalized(
      `${at.layer} has ${at.argument}=${at.found}, which Layers can't express; it acts only in training and is left out`,
    ),
  }),
  () => ({
    meaning:
      "An argument that acts only in training can't be written in the language, so the source goes without it. The function that is compiled stays the same.",
    example: {
      kind: "situation",
      text: "layerc import is given digits.keras, whose layer hidden has an initializer that its author wrote.",
      arguments: { layer: "Dense 'hidden'", argument: "kernel_initializer", found: '"MyInitializer"' },
    },
  }),
);

export const importNoInput = defineDiagnostic(
  "import-no-input",
  "error",
  "A model to import does not say what shape its input has.",
  (at: { model: string; isScript?: boolean }) => ({
    message: capitalized(`${at.model} does not say what shape its input has`),
    help:
      at.isScript === true
        ? "begin it with keras.Input((4,)), or give its first layer input_shape=(4,)"
        : "in Keras, call model.build((None, ...)) or begin with keras.Input, and save it once more",
  }),
  () => ({
    meaning: "A model without an input shape was never built: Keras knows its kernels only after it has seen an input.",
    example: {
      kind: "situation",
      text: "layerc import is given digits.keras, a Sequential that was saved before it was built or called.",
      arguments: { model: "the model 'digits'" },
      mended: 'In Keras, model.build((None, 64)) comes before model.save("digits.keras").',
    },
  }),
);

export const importInputShape = defineDiagnostic(
  "import-input-shape",
  "error",
  "The input shape of a model to import is none that Layers can express.",
  (at: { model: string; found: string; problem: string; help?: string | undefined }) => ({
    message: `The input of ${at.model} has the shape ${at.found}: ${at.problem}`,
    ...(at.help === undefined ? {} : { help: at.help }),
  }),
  () => ({
    meaning: "The input of the model has a shape that the language can't express, such as one with an axis of no size.",
    example: {
      kind: "situation",
      text: "layerc import is given digits.keras, whose input layer has the batch shape [null, 0].",
      arguments: { model: "the model 'digits'", found: "[null,0]", problem: "sizes are positive integers or null" },
      mended: "In Keras, the model begins with keras.Input((64,)).",
    },
  }),
);

export const importEmpty = defineDiagnostic(
  "import-empty",
  "error",
  "A model to import has no layers.",
  (at: { model: string }) => ({ message: capitalized(`${at.model} has no layers`) }),
  () => ({
    meaning: "A model without layers computes nothing, so there is nothing to write.",
    example: {
      kind: "situation",
      text: "layerc import is given empty.keras, a Sequential that was saved before a layer was added.",
      arguments: { model: "the model 'empty'" },
      mended: "In Keras, the layers are added before the model is saved.",
    },
  }),
);

export const importLayerName = defineDiagnostic(
  "import-layer-name",
  "warning",
  "A layer of a model to import has a name that Layers does not allow.",
  (at: { name: string; problem: string; replacement: string }) => ({
    message: `Layer ${JSON.stringify(at.name)} is named '${at.replacement}' here: ${at.problem}`,
  }),
  () => ({
    meaning:
      "The layer gets another name in the source, since its own is one that the language does not allow. The weights are written under the new name, so that both fit.",
    example: {
      kind: "situation",
      text: "layerc import is given digits.keras, which has a layer called block/out.",
      arguments: { name: "block/out", problem: "'/' separates the parts of a weight's path", replacement: "block_out" },
    },
  }),
);

/** Where something stands in the configuration of a file; in a script its place tells. */
function inPlace(place: string | undefined): string {
  return place === undefined ? "" : ` (${place})`;
}

/** Every diagnostic of this folder, for the catalogue. */
export const importDiagnostics: readonly DiagnosticDefinition<never>[] = [
  importUnreadable,
  importDamaged,
  importIncomplete,
  importUnsupported,
  importTooLarge,
  importWithoutModel,
  importArchitecture,
  importNoArrays,
  importBranched,
  importAuthored,
  importLayerUnsupported,
  importArgument,
  importTrainingDropped,
  importNoInput,
  importInputShape,
  importEmpty,
  importLayerName,
  importPrecision,
  importOtherContent,
  importLeftOut,
  importWeightsBeside,
  importCarriedOver,
];
