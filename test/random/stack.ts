import fc from "fast-check";
import { known, sizes, type Axis, type LayerCase, type LayerChoice, type Site, type Weights } from "./layer-case.ts";
import { chooseEmbedding, embeddingRows, layerCases } from "./layer-table.ts";
import { make, size, type Nd } from "./nd.ts";

/** A random choice of a layer: its line in the table, and numbers for its arguments. */
export interface LayerPick {
  readonly line: number;
  readonly numbers: readonly number[];
}

/** A layer, or the layers of a nested model. */
export type StackItem = LayerPick | { readonly nested: readonly StackItem[] };

/** A random choice of a whole model, before it is made legal. */
export interface StackPick {
  /** Sizes of the input's axes; 0 is the run-time dim. */
  readonly input: readonly number[];
  readonly time: number;
  /** Starts with an Embedding. */
  readonly indices: boolean;
  readonly layers: readonly StackItem[];
  readonly samples: number;
  /** How large a part of the weights is 0. */
  readonly zeros: number;
  readonly seed: number;
}

const layerPick: fc.Arbitrary<LayerPick> = fc.record({
  line: fc.nat(10_000),
  numbers: fc.array(fc.nat(10_000), { minLength: 8, maxLength: 8 }),
});

const stackItem: fc.Arbitrary<StackItem> = fc.letrec<{ item: StackItem }>((tie) => ({
  item: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 6, arbitrary: layerPick },
    { weight: 1, arbitrary: fc.record({ nested: fc.array(tie("item"), { minLength: 1, maxLength: 3 }) }) },
  ),
})).item;

/** Random models of rank 1 to 5. They shrink to fewer layers, fewer axes and smaller numbers. */
export const stackPick: fc.Arbitrary<StackPick> = fc.record({
  input: fc.array(fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 1, max: 5 }) }, fc.constant(0)), {
    minLength: 1,
    maxLength: 5,
  }),
  time: fc.integer({ min: 1, max: 4 }),
  indices: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 9),
  layers: fc.array(stackItem, { minLength: 1, maxLength: 7 }),
  samples: fc.integer({ min: 1, max: 3 }),
  zeros: fc.constantFrom(0, 0, 0.5, 0.9),
  seed: fc.nat(1_000_000),
});

/** A layer of a legal model with its weights. */
export interface PlacedLayer {
  readonly choice: LayerChoice;
  readonly weights: Weights;
}

/** A legal model, what it is given and what it should make of it. */
export interface Stack {
  /** A model file whose last model is `Stack`. */
  readonly text: string;
  readonly dims: Readonly<Record<string, number>>;
  /** The layers in order of computation, nested models spelt out. */
  readonly layers: readonly PlacedLayer[];
  /** Each sample, and the expected output for it. */
  readonly samples: readonly { readonly input: Nd; readonly output: Nd }[];
}

/** The largest number that may occur: beyond, rounding errors of one layer hide those of another. */
const largest = 1e3;
/** The most values between two layers. */
const mostValues = 400;

/** Makes a legal model of a random choice: layers that can't stand where they are chosen are left out. */
export function buildStack(pick: StackPick, table: readonly LayerCase[] = layerCases): Stack {
  const random = randomNumbers(pick.seed);
  const symbolic = pick.input.includes(0);
  let shape: readonly Axis[] = (pick.indices ? pick.input.slice(0, 2) : pick.input).map((axis) =>
    axis === 0 ? { factor: 1, dims: 1 } : { factor: axis, dims: 0 },
  );
  const inputText = shape.map((axis) => (known(axis) ? String(axis.factor) : "time")).join(", ");
  const inputShape = sizes(shape, pick.time);
  const inputs = Array.from({ length: pick.samples }, () =>
    make(inputShape, () => (pick.indices ? Math.floor(random() * embeddingRows) : Math.fround(4 * random() - 2))),
  );
  let values: readonly Nd[] = inputs;
  const layers: PlacedLayer[] = [];

  const add = (choose: (site: Site) => LayerChoice | undefined, numbers: readonly number[]): string | undefined => {
    let next = 0;
    const site: Site = {
      shape,
      time: pick.time,
      pick: (count) => (numbers[next++ % numbers.length] as number) % count,
    };
    const choice = choose(site);
    if (choice === undefined || size(sizes(choice.shape, pick.time)) > mostValues) return undefined;
    if (choice.shape.length > 6 || choice.shape.some(({ dims }) => dims > 1)) return undefined;
    const weights = new Map(
      choice.weights.map(({ name, shape: axes, positive }) => [
        name,
        make(axes, () => {
          if (positive === true) return Math.fround(0.5 + random());
          const isZero = pick.zeros > 0 && random() < pick.zeros;
          return isZero ? 0 : Math.fround(2 * random() - 1);
        }),
      ]),
    );
    const outputs = values.map((value) => choice.reference(value, weights));
    if (outputs.some(({ data }) => data.some((value) => !(Math.abs(value) <= largest)))) return undefined;
    if (
      layers.length > 0 &&
      outputs.some((output, sample) => !isSteady(values[sample] as Nd, output, choice, weights))
    ) {
      return undefined;
    }
    values = outputs;
    shape = choice.shape;
    layers.push({ choice, weights });
    return choice.text;
  };
  // Every fourth layer is the first of the table, Dense.
  const addPick = ({ line, numbers }: LayerPick): string | undefined =>
    add((table[line % 4 === 0 ? 0 : line % table.length] as LayerCase).choose, numbers);

  const models: string[] = [];
  const addItem = (item: StackItem): string | undefined => {
    if ("line" in item) return addPick(item);
    const before = shape.map((axis) => (known(axis) ? String(axis.factor) : axis.factor === 1 ? "time" : undefined));
    // `16*time` can't be written as an axis of an input.
    if (before.includes(undefined)) return undefined;
    const inner = item.nested.map(addItem).filter((text) => text !== undefined);
    if (inner.length === 0) return undefined;
    const name = `Part${models.length + 1}`;
    models.push(modelText(name, before.join(", "), inner));
    return name;
  };
  const body = pick.indices ? [add(chooseEmbedding, [pick.seed]) as string] : [];
  body.push(...pick.layers.map(addItem).filter((text) => text !== undefined));
  if (body.length === 0) body.push("Activation(linear)");
  models.push(modelText("Stack", inputText, body));
  const dims = symbolic && inputText.includes("time") ? { time: pick.time } : {};
  return {
    text: `${symbolic ? "dim time\n\n" : ""}${models.join("\n")}`,
    dims,
    layers,
    samples: inputs.map((input, sample) => ({ input, output: values[sample] as Nd })),
  };
}

/**
 * Whether a tiny change of a layer's input changes its output little. Where it does not, such as for the direction of a
 * vector of zeros, rounding decides.
 */
function isSteady(input: Nd, output: Nd, choice: LayerChoice, weights: Weights): boolean {
  const nudged = choice.reference(
    { shape: input.shape, data: input.data.map((x, at) => x + 1e-10 * (at % 2 ? 1 : -1)) },
    weights,
  );
  return nudged.data.every((value, at) => {
    const before = output.data[at] as number;
    return Math.abs(value - before) <= 1e-7 * Math.max(1, Math.abs(before));
  });
}

function modelText(name: string, input: string, layers: readonly string[]): string {
  return `model ${name} {\n  input [${input}]\n${layers.map((layer) => `  ${layer}\n`).join("")}}\n`;
}

/** Numbers from 0 to 1 (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
