import type { DiagnosticDefinition } from "../diagnostics/define.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import { capitalized } from "../diagnostics/capitalized.ts";
import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { scriptSyntax, scriptTooLarge } from "../python/diagnostics.ts";

export const scriptArgument = defineDiagnostic(
  "script-argument",
  "error",
  "An argument of a model in a script has no value without the script being run.",
  (at: { subject: string; reason: string; help?: string | undefined; related: readonly RelatedPlace[] }) => ({
    message: capitalized(`${at.subject} can't be evaluated: ${at.reason}`),
    help: at.help ?? "write its value\nor save the model in Python and import its file: layerc import model.keras",
    related: at.related,
  }),
  () => ({
    meaning:
      "Scripts are read, not run: constants, arithmetic, lists and the names of such values are evaluated, and nothing else. What an argument is worth that comes from data or from a function, only Python knows.",
    example: {
      kind: "situation",
      text: "layerc import is given iris.py, in which a layer is Dense(n_classes) after n_classes = len(set(y)).",
      arguments: {
        subject: "'units' of Dense",
        reason: "'set' is a call of Python, and a script is read, not run",
        related: [],
      },
      mended: "n_classes = 3",
    },
  }),
);

export const scriptUnread = defineDiagnostic(
  "script-unread",
  "error",
  "A statement of a script has a part in its model, and is none that is read.",
  (at: { model: string; reason: string; help?: string | undefined; related: readonly RelatedPlace[] }) => ({
    message: capitalized(`${at.model} can't be read from the script: ${at.reason}`),
    help:
      at.help ??
      "write its layers one by one\nor save the model in Python and import its file: layerc import model.keras",
    related: at.related,
  }),
  () => ({
    meaning:
      "Scripts are read, not run. A loop, a condition or a function that nothing is known of may have made any model, so that leaving it out would be another model than the script's.",
    example: {
      kind: "situation",
      text: "layerc import is given mlp.py, which has for _ in range(3): model.add(Dense(64)).",
      arguments: {
        model: "the model 'model'",
        reason: "a loop (for) takes part in it, and a script is read, not run",
        related: [],
      },
      mended: "model.add(Dense(64)) stands there three times.",
    },
  }),
);

export const scriptWithoutModel = defineDiagnostic(
  "script-without-model",
  "error",
  "A script to import makes no model.",
  (at: { help?: string | undefined }) => ({
    message: "The script makes no model of Keras",
    help: at.help ?? "a model is made with keras.Sequential([...]), model.add(...) or keras.Model(inputs, outputs)",
  }),
  () => ({
    meaning:
      "No statement of the script makes a model, or the part of it that was copied has no layer. A class that is derived from keras.Model says only when it is run what its layers are.",
    example: {
      kind: "situation",
      text: "layerc import is given plots.py, which draws results.",
      arguments: {},
      mended: "layerc import model.py",
    },
  }),
);

export const scriptSeveralModels = defineDiagnostic(
  "script-several-models",
  "error",
  "A script to import makes several models side by side.",
  (at: { names: readonly string[]; related: readonly RelatedPlace[] }) => ({
    message: `The script makes the models ${at.names.map((name) => `'${name}'`).join(", ")}`,
    help: `choose one with --model ${at.names[0] ?? ""}`,
    related: at.related,
  }),
  () => ({
    meaning: "The script makes several models that don't contain one another, so it does not say which one is meant.",
    example: {
      kind: "command",
      text: "layerc import gan.py",
      arguments: { names: ["generator", "discriminator"], related: [] },
      mended: "layerc import gan.py --model generator",
    },
  }),
);

export const scriptUnknownModel = defineDiagnostic(
  "script-unknown-model",
  "error",
  "The model to be taken of a script is none that it makes.",
  (at: { name: string; known: readonly string[] }) => ({
    message: `The script makes no model '${at.name}'`,
    ...didYouMean(at.name, at.known),
  }),
  () => ({
    meaning: "--model names a variable of the script that holds no model, or none that can be told without running it.",
    example: {
      kind: "command",
      text: "layerc import gan.py --model gen",
      arguments: { name: "gen", known: ["generator", "discriminator"] },
      mended: "layerc import gan.py --model generator",
    },
  }),
);

export const scriptLeftOut = defineDiagnostic(
  "script-left-out",
  "hint",
  "A statement of a script is no part of its model.",
  (at: { what: string; help?: string | undefined }) => ({
    message: capitalized(at.what),
    ...(at.help === undefined ? {} : { help: at.help }),
  }),
  () => ({
    meaning:
      "A model file holds the layers alone. What trains, prints or saves the model, and what has nothing to do with it, stays in the script.",
    example: {
      kind: "situation",
      text: "layerc import is given iris.py, in which model.fit(x, y) follows the layers.",
      arguments: { what: "left out: model.fit(...), which is no part of a model file" },
    },
  }),
);

/** Every diagnostic of scripts, for the catalogue. */
export const scriptDiagnostics: readonly DiagnosticDefinition<never>[] = [
  scriptSyntax,
  scriptTooLarge,
  scriptArgument,
  scriptUnread,
  scriptWithoutModel,
  scriptSeveralModels,
  scriptUnknownModel,
  scriptLeftOut,
];
