import { labelOf as writtenLabel } from "../../format/printing.ts";
import { layersFor, isInput, type KerasConfig } from "../../keras/keras-config.ts";
import { toSnakeCase } from "../../layers/snake-case.ts";
import { printModelFile } from "../../format/print-model-file.ts";
import { printStatements } from "../../format/print-statements.ts";
import { translateModel } from "../../importers/translate-model.ts";
import type { Declaration, LayerStatement } from "../../syntax/ast.ts";
import { isTorchLayer } from "../../weights/torch-names.ts";
import { hasArrays, type WeightContainer, type WeightEntry, type WeightLayer } from "../../weights/weight-file.ts";
import { callOfArrays, type GuessedLayer } from "./call-of-arrays.ts";
import { inOrder } from "./in-order.ts";

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
export function fileModel(container: WeightContainer): Promise<FileModel | undefined> {
  const model = known.get(container) ?? readModel(container);
  known.set(container, model);
  return model;
}

/** Of files that stay as they are from question to question. */
const known = new WeakMap<WeightContainer, Promise<FileModel | undefined>>();

async function readModel(container: WeightContainer): Promise<FileModel | undefined> {
  return container.keras?.layers === undefined ? ofArrays(unwrapped(container)) : ofConfig(container.keras, container);
}

async function ofConfig(keras: KerasConfig, container: WeightContainer): Promise<FileModel | undefined> {
  let isWhole = true;
  const wanted = { name: "Main", weightsPath: "", file: "", leftOut: [] };
  const { file } = translateModel(keras, wanted, ({ severity }) => (isWhole &&= severity !== "error"));
  const main = file.declarations.at(-1);
  if (!isWhole || main?.kind !== "model") return undefined;
  const input = main.body.find((item) => item.kind === "input");
  const names = (keras.layers ?? [])
    .filter((layer) => !isInput(layer))
    .flatMap(layersFor)
    .map(({ name }) => name);
  const statements = main.body.filter((item) => item.kind === "layer");
  const calls = statements.map((statement) => withoutLabel(statement));
  const [[shape], written, declarations] = await Promise.all([
    printStatements(input === undefined ? [] : [input]),
    printStatements(calls),
    Promise.all(
      file.declarations.slice(0, -1).map(async (declaration) => ({
        kind: declaration.kind,
        name: declaration.name.text,
        text: (await printModelFile({ ...file, declarations: [declaration] })).trimEnd(),
      })),
    ),
  ]);
  return {
    input: shape?.slice("input ".length),
    layers: statements.map(({ label }, at): FileLayer => {
      const name = names[at] ?? label?.text ?? "";
      const entry = container.entries.find((each) => each.name === name);
      return {
        name,
        label: label === undefined ? undefined : writtenLabel(label.text),
        call: written[at],
        arrays: entry === undefined ? "" : arraysText(entry),
      };
    }),
    declarations,
  };
}

function withoutLabel(statement: LayerStatement): LayerStatement {
  const { label: _, ...rest } = statement;
  return rest;
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
  return name === "" || /^\d+$/.test(name) || isAutomatic ? undefined : writtenLabel(name);
}

function arraysText(entry: WeightEntry): string {
  if (entry.kind === "container") return "";
  return entry.arrays
    .map(({ name, shape }) => `${name === undefined ? "" : `${name} `}[${shape.join(", ")}]`)
    .join(", ");
}
