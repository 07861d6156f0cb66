import { layersFor, isInput, type KerasConfig } from "../../keras/keras-config.ts";
import { toSnakeCase } from "../../layers/snake-case.ts";
import { translateModel } from "../../importers/translate-model.ts";
import type { BodyItem, Declaration, ModelDeclaration } from "../../syntax/ast.ts";
import { isTorchLayer } from "../../weights/torch-names.ts";
import { hasArrays, type WeightContainer, type WeightEntry, type WeightLayer } from "../../weights/weight-file.ts";
import { callOfArrays, type GuessedLayer } from "./call-of-arrays.ts";
import { inOrder } from "./in-order.ts";
import { writeName, writeStatement } from "./write-statement.ts";

/** What a weight file says of its model, as a model file writes it. */
export interface FileModel {
  /** `[64]`; undefined where the file does not tell it. */
  readonly input: string | undefined;
  readonly layers: readonly FileLayer[];
  /** What the layers need beside the model: run-time dims, and the models that are nested in it. */
  readonly declarations: readonly {
    readonly kind: Declaration["kind"];
    readonly name: string;
    readonly text: string;
  }[];
}

export interface FileLayer {
  /** In the file: `hidden`, `dense_1`, `0`. */
  readonly name: string;
  /** The label that binds it, where the name is not what Keras would call it by itself. */
  readonly label: string | undefined;
  /** `Dense(64, activation=relu)`; undefined for one whose class the file does not tell. */
  readonly call: string | undefined;
  /** `kernel [64, 10], bias [10]` */
  readonly arrays: string;
}

/**
 * The model of a weight file: as its configuration describes it or, of a file of arrays alone, as their names and shapes tell.
 * Undefined for a model that is no chain of layers.
 */
export function fileModel(container: WeightContainer): FileModel | undefined {
  return container.keras?.layers === undefined ? ofArrays(unwrapped(container)) : ofConfig(container.keras, container);
}

function ofConfig(keras: KerasConfig, container: WeightContainer): FileModel | undefined {
  let isWhole = true;
  const written = { name: "Main", weightsPath: "", file: "", leftOut: [] };
  const { file } = translateModel(keras, written, ({ severity }) => (isWhole &&= severity !== "error"));
  const main = file.declarations.at(-1);
  if (!isWhole || main?.kind !== "model") return undefined;
  const input = main.body.find(({ kind }) => kind === "input");
  const names = (keras.layers ?? [])
    .filter((layer) => !isInput(layer))
    .flatMap(layersFor)
    .map(({ name }) => name);
  const statements = main.body.filter((item) => item.kind === "layer");
  return {
    input: input === undefined ? undefined : writeStatement(input).slice("input ".length),
    layers: statements.map((statement, at): FileLayer => {
      const { label, ...rest } = statement;
      const name = names[at] ?? label?.text ?? "";
      const entry = container.entries.find((each) => each.name === name);
      return {
        name,
        label: label === undefined ? undefined : writeName(label.text),
        call: writeStatement(rest),
        arrays: entry === undefined ? "" : arraysText(entry),
      };
    }),
    declarations: file.declarations.slice(0, -1).map((declaration) => ({
      kind: declaration.kind,
      name: declaration.name.text,
      text: writeDeclaration(declaration),
    })),
  };
}

function writeDeclaration(declaration: Declaration): string {
  const { kind, name } = declaration;
  return kind === "model" ? writeModel(declaration) : `${kind} ${name.text}`;
}

function writeModel({ name, body }: ModelDeclaration): string {
  return [`model ${name.text} {`, ...body.map((item: BodyItem) => `  ${writeStatement(item)}`), "}"].join("\n");
}

/** Models in a file of arrays alone do not tell their inputs. */
function ofArrays(container: WeightContainer): FileModel | undefined {
  if (container.branched || container.entries.some((entry) => entry.kind === "container" && hasArrays(entry)))
    return undefined;
  const entries = container.entries.filter((entry): entry is WeightLayer => entry.kind === "layer" && hasArrays(entry));
  const guesses = entries.map((entry) => ({ entry, layer: callOfArrays(entry) }));
  const ordered = container.ordered ? guesses : inOrder(guesses);
  const [first] = ordered;
  const size = first === undefined ? undefined : inputSize(first.entry, first.layer);
  return {
    input: size === undefined ? undefined : `[${size}]`,
    layers: ordered.map(({ entry, layer }) => ({
      name: entry.name,
      label: labelOf(entry.name, layer),
      call: layer?.call,
      arrays: arraysText(entry),
    })),
    declarations: [],
  };
}

/** One container around everything is left away, as it is when the file is bound. */
function unwrapped(container: WeightContainer): WeightContainer {
  const [only, ...others] = container.entries.filter(hasArrays);
  return only?.kind === "container" && others.length === 0 ? unwrapped(only) : container;
}

/** The last axis of what a layer takes. */
function inputSize(entry: WeightLayer, layer: GuessedLayer | undefined): number | undefined {
  if (layer?.className === "Embedding") return undefined;
  if (layer?.sizes !== undefined) return layer.sizes[0];
  const matrix = entry.arrays.find(({ shape }) => shape.length === 2)?.shape;
  if (matrix !== undefined) return matrix[isTorchLayer(entry) ? 1 : 0];
  return entry.arrays.find(({ shape }) => shape.length === 1)?.shape[0];
}

/** A name that tells nothing, a number or Keras' own, is none that somebody gave. */
function labelOf(name: string, layer: GuessedLayer | undefined): string | undefined {
  const own = layer === undefined ? "" : toSnakeCase(layer.className);
  const isAutomatic = name === own || (name.startsWith(`${own}_`) && /^\d+$/.test(name.slice(own.length + 1)));
  return name === "" || /^\d+$/.test(name) || isAutomatic ? undefined : writeName(name);
}

function arraysText(entry: WeightEntry): string {
  if (entry.kind === "container") return "";
  return entry.arrays
    .map(({ name, shape }) => `${name === undefined ? "" : `${name} `}[${shape.join(", ")}]`)
    .join(", ");
}
