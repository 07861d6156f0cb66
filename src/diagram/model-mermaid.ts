import type { Model } from "../check/model.ts";
import { counted } from "../diagnostics/counted.ts";
import { formatCount } from "../diagnostics/format-count.ts";
import { formatShape, type Shape } from "../ir/shape.ts";
import type { Diagram, DiagramItem } from "./diagram.ts";
import { mermaidText } from "./mermaid-text.ts";
import { modelDiagram, type DiagramOptions } from "./model-diagram.ts";

/** How many layers are drawn at most of all models together: Mermaid draws 500 arrows and reads 50,000 characters. */
const mostLayers = 240;
const leastOfModel = 4;

/** A flowchart of models in Mermaid's language: a subgraph for each model, nested ones and repeated layers included. */
export function modelMermaid(models: Model | readonly Model[], options: DiagramOptions = {}): string {
  const list: readonly Model[] = "kind" in models ? [models] : models;
  const share = Math.max(leastOfModel, Math.floor(mostLayers / Math.max(1, list.length)));
  const maxLayers = Math.min(options.maxLayers ?? 100, share);
  const lines = list.flatMap((model, at) => modelLines(modelDiagram(model, { ...options, maxLayers }), `m${at}`));
  return ["flowchart TB", ...lines.map((line) => `  ${line}`), ""].join("\n");
}

/** A part of a flowchart, which arrows go to and come from by its id. */
interface Piece {
  readonly id: string;
  readonly lines: readonly string[];
}

function modelLines({ name, inputShape, items }: Diagram, id: string): readonly string[] {
  const pieces = [
    end(`${id}_in`, "input"),
    ...items.map((item, at) => piece(item, `${id}_${at}`)),
    end(`${id}_out`, "output"),
  ];
  return subgraph(id, name, chain(pieces, [inputShape, ...items.map(({ outputShape }) => outputShape)]));
}

function end(id: string, word: string): Piece {
  return { id, lines: [`${id}([${word}])`] };
}

function piece(item: DiagramItem, id: string): Piece {
  const parameters = item.parameters === 0 ? [] : [counted(item.parameters, "parameter")];
  switch (item.kind) {
    case "layer":
      return node(id, [item.path.at(-1) ?? "", [item.type, ...item.notes].join(", "), ...parameters]);
    case "omitted":
      return node(id, [counted(item.layers, "layer"), "not drawn", ...parameters]);
    case "nested":
      return group(id, `${item.path.at(-1) ?? ""}: ${item.type}`, item.items);
    case "repeat":
      return group(id, `× ${formatCount(item.count)}`, item.items);
  }
}

function node(id: string, words: readonly string[]): Piece {
  return { id, lines: [`${id}["${words.map(mermaidText).join("<br>")}"]`] };
}

function group(id: string, title: string, items: readonly DiagramItem[]): Piece {
  const pieces = items.map((item, at) => piece(item, `${id}_${at}`));
  const shapes = items.slice(0, -1).map(({ outputShape }) => outputShape);
  return { id, lines: subgraph(id, title, chain(pieces, shapes)) };
}

/** Its title is one line: Mermaid leaves room for no more. */
function subgraph(id: string, title: string, lines: readonly string[]): readonly string[] {
  return [`subgraph ${id} ["${mermaidText(title)}"]`, ...["direction TB", ...lines].map((line) => `  ${line}`), "end"];
}

/** Pieces in a row, with the shapes on the arrows between. */
function chain(pieces: readonly Piece[], shapes: readonly Shape[]): readonly string[] {
  const arrows = shapes.map((shape, at) => {
    const [from, to] = [pieces[at] as Piece, pieces[at + 1] as Piece];
    return `${from.id} -->|"${mermaidText(formatShape(shape))}"| ${to.id}`;
  });
  return [...pieces.flatMap(({ lines }) => lines), ...arrows];
}
