import type { DiagramItem, OmittedItem } from "./diagram.ts";
import { spanning } from "./fold-runs.ts";

/** Fewer items than this of a nested model tell nothing. */
const leastInside = 4;

/** At most `most` items, those within others included: the middle of long rows and the insides of nested models are left out. */
export function boundItems(items: readonly DiagramItem[], most: number): readonly DiagramItem[] {
  const shown = items.length <= most ? items : withoutMiddle(items, Math.max(3, most));
  let spare = most - shown.length;
  return shown.map((item) => {
    const inside = "items" in item ? item.items : [];
    if (inside.length === 0) return item;
    if (spare < leastInside && countItems(inside) > spare) return closed(item);
    const bounded = boundItems(inside, spare);
    spare -= countItems(bounded);
    return { ...item, items: bounded };
  });
}

function countItems(items: readonly DiagramItem[]): number {
  return items.reduce((sum, item) => sum + 1 + ("items" in item ? countItems(item.items) : 0), 0);
}

function withoutMiddle(items: readonly DiagramItem[], most: number): readonly DiagramItem[] {
  const head = Math.ceil((most - 1) / 2);
  const tail = most - 1 - head;
  const end = items.length - tail;
  return [...items.slice(0, head), omitted(items.slice(head, end)), ...items.slice(end)];
}

function omitted(items: readonly DiagramItem[]): OmittedItem {
  return {
    kind: "omitted",
    outputShape: (items.at(-1) as DiagramItem).outputShape,
    parameters: items.reduce((sum, { parameters }) => sum + parameters, 0),
    layers: items.reduce((sum, { layers }) => sum + layers, 0),
    ...spanning(items),
  };
}

/** An item without what is in it. */
function closed(item: DiagramItem): DiagramItem {
  if (item.kind !== "nested") return omitted([item]);
  const { items: _, ...nested } = item;
  return { ...nested, kind: "layer" };
}
