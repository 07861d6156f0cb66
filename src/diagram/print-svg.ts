import { drawable } from "./fit-text.ts";
import { margin } from "./layout-models.ts";
import type { Layout, Part, PlacedArrow, PlacedBox, PlacedModel, PlacedText } from "./layout.ts";
import { isMeasured } from "./measure-text.ts";
import { svgDocument } from "./svg-document.ts";
import { className, rootClass, svgStyle } from "./svg-style.ts";
import { sheetOffset } from "./text-box.ts";
import { escapeXml, xmlElement } from "./xml.ts";

const corner = 8;
/** What may be seen of a text, from its baseline. */
const clip = { above: 16, below: 6 } as const;
const arrowHead = { length: 5, width: 4 } as const;
/** Between the point of an arrow and the box below. */
const abovePoint = 3;

/** A drawing as SVG: one element a line, no ids, no scripts, nothing from elsewhere. */
export function printSvg({ width, height, models }: Layout, title: string, description: string): string {
  const parts = models.map((model, at) => printModel(model, width, at > 0));
  return svgDocument({ rootClass, width, height, title, description, style: svgStyle(), parts });
}

function printModel({ diagram, y, texts, parts }: PlacedModel, width: number, hasRule: boolean): string {
  const rule = { class: className("rule"), d: `M${margin} ${y - margin}H${width - margin}` };
  return group(
    {
      class: className("model"),
      "data-model": diagram.name,
      "data-start": diagram.place.start,
      "data-end": diagram.place.end,
    },
    [...(hasRule ? [xmlElement("path", rule)] : []), ...texts.map(printText), ...parts.map(printPart)],
  );
}

function printPart(part: Part): string {
  return part.kind === "arrow" ? printArrow(part) : printBox(part);
}

function printArrow({ x, y, height, label, title }: PlacedArrow): string {
  const end = y + height - abovePoint;
  const { length, width } = arrowHead;
  const path = `M${x} ${y + abovePoint}V${end}M${x - width} ${end - length}L${x} ${end}L${x + width} ${end - length}`;
  const arrow = xmlElement("path", { class: className("arrow"), d: path });
  return label.isCut ? group({}, [tooltip(title), arrow, printText(label)]) : `${arrow}\n${printText(label)}`;
}

function printBox(box: PlacedBox): string {
  const { look, item, isStack, x, y, width, height, title, texts, parts } = box;
  const rx = look === "end" ? Math.min(18, height / 2) : corner;
  const sheet = { class: className("box"), x: x + sheetOffset, y: y + sheetOffset, width, height, rx };
  return group({ class: className(look), ...places(item) }, [
    tooltip(title),
    ...(isStack ? [xmlElement("rect", sheet)] : []),
    xmlElement("rect", { class: className("box"), x, y, width, height, rx }),
    ...texts.map(printText),
    ...parts.map(printPart),
  ]);
}

/** By which an editor finds the source of a layer, and the layers of a place in the source. */
function places(item: PlacedBox["item"]): Readonly<Record<string, string | number | undefined>> {
  if (item === undefined) return {};
  const { place, use } = item;
  const first = item.kind === "repeat" ? item.items[0] : item;
  return {
    "data-layer": first !== undefined && "path" in first ? first.path.join("/") : undefined,
    "data-last-layer": item.kind === "repeat" ? item.lastPath.join("/") : undefined,
    "data-count": item.kind === "repeat" ? item.count : undefined,
    "data-start": place.start,
    "data-end": place.end,
    "data-use-start": use?.start,
    "data-use-end": use?.end,
  };
}

function printText({ text, role, x, y, anchor, room }: PlacedText): string {
  const attributes = { class: className(role), "text-anchor": anchor === "start" ? undefined : anchor };
  if (isMeasured(text)) return xmlElement("text", { ...attributes, x, y }, escapeXml(text));
  // Fonts may have wider glyphs than was thought: what goes beyond its room is cut off.
  const start = anchor === "start" ? 0 : room / 2;
  const window = { x: x - start, y: y - clip.above, width: room, height: clip.above + clip.below };
  return xmlElement("svg", window, xmlElement("text", { ...attributes, x: start, y: clip.above }, escapeXml(text)));
}

/** Of several lines. */
function tooltip(text: string): string {
  return xmlElement("title", {}, escapeXml(text.split("\n").map(drawable).join("\n")));
}

function group(attributes: Readonly<Record<string, string | number | undefined>>, content: readonly string[]): string {
  return xmlElement("g", attributes, `\n${content.join("\n")}\n`);
}
