import type { Nd } from "../../random/nd.ts";
import type { Random } from "../random.ts";
import type { FormulaLayer } from "./formula-layer.ts";
import { layerFormula } from "./layer-formula.ts";

/** What layers make of a sample, and how sure that is. */
export interface Evaluated {
  readonly output: Nd;
  /** How far each value moves where every array and every value between layers is off by what a float32 may be. */
  readonly sway: Float64Array;
  /** The largest finite number on the way. */
  readonly largest: number;
}

/** Relative: some roundings of a float32. */
const nudge = 2e-7;

/** Evaluates layers one after the other in float64, once as they are and some times with everything nudged. */
export function evaluate(layers: readonly FormulaLayer[], input: Nd, random: Random): Evaluated {
  let largest = 0;
  const hear = (values: Nd): Nd => {
    for (const value of values.data) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value));
    return values;
  };
  const output = layers.reduce((values, layer) => hear(layerFormula(layer, values)), hear(input));
  const lastTable = layers.findLastIndex(({ className }) => className === "Embedding");
  const sway = new Float64Array(output.data.length);
  const nudged = ({ shape, data }: Nd): Nd => ({
    shape,
    data: data.map((value) => value * (1 + (random.chance(0.5) ? nudge : -nudge))),
  });
  for (let times = 0; times < 3; times++) {
    const other = layers.reduce((values, layer, place) => {
      // Indices are whole numbers.
      if (place <= lastTable) return layerFormula(layer, values);
      const weights = new Map([...layer.weights].map(([name, value]) => [name, nudged(value)]));
      return nudged(layerFormula({ ...layer, weights }, values));
    }, input);
    other.data.forEach((value, at) => {
      const moved = Math.abs(value - (output.data[at] as number));
      // A value that is there in one of them only is as unsure as can be.
      const change = Number.isNaN(moved) && !Object.is(value, output.data[at]) ? Infinity : moved;
      sway[at] = Math.max(sway[at] as number, Number.isNaN(change) ? 0 : change);
    });
  }
  return { output, sway, largest };
}
