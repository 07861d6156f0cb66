import { capitalized } from "../diagnostics/capitalized.ts";
import { defineDiagnostic, type DiagnosticDefinition } from "../diagnostics/define.ts";

export const importUnreadable = defineDiagnostic(
  "model-unreadable",
  "error",
  "A model file to import can't be read.",
  (at: { reason: string }) => ({ message: `The model file can't be read: ${at.reason}` }),
);

export const importDamaged = defineDiagnostic(
  "import-damaged",
  "error",
  "A model file to import breaks its own format.",
  (at: { reason: string }) => ({
    message: `The model file is damaged: ${at.reason}`,
    help: "save or download it once more",
  }),
);

export const importUnsupported = defineDiagnostic(
  "import-unsupported",
  "error",
  "A file to import is of a format or a kind that can't be imported.",
  (at: { reason: string }) => ({ message: `The model file can't be imported: ${at.reason}` }),
);

export const importTooLarge = defineDiagnostic(
  "import-too-large",
  "error",
  "A model file to import is beyond a limit of size, number or depth.",
  (at: { reason: string }) => ({ message: `The model file is too large: ${at.reason}` }),
);

export const importWithoutModel = defineDiagnostic(
  "import-without-model",
  "error",
  "A file to import holds arrays, but says nothing of the layers they belong to.",
  (at: { path: string }) => ({
    message: "The file holds weights without the layers they belong to",
    help: `write the model yourself, with the clause weights ${JSON.stringify(`./${at.path}`)} in it`,
  }),
);

export const importBranched = defineDiagnostic(
  "import-branched",
  "error",
  "A model to import is not a chain of layers.",
  (at: { model: string; branch: string }) => ({
    message: capitalized(`${at.model} is not a chain of layers: ${at.branch}`),
    help: "in Keras, make a Sequential of the part that is a chain, and save that",
  }),
);

export const importLayerUnsupported = defineDiagnostic(
  "import-layer-unsupported",
  "error",
  "A model to import has a layer that Layers does not have.",
  (at: { name: string; className: string; place: string; help: string }) => ({
    message: `Layer '${at.name}' is of the class ${at.className}, which Layers does not have (${at.place})`,
    help: at.help,
  }),
);

export const importArgument = defineDiagnostic(
  "import-argument",
  "error",
  "A layer of a model to import has an argument that Layers can't express.",
  (at: { layer: string; argument: string; found: string; problem: string; place: string }) => ({
    message: capitalized(`${at.layer} has ${at.argument}=${at.found}: ${at.problem} (${at.place})`),
    help: "in Keras, put layers in its place that compute the same, or save the part of the model without it",
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
);

export const importNoInput = defineDiagnostic(
  "import-no-input",
  "error",
  "A model to import does not say what shape its input has.",
  (at: { model: string }) => ({
    message: capitalized(`${at.model} does not say what shape its input has`),
    help: "in Keras, call model.build((None, ...)) or begin with keras.Input, and save it once more",
  }),
);

export const importInputShape = defineDiagnostic(
  "import-input-shape",
  "error",
  "The input shape of a model to import is none that Layers can express.",
  (at: { model: string; found: string; problem: string }) => ({
    message: `The input of ${at.model} has the shape ${at.found}: ${at.problem}`,
  }),
);

export const importEmpty = defineDiagnostic(
  "import-empty",
  "error",
  "A model to import has no layers.",
  (at: { model: string }) => ({ message: capitalized(`${at.model} has no layers`) }),
);

export const importLayerName = defineDiagnostic(
  "import-layer-name",
  "warning",
  "A layer of a model to import has a name that Layers does not allow.",
  (at: { name: string; problem: string; replacement: string }) => ({
    message: `Layer ${JSON.stringify(at.name)} is named '${at.replacement}' here: ${at.problem}`,
  }),
);

export const importPrecision = defineDiagnostic(
  "import-precision",
  "hint",
  "A model to import computes in another precision than float32.",
  (at: { model: string; dtypes: readonly string[] }) => ({
    message: capitalized(
      `${at.model} computes in ${at.dtypes.join(" and ")}; its weights are rounded to float32, in which the function computes`,
    ),
  }),
);

/** Every diagnostic of this folder, for the catalogue. */
export const importDiagnostics: readonly DiagnosticDefinition<never>[] = [
  importUnreadable,
  importDamaged,
  importUnsupported,
  importTooLarge,
  importWithoutModel,
  importBranched,
  importLayerUnsupported,
  importArgument,
  importTrainingDropped,
  importNoInput,
  importInputShape,
  importEmpty,
  importLayerName,
  importPrecision,
];
