import { counted } from "../diagnostics/counted.ts";
import { formatShape } from "../ir/shape.ts";
import type { Diagram, DiagramItem } from "./diagram.ts";
import { drawable } from "./fit-text.ts";

/** What a drawing shows, in words, for those who can't see it. */
export function describeDiagram({ name, doc, inputShape, outputShape, parameters, items }: Diagram): string {
  const shapes = `takes ${formatShape(inputShape)} and gives ${formatShape(outputShape)}`;
  const about = doc === undefined ? "" : ` ${doc.trim().replaceAll(/\s+/g, " ")}`;
  const layers = items.map(describeItem).join("; ");
  return drawable(`Model ${name} ${shapes}, with ${counted(parameters, "parameter")}.${about} Layers: ${layers}.`);
}

function describeItem(item: DiagramItem): string {
  const shape = formatShape(item.outputShape);
  switch (item.kind) {
    case "layer":
      return `${named(item.path)}: ${[item.type, ...item.notes].join(", ")}, to ${shape}`;
    case "nested":
      return `${named(item.path)}: ${item.type} of ${listed(item.items)}, to ${shape}`;
    case "repeat":
      return `${counted(item.count, "time")} ${listed(item.items)}`;
    case "omitted":
      return `${counted(item.layers, "layer")}, to ${shape}`;
  }
}

function listed(items: readonly DiagramItem[]): string {
  return `(${items.map(describeItem).join("; ")})`;
}

function named(path: readonly string[]): string {
  return path.at(-1) ?? "";
}
