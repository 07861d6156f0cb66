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
  /** Elements or words from one input to the next. */
  readonly step: number;
  /** Units that exist; the others are there to fill the vector. */
  readonly count: number;
  /** Which half of a word a bfloat16 number has. */
  readonly half?: "low" | "high";
}

/** The columns of panels side by side that hold a number of units; of int8 `inputs` counts words of four. */
export function columnsOf(units: number, inputs: number, precision: Precision): readonly Column[] {
  return Array.from({ length: Math.ceil(units / 4) }, (_, at): Column => {
    const panel = at >> 1;
    const count = Math.min(4, units - at * 4);
    if (precision === "bfloat16") {
      return { weights: panel * 4 * inputs, unit: at * 4, step: 4, count, half: at % 2 === 0 ? "low" : "high" };
    }
    const width = precision === "int8" ? panelUnits : panelWidth(units - panel * panelUnits);
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

/** How the panels of a layer are taken when there is one row of inputs. */
export interface PanelGroups {
  /** Whole panels of each group but the last. */
  readonly size: number;
  /** Whole panels that are taken in groups. */
  readonly panels: number;
  /** Whether the last group begins early and computes some units again, so that it is as large as the others. */
  readonly overlapping: boolean;
}

/** Time that may be lost for code that is shorter by a group: what is taken in groups of one size needs no other code. */
const overlapLoss = 1.06;

/** The fastest division of whole panels into groups; what is left over goes with the last units. */
export function groupPanels(
  panels: number,
  isWhole: boolean,
  instructions: Pick<InstructionSet, "mostPanels" | "panelTime">,
): PanelGroups {
  const most = instructions.mostPanels;
  if (panels < most) return { size: panels, panels: 0, overlapping: false };
  const time = instructions.panelTime;
  const sizes = Array.from({ length: most - 1 }, (_, at) => most - at);
  const options = sizes.flatMap((size): readonly (PanelGroups & { readonly time: number })[] => {
    const groups = Math.floor(panels / size);
    const rest = panels - groups * size;
    const exact = { size, panels: groups * size, overlapping: false, time: groups * time(size) + time(rest) };
    if (rest === 0 || !isWhole) return [exact];
    return [exact, { size, panels, overlapping: true, time: (groups + 1) * time(size) }];
  });
  const fastest = Math.min(...options.map((option) => option.time));
  const short = (option: PanelGroups): boolean => option.overlapping || option.panels === panels;
  const close = options.filter((option) => option.time <= fastest * (short(option) ? overlapLoss : 1));
  const best = (list: typeof close): PanelGroups | undefined => list.toSorted((a, b) => a.time - b.time)[0];
  return (best(close.filter(short)) ?? best(close)) as PanelGroups;
}
