import * as t from "../../../grammar/tokens.ts";
import { noneInShape } from "../foreign-shapes.ts";
import type { Rule } from "./mend.ts";
import {
  beginsDeclaration,
  beginsStatement,
  declares,
  imageAt,
  isType,
  itemsOf,
  placeAt,
  spanOf,
  startOf,
  type Script,
} from "./script.ts";

/** Layers that need steps before the features: what stands first in a shape of two axes is no batch axis then. */
const needSteps: ReadonlySet<string> = new Set([
  "GlobalAveragePooling1D",
  "GlobalMaxPooling1D",
  "SpatialDropout1D",
  "TimeDistributed",
]);

/** `input [None, 8]` before a pooling of steps: the axis is one that is known only at run time. */
export const runTimeAxes: Rule = (script, index) => {
  if (
    !isType(script, index, t.LeftBracket) ||
    imageAt(script, index - 1) !== "input" ||
    !beginsStatement(script, index - 1)
  )
    return undefined;
  const [first, second, third] = itemsOf(script, index);
  if (
    first === undefined ||
    second === undefined ||
    third !== undefined ||
    !/^[Nn]one$/.test(imageAt(script, first.from))
  )
    return undefined;
  const head = (script.around[index] as number) - 2;
  if (first.to !== first.from + 1 || imageAt(script, head) !== "model" || !beginsDeclaration(script, head))
    return undefined;
  if (!hasSteps(script, head + 2)) return undefined;
  const dim = ["time", "steps", "length"].find((name) => !declares(script, name));
  if (dim === undefined) return undefined;
  const edits = [
    { span: placeAt(script, startOf(script, head)), text: `dim ${dim}\n\n` },
    { span: spanOf(script, first.from), text: dim },
  ];
  const fix = { title: `Declare dim ${dim}`, edits };
  return { diagnostic: noneInShape(spanOf(script, first.from), { fix, isRunTime: true }), end: second.to };
};

/** Whether the body at `brace` begins with a layer that needs steps, behind what keeps the axes. */
function hasSteps(script: Script, brace: number): boolean {
  const close = Math.min(script.pairs[brace] as number, script.tokens.length);
  for (let at = brace + 1; at < close; at++) {
    if (script.around[at] !== brace || !isType(script, at + 1, t.LeftParen)) continue;
    const layer = imageAt(script, at);
    if (needSteps.has(layer)) return true;
    if (/^(?:Flatten|Reshape|Permute|RepeatVector|Embedding|EinsumDense)$/.test(layer)) return false;
  }
  return false;
}
