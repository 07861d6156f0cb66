import type { Nd } from "./nd.ts";

/** An axis while a stack is being built: `factor` times the run-time dim `time` to the power of `dims`. */
export interface Axis {
  readonly factor: number;
  readonly dims: number;
}

export function known({ dims }: Axis): boolean {
  return dims === 0;
}

/** What a layer is chosen for. */
export interface Site {
  readonly shape: readonly Axis[];
  /** The value of `time` in this test. */
  readonly time: number;
  /** A number from 0 to `count` - 1, from the random choice; each call gives the next. */
  pick(count: number): number;
}

export interface WeightCase {
  readonly name: string;
  readonly shape: readonly number[];
  /** Values are taken from 0.5 to 1.5 instead of -1 to 1. */
  readonly positive?: boolean;
}

export type Weights = ReadonlyMap<string, Nd>;

/** A layer with all its arguments, and what it computes for one sample, from Keras' documentation. */
export interface LayerChoice {
  readonly text: string;
  readonly weights: readonly WeightCase[];
  readonly shape: readonly Axis[];
  readonly reference: (input: Nd, weights: Weights) => Nd;
  /** The layer of TensorFlow.js with the same arguments, where it has one: its class in `tf.layers` and its config. */
  readonly tfjs?: { readonly layer: string; readonly config: object };
}

/** A line of the table: chooses arguments for a shape, or says that the layer can't stand there. */
export interface LayerCase {
  /** Keras' class name. */
  readonly className: string;
  readonly choose: (site: Site) => LayerChoice | undefined;
}

/** The sizes of a shape with `time` put in. */
export function sizes(shape: readonly Axis[], time: number): readonly number[] {
  return shape.map(({ factor, dims }) => factor * time ** dims);
}

/** An axis of known size. */
export const fixed = (factor: number): Axis => ({ factor, dims: 0 });
/** An item of a list, by random choice. */
export const oneOf = <T>(site: Site, items: readonly T[]): T => items[site.pick(items.length)] as T;
/** True or false, by random choice. */
export const flag = (site: Site): boolean => site.pick(2) === 1;
/** An array of a layer by its name. */
export const weight = (weights: Weights, name: string): Nd => weights.get(name) as Nd;

/** The last axis where it is known, which most layers with weights need. */
export function lastKnown({ shape }: Site): number | undefined {
  const last = shape.at(-1);
  return last === undefined || !known(last) ? undefined : last.factor;
}

/** An axis of known size, counted without the batch axis, and how it is written: from the end or with the batch axis. */
export function chooseAxis(site: Site): { readonly axis: number; readonly written: number } | undefined {
  const candidates = site.shape.flatMap((axis, position) => (known(axis) ? [position] : []));
  if (candidates.length === 0) return undefined;
  const axis = oneOf(site, candidates);
  return { axis, written: flag(site) ? axis + 1 : axis - site.shape.length };
}
