import * as t from "../../../grammar/tokens.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Edit } from "../edit-tokens.ts";
import { kerasLayers } from "./keras-layers.ts";
import { detailsOf, type Mend, type Rule } from "./mend.ts";
import {
  beginsStatement,
  declares,
  endOf,
  gapLike,
  imageAt,
  isType,
  itemsOf,
  placeAt,
  spanOf,
  startOf,
  textOf,
  type Script,
} from "./script.ts";
import { shapeOf } from "./shapes.ts";

export const foreignArgument = defineDiagnostic(
  "foreign-argument",
  "error",
  "A layer is given an argument of Keras that is something else here, such as its name or the shape of its input.",
  detailsOf,
  () => ({
    meaning:
      "Layers take the arguments of Keras that matter to what they compute. The name of a layer is a label before it, the shape of the input a clause of the model, and what concerns training or the type of numbers is left out.",
    example: { kind: "source", source: 'model M { input [4] Dense(3, name="out") }' },
  }),
);

/** One argument with a name, in the call of a layer that is a statement. */
interface Site {
  readonly script: Script;
  /** The index of the layer's name. */
  readonly callee: number;
  readonly from: number;
  readonly to: number;
  /** The edits that take the argument out of its call. */
  readonly removal: readonly Edit[];
}

/** `Dense(16, name="hidden")`, `Dense(16, input_shape=(4,))`, `Dense(16, dtype="float32")`. */
export const foreignArguments: Rule = (script, index) => {
  if (!isType(script, index, t.Identifier) || !isType(script, index + 1, t.Equals)) return undefined;
  const open = script.around[index] as number;
  const callee = open - 1;
  if (!isType(script, open, t.LeftParen) || !kerasLayers.has(imageAt(script, callee))) return undefined;
  const isLabelled = isType(script, callee - 1, t.Colon);
  const start = isLabelled ? callee - 2 : callee;
  if (!beginsStatement(script, start) || declares(script, imageAt(script, callee))) return undefined;
  const items = itemsOf(script, open);
  const at = items.findIndex(({ from }) => from === index);
  const item = items[at];
  const remedy = remedies.get(imageAt(script, index));
  if (item === undefined || remedy === undefined || item.to < index + 3) return undefined;
  const before = items[at - 1];
  const next = items[at + 1];
  const { file } = script;
  const whole =
    before !== undefined
      ? { file, start: endOf(script, before.to - 1), end: endOf(script, item.to - 1) }
      : { file, start: startOf(script, item.from), end: startOf(script, next?.from ?? item.to) };
  return remedy({ script, callee, ...item, removal: [{ span: whole, text: "" }] });
};

function mend({ script, from, to }: Site, message: string, title: string, edits: readonly Edit[], help?: string): Mend {
  return { diagnostic: foreignArgument(spanOf(script, from, to), { message, help, fix: { title, edits } }) };
}

function nameOfLayer(site: Site): Mend | undefined {
  const { script, from, to, callee, removal } = site;
  if (to !== from + 3 || !isType(script, from + 2, t.StringLiteral, t.WronglyQuotedString)) return undefined;
  const word = imageAt(script, from + 2).slice(1, -1);
  const label = /^[A-Za-z_]\w*$/.test(word) ? word : `"${word}"`;
  const layer = imageAt(script, callee);
  const isLabelled = isType(script, callee - 1, t.Colon);
  const labels = isLabelled ? [] : [{ span: placeAt(script, startOf(script, callee)), text: `${label}: ` }];
  return mend(site, "The name of a layer stands before it", `Write ${label}: ${layer}(...)`, [...labels, ...removal]);
}

/** The index of the brace of the model whose body has the layer directly. */
function modelBrace({ script, callee }: Site): number | undefined {
  const brace = script.around[callee] as number;
  return imageAt(script, brace - 2) === "model" ? brace : undefined;
}

function shapeOfInput(site: Site): Mend | undefined {
  const { script, from, to, removal } = site;
  const name = imageAt(script, from);
  const isCount = /^input_?(?:dim|length)$/i.test(name);
  if (isCount && imageAt(script, site.callee) === "Embedding" && /dim$/i.test(name)) return undefined;
  const shape = shapeOf(script, from + 2, to, name.startsWith("batch"));
  if (shape === undefined) return undefined;
  const brace = modelBrace(site);
  const hasInput = script.tokens.some(
    ({ image }, at) =>
      /^(?:input|Input)$/.test(image) && script.around[at] === brace && !isType(script, at + 1, t.Colon),
  );
  const message = `The shape of one sample is a clause of the model, found the argument '${name}'`;
  if (brace === undefined || hasInput) return mend(site, message, `Delete '${name}'`, removal);
  const first = brace + 1;
  const gap = gapLike(script, first);
  const text = `${gap}input ${shape}`;
  return mend(site, message, `Write input ${shape}`, [
    { span: placeAt(script, endOf(script, brace)), text },
    ...removal,
  ]);
}

