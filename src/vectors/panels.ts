import { inputsTogether } from "../ir/int8.ts";
import type { Precision } from "../ir/storage-types.ts";
import type { InstructionSet } from "./instruction-set.ts";

/** Units in a panel of weights. */
export const panelUnits = 8;

/** Four units that lie side by side: where, counted from the first panel of a group. */
export interface Column {
  /** Elements, or words of shorter numbers, from the weights of the group's first panel. */
  readonly weights: number;
  /** Units from the group's first one. */
  readonly unit: number;
  /** Elements or words from one input to the next, of int8 from four inputs to the next. */
  readonly step: number;
  /** Units that exist; the others are there to fill the vector. */
  readonly count: number;
  /** Which half of a word a bfloat16 number has. */
  readonly half?: "low" | "high";
}

/** The columns of whole panels, each by its number. */
export function columnsOfPanels(panels: readonly number[], inputs: number, precision: Precision): readonly Column[] {
  const columns = columnsOf(panelUnits, inputs, precision);
  const stride = packedLength(inputs, panelUnits, precision);
  return panels.flatMap((panel) =>
    columns.map((column) => ({
      ...column,
      weights: column.weights + panel * stride,
      unit: column.unit + panel * panelUnits,
    })),
  );
}

/** The columns of panels side by side that hold a number of units. */
export function columnsOf(units: number, inputs: number, precision: Precision): readonly Column[] {
  return Array.from({ length: Math.ceil(units / 4) }, (_, at): Column => {
    const panel = at >> 1;
    const count = Math.min(4, units - at * 4);
    if (precision === "bfloat16") {
      return { weights: panel * 4 * inputs, unit: at * 4, step: 4, count, half: at % 2 === 0 ? "low" : "high" };
    }
    if (precision === "int8") {
      const start = (panel * panelUnits * inputs) / inputsTogether;
      return { weights: start + (at % 2) * 4, unit: at * 4, step: panelUnits, count };
    }
    const width = panelWidth(units - panel * panelUnits);
    return { weights: panel * panelUnits * inputs + (at % 2) * 4, unit: at * 4, step: width, count };
  });
}

/** Units that a panel has room for, of which `units` are left at its start. */
function panelWidth(units: number): number {
  return units > 4 ? panelUnits : 4;
}

/** Elements, or words of shorter numbers, of a packed kernel `[inputs, units]`. */
export function packedLength(inputs: number, units: number, precision: Precision): number {
  if (precision === "bfloat16") return Math.ceil(units / panelUnits) * 4 * inputs;
  if (precision === "int8") return (Math.ceil(units / panelUnits) * panelUnits * inputs) / inputsTogether;
  return Math.ceil(units / 4) * 4 * inputs;
}

/** How the panels of a layer are taken when there is one row of inputs: a step takes one panel of each of several streams. */
export interface PanelGroups {
  /** The first panel of each stream. Two streams may end and begin with the same panels, which are computed twice. */
  readonly firsts: readonly number[];
  /** Panels of a stream, one after the other. */
  readonly steps: number;
  /** Whole panels that are taken in streams, from the first on. */
  readonly panels: number;
}

/** Time that may be lost for code that is shorter by the panels that are left over: they are computed with others again. */
const overlapLoss = 1.06;

/** The fastest division of whole panels into streams; what is left over goes with the last units. */
export function groupPanels(
  panels: number,
  isWhole: boolean,
  panelBytes: number,
  instructions: Pick<InstructionSet, "mostPanels" | "panelTime">,
): PanelGroups {
  const most = instructions.mostPanels;
  if (panels < most) return { firsts: [], steps: 0, panels: 0 };
  const time = instructions.panelTime;
  const sizes = Array.from({ length: most - 1 }, (_, at) => most - at);
  const options = sizes.flatMap((size): readonly { readonly size: number; panels: number; time: number }[] => {
    const groups = Math.floor(panels / size);
    const rest = panels - groups * size;
    const exact = { size, panels: groups * size, time: groups * time(size) + time(rest) };
    if (rest === 0 || !isWhole) return [exact];
    return [exact, { size, panels, time: (groups + 1) * time(size) }];
  });
  const fastest = Math.min(...options.map((option) => option.time));
  const short = (option: { readonly panels: number }): boolean => option.panels === panels;
  const close = options.filter((option) => option.time <= fastest * (short(option) ? overlapLoss : 1));
  const best = (list: typeof close): (typeof close)[number] | undefined => list.toSorted((a, b) => a.time - b.time)[0];
  const chosen = (best(close.filter(short)) ?? best(close)) as (typeof close)[number];
  return streams(chosen.panels, chosen.size, panelBytes);
}

/** Bytes after which memory falls on the same places of the nearest cache: streams so far apart hinder each other. */
const cachePeriod = 4096;
/** The share of panels that may be computed twice to move streams off such a distance. */
const movedShare = 0.01;

/** As many streams as a step takes panels, as long as each other and as far apart as possible. */
function streams(panels: number, size: number, panelBytes: number): PanelGroups {
  const fewest = Math.ceil(panels / size);
  const options = Array.from({ length: 1 + Math.floor((panels * movedShare) / size) }, (_, extra): PanelGroups => {
    const steps = fewest + extra;
    const firsts = Array.from({ length: size }, (_, at) => Math.floor((at * (panels - steps)) / (size - 1)));
    return { firsts, steps, panels };
  });
  return options.reduce((best, option) =>
    leastDistance(option, panelBytes) > leastDistance(best, panelBytes) ? option : best,
  );
}

/** How far apart the closest two streams are on the nearest cache, in bytes. */
function leastDistance({ firsts }: PanelGroups, panelBytes: number): number {
  const distances = firsts.flatMap((first, at) =>
    firsts.slice(at + 1).map((other) => {
      const distance = ((other - first) * panelBytes) % cachePeriod;
      return Math.min(distance, cachePeriod - distance);
    }),
  );
  return Math.min(...distances);
}
