import { counted } from "../diagnostics/counted.ts";
import { formatCount } from "../diagnostics/format-count.ts";
import { formatShape } from "../ir/shape.ts";
import { boxWidth, boxWidths } from "./box-width.ts";
import type { DiagramItem, LayerItem, NestedItem, OmittedItem, RepeatItem } from "./diagram.ts";
import { fitText, type FittedText } from "./fit-text.ts";
import type { BoxLook } from "./layout.ts";
import { layoutColumn } from "./layout-column.ts";
import { boxPadding, textBox, type Block } from "./text-box.ts";
import { linesHeight, placeLines } from "./text-lines.ts";

const framePadding = { x: 20, top: 14, bottom: 20, belowWords: 12 } as const;

/** The box of an item, with whatever is in it. */
export function layoutItem(item: DiagramItem): Block {
  switch (item.kind) {
    case "layer":
      return layerBox(item);
    case "nested":
      return frame(item, "frame", nameOf(item), item.type, parametersOf(item.parameters));
    case "repeat": {
      const [first, ...more] = item.items;
      if (first?.kind === "layer" && more.length === 0) return layerBox(first, item);
      const each = item.parameters / item.count;
      return frame(
        item,
        "repeat",
        `× ${formatCount(item.count)}`,
        ...(each === 0 ? [] : [`${parametersOf(each)} each`]),
      );
    }
    case "omitted":
      return omittedBox(item);
  }
}

/** A layer; with `repeat`, which repeats it and nothing else, as a stack of its boxes. */
function layerBox(layer: LayerItem, repeat?: RepeatItem): Block {
  const { path, type, notes, parameters, inputShape, outputShape } = layer;
  const count = repeat?.count ?? 1;
  const name = repeat === undefined ? nameOf(layer) : `${nameOf(layer)} … ${nameOf({ path: repeat.lastPath })}`;
  const work = timesOf(count, parameters);
  const width = boxWidth(outputShape);
  const room = width - 2 * boxPadding.x;
  const lines = [
    fitText(name, "name", room, true),
    ...fitDetails([type, ...notes], room),
    ...(parameters === 0 && count === 1 ? [] : [fitText(work, "detail", room)]),
  ];
  const paths = [path, ...(repeat === undefined ? [] : [repeat.lastPath])].map((one) => one.join("/"));
  const shapes = `${formatShape(inputShape)} -> ${formatShape(outputShape)}`;
  return textBox(lines, {
    look: parameters > 0 ? "weights" : "plain",
    width,
    item: repeat ?? layer,
    isStack: repeat !== undefined,
    title: [paths.join(" to "), [`${type} ${shapes}`, ...notes].join(", "), work].join("\n"),
  });
}

function omittedBox(item: OmittedItem): Block {
  const lines = [
    [counted(item.layers, "layer"), "name"],
    ["not drawn", "detail"],
    [parametersOf(item.parameters), "detail"],
  ] as const;
  return textBox(
    lines.map(([text, role]) => fitText(text, role, boxWidths.least)),
    { look: "omitted", width: boxWidths.least, item, title: lines.map(([text]) => text).join("\n") },
  );
}

/** A frame around a column of boxes, its words above them on the left. */
function frame(item: NestedItem | RepeatItem, look: BoxLook, name: string, ...details: readonly string[]): Block {
  const column = layoutColumn(
    item.items.map(layoutItem),
    item.items.slice(0, -1).map(({ outputShape }) => outputShape),
  );
  const room = Math.max(column.width, boxWidths.least);
  const lines = [fitText(name, "name", room, true), ...fitDetails(details, room)];
  const inner = Math.max(column.width, ...lines.map((line) => line.width));
  const width = 2 * Math.ceil(inner / 2) + 2 * framePadding.x;
  const top = framePadding.top + linesHeight(lines) + framePadding.belowWords;
  const height = top + column.height + framePadding.bottom;
  return {
    width,
    height,
    place: (x, y) => ({
      kind: "box",
      look,
      item,
      isStack: false,
      x: x - width / 2,
      y,
      width,
      height,
      title: [item.kind === "nested" ? item.path.join("/") : name, ...details].join("\n"),
      texts: placeLines(lines, x - width / 2 + framePadding.x, y + framePadding.top, "start"),
      parts: column.place(x, y + top),
    }),
  };
}

/** Details beside one another where they fit, else one below the other. */
function fitDetails(details: readonly string[], room: number): readonly FittedText[] {
  if (details.length === 0) return [];
  const together = fitText(details.join(" · "), "detail", room);
  return together.isCut ? details.map((detail) => fitText(detail, "detail", room, true)) : [together];
}

function nameOf({ path }: { readonly path: readonly string[] }): string {
  return path.at(-1) ?? "";
}

function timesOf(count: number, parameters: number): string {
  if (count === 1) return parametersOf(parameters);
  return parameters === 0 ? `× ${formatCount(count)}` : `${formatCount(count)} × ${parametersOf(parameters)}`;
}

function parametersOf(count: number): string {
  return counted(count, "parameter");
}