/** Arguments of PyTorch for what the layer before says. */
const sizes: ReadonlySet<string> = new Set(["in_features", "num_features", "normalized_shape", "num_channels"]);

function withoutEffect(site: Site): Mend {
  const name = imageAt(site.script, site.from);
  const message = sizes.has(name)
    ? `The size of what arrives follows from the layer before, found '${name}'`
    : `'${name}' has no effect on what a layer computes here`;
  return mend(site, message, `Delete '${name}'`, site.removal);
}

function weightsFile(site: Site): Mend | undefined {
  const { script, from, to, removal } = site;
  const brace = modelBrace(site);
  if (brace === undefined || to !== from + 3 || !isType(script, from + 2, t.StringLiteral)) return undefined;
  const path = imageAt(script, from + 2);
  const gap = gapLike(script, brace + 1);
  const edits = [{ span: placeAt(script, endOf(script, brace)), text: `${gap}weights ${path}` }, ...removal];
  return mend(
    site,
    "The weights of a model are a clause of it, found an argument of a layer",
    "Write it as a clause",
    edits,
  );
}

function labelsOfModel(site: Site): Mend | undefined {
  const { script, callee, from, to, removal } = site;
  if (modelBrace(site) === undefined || !isType(script, from + 2, t.LeftBracket)) return undefined;
  const close = script.pairs[callee + 1] as number;
  const gap = gapLike(script, callee);
  const text = `${gap}labels ${textOf(script, from + 2, to)}`;
  const edits = [...removal, { span: placeAt(script, endOf(script, close)), text }];
  return mend(
    site,
    "The labels are a clause of the model, found an argument of a layer",
    "Write it as a clause",
    edits,
  );
}

/** Another argument that means the same. */
function instead(text: (value: string) => string, layers?: readonly string[]): (site: Site) => Mend | undefined {
  return (site) => {
    const { script, callee, from, to } = site;
    if (layers !== undefined && !layers.includes(imageAt(script, callee))) return undefined;
    const by = text(textOf(script, from + 2, to));
    const open = script.around[from] as number;
    const given = itemsOf(script, open).map((item) => imageAt(script, item.from));
    if (given.includes(by.split("=")[0] ?? "")) return undefined;
    const edits = [{ span: spanOf(script, from, to), text: by }];
    return mend(site, `${imageAt(script, callee)} has no argument '${imageAt(script, from)}'`, `Write ${by}`, edits);
  };
}

const normalizations = ["BatchNormalization", "LayerNormalization", "GroupNormalization"];

function affine(site: Site): Mend | undefined {
  const { script, callee, from, to } = site;
  if (!normalizations.includes(imageAt(script, callee))) return undefined;
  const value = textOf(script, from + 2, to).toLowerCase();
  return value === "true" ? withoutEffect(site) : instead(() => "center=false, scale=false")(site);
}

function dropoutBehind(site: Site): Mend | undefined {
  const { script, callee, from, to, removal } = site;
  if (imageAt(script, callee) !== "Dense") return undefined;
  const close = script.pairs[callee + 1] as number;
  const gap = gapLike(script, callee);
  const text = `Dropout(${textOf(script, from + 2, to)})`;
  const edits = [...removal, { span: placeAt(script, endOf(script, close)), text: `${gap}${text}` }];
  return mend(site, "Dropout is a layer of its own, found an argument of Dense", `Write ${text} behind it`, edits);
}

const remedies: ReadonlyMap<string, (site: Site) => Mend | undefined> = new Map([
  ["name", nameOfLayer],
  ...[
    "input_shape",
    "inputShape",
    "batch_input_shape",
    "batchInputShape",
    "input_dim",
    "inputDim",
    "input_length",
    "inputLength",
  ].map((name) => [name, shapeOfInput] as const),
  ...[...sizes, "dtype", "batch_size", "batchSize", "inplace", "fused", "autocast", "track_running_stats"].map(
    (name) => [name, withoutEffect] as const,
  ),
  ["weights", weightsFile],
  ["labels", labelsOfModel],
  ["weight_decay", instead((value) => `kernel_regularizer=l2(${value})`, ["Dense", "EinsumDense"])],
  ["seed", instead((value) => `kernel_initializer=glorot_uniform(seed=${value})`, ["Dense", "EinsumDense"])],
  ["rate", dropoutBehind],
  ["dropout", dropoutBehind],
  ["affine", affine],
  ["elementwise_affine", affine],
]);
