import { formatShape, type Shape } from "../ir/shape.ts";
import { fitShape } from "./fit-shape.ts";
import type { Part } from "./layout.ts";
import type { Block } from "./text-box.ts";
import { baselineAt } from "./text-lines.ts";

/** Boxes one below the other with arrows between, all around one vertical line. */
export interface Column {
  /** Twice what it takes on the side where it takes more. */
  readonly width: number;
  readonly height: number;
  /** Its line at `x`, its top at `y`. */
  place(x: number, y: number): readonly Part[];
}

const gap = 40;
/** Between an arrow and its shape. */
const besideArrow = 10;

/** Blocks one below the other; `shapes` go along the arrows between them. */
export function layoutColumn(blocks: readonly Block[], shapes: readonly Shape[]): Column {
  const labels = shapes.map(fitShape);
  return {
    width: Math.max(...blocks.map(({ width }) => width), ...labels.map(({ width }) => 2 * (width + besideArrow))),
    height: blocks.reduce((sum, { height }) => sum + height, 0) + shapes.length * gap,
    place(x, y) {
      let top = y;
      return blocks.flatMap((block, at): readonly Part[] => {
        const box = block.place(x, top);
        top += block.height;
        const [label, shape] = [labels[at], shapes[at]];
        if (label === undefined || shape === undefined) return [box];
        const baseline = baselineAt(top + gap / 2 - 1, "shape");
        const placed = { ...label, x: x + besideArrow, y: baseline, anchor: "start" } as const;
        const arrow = { kind: "arrow", x, y: top, height: gap, label: placed, title: formatShape(shape) } as const;
        top += gap;
        return [box, arrow];
      });
    },
  };
}
