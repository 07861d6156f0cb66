import { counted } from "../diagnostics/counted.ts";
import { formatShape } from "../ir/shape.ts";
import { formatMemorySize } from "../summary/memory-size.ts";
import { boxWidths } from "./box-width.ts";
import type { Diagram } from "./diagram.ts";
import { fitText, type FittedText } from "./fit-text.ts";
import type { Layout, PlacedModel } from "./layout.ts";
import { layoutColumn, type Column } from "./layout-column.ts";
import { layoutItem } from "./layout-item.ts";
import { boxPadding, textBox, type Block } from "./text-box.ts";
import { linesHeight, placeLines } from "./text-lines.ts";

/** Around the drawing, and on both sides of the line between two models. */
export const margin = 24;
/** Between the words above a model and its first box. */
const belowWords = 16;
const endWidth = 96;
const bytesPerParameter = 4;

/** Places models one below the other, each under its name and totals. */
export function layoutModels(diagrams: readonly Diagram[]): Layout {
  const columns = diagrams.map((diagram) => ({ diagram, column: modelColumn(diagram), words: wordsOf(diagram) }));
  const widths = columns.flatMap(({ column, words }) => [column.width, ...words.map((line) => line.width)]);
  const width = 2 * Math.ceil(Math.max(0, ...widths) / 2) + 2 * margin;
  const models: PlacedModel[] = [];
  let y = margin;
  for (const { diagram, column, words } of columns) {
    if (models.length > 0) y += 2 * margin;
    const top = y + linesHeight(words) + belowWords;
    models.push({ diagram, y, texts: placeLines(words, margin, y, "start"), parts: column.place(width / 2, top) });
    y = top + column.height;
  }
  return { width, height: y + margin, models };
}

function modelColumn(diagram: Diagram): Column {
  const { items, inputShape, outputShape, labels = [] } = diagram;
  const input = endBox("input", `input ${formatShape(inputShape)}`);
  const output = endBox("output", `output ${formatShape(outputShape)}`, labels);
  return layoutColumn(
    [input, ...items.map(layoutItem), output],
    [inputShape, ...items.map(({ outputShape: shape }) => shape)],
  );
}

/** Where a model begins or ends; `labels` are what its outputs are called. */
function endBox(text: string, title: string, labels: readonly string[] = []): Block {
  const names = labels.join(", ");
  const below = labels.length === 0 ? [] : [fitText(names, "detail", boxWidths.most - 2 * boxPadding.x)];
  const lines = [fitText(text, "name", endWidth), ...below];
  const room =
    Math.max(endWidth, ...lines.map((line) => 2 * Math.ceil(line.width / 2) + 2 * boxPadding.x)) - 2 * boxPadding.x;
  return textBox(
    lines.map((line) => ({ ...line, room })),
    {
      look: "end",
      width: room + 2 * boxPadding.x,
      title: labels.length === 0 ? title : `${title}\n${counted(labels.length, "label")}: ${names}`,
    },
  );
}

function wordsOf({ name, parameters }: Diagram): readonly FittedText[] {
  const total = `${counted(parameters, "parameter")} · ${formatMemorySize(parameters * bytesPerParameter)}`;
  return [fitText(name, "title", boxWidths.most, true), fitText(total, "detail", boxWidths.most)];
}
