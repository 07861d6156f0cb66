import * as t from "../../../grammar/tokens.ts";
import { imageAt, isType, itemsOf, textOf, type Script } from "./script.ts";

/**
 * The list that a shape of Keras is here: `[28, 28]` for the tuple, the list or the number from one token up to another. Undefined
 * where it is no shape of one sample; with `hasBatch` its first axis is left out.
 */
export function shapeOf(script: Script, from: number, to: number, hasBatch = false): string | undefined {
  if (isType(script, from, t.LeftParen, t.LeftBracket) && script.pairs[from] === to - 1) {
    const items = itemsOf(script, from);
    const [only] = items;
    if (items.length === 1 && only !== undefined && isType(script, only.from, t.LeftParen, t.LeftBracket)) {
      return shapeOf(script, only.from, only.to, hasBatch);
    }
    const axes = hasBatch ? items.slice(1) : items;
    if (axes.some((axis) => axis.to > axis.from + 1 || !isAxis(script, axis.from))) return undefined;
    return `[${axes.map((axis) => imageAt(script, axis.from)).join(", ")}]`;
  }
  return to === from + 1 && isAxis(script, from) ? `[${textOf(script, from, to)}]` : undefined;
}

function isAxis(script: Script, index: number): boolean {
  if (isType(script, index, t.NumberLiteral)) return true;
  return isType(script, index, t.Identifier) && !["None", "none"].includes(imageAt(script, index));
}
