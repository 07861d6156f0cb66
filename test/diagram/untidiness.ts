import type { Layout, Part, PlacedBox, PlacedText, Rectangle } from "../../src/diagram/layout.ts";
import { fontSizes } from "../../src/diagram/measure-text.ts";
import { sheetOffset } from "../../src/diagram/text-box.ts";

/** What lies on something else in a drawing, or sticks out of what it is in: nothing, if all is well. */
export function untidiness({ width, height, models }: Layout): readonly string[] {
  const canvas = { x: 0, y: 0, width, height };
  const areas = models.flatMap(({ texts, parts }) => [...texts.map(textArea), ...areasOf(parts)]);
  return [...apart(areas, canvas), ...models.flatMap(({ parts }) => parts.flatMap(untidyPart))];
}

function untidyPart(part: Part): readonly string[] {
  if (part.kind === "arrow") return [];
  const { texts, parts } = part;
  const wide = texts.filter(({ width, room }) => width > room || room > part.width);
  return [
    ...wide.map(({ text }) => `${text} has no room`),
    ...apart([...texts.map(textArea), ...areasOf(parts)], part),
    ...parts.flatMap(untidyPart),
  ];
}

/** Boxes, the arrows between them and the words beside these. */
function areasOf(parts: readonly Part[]): readonly Rectangle[] {
  return parts.flatMap((part) => (part.kind === "box" ? [boxArea(part)] : [textArea(part.label), arrowArea(part)]));
}

function boxArea({ x, y, width, height, isStack }: PlacedBox): Rectangle {
  const sheet = isStack ? sheetOffset : 0;
  return { x, y, width: width + sheet, height: height + sheet };
}

function arrowArea({ x, y, height }: Extract<Part, { kind: "arrow" }>): Rectangle {
  return { x: x - 4, y, width: 8, height };
}

/** What a text takes from its ascenders to its descenders. */
function textArea({ x, y, width, role, anchor }: PlacedText): Rectangle {
  const left = anchor === "start" ? x : anchor === "middle" ? x - width / 2 : x - width;
  return { x: left, y: y - fontSizes[role] * 0.8, width, height: fontSizes[role] };
}

function apart(areas: readonly Rectangle[], outer: Rectangle): readonly string[] {
  return areas.flatMap((area, at) => {
    const others = areas.slice(at + 1).filter((other) => overlap(area, other));
    return [
      ...(contains(outer, area) ? [] : [`${described(area)} is not in ${described(outer)}`]),
      ...others.map((other) => `${described(area)} is on ${described(other)}`),
    ];
  });
}

function contains(outer: Rectangle, inner: Rectangle): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function described({ x, y, width, height }: Rectangle): string {
  return `${width} x ${height} at ${x}, ${y}`;
}
