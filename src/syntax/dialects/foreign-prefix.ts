import * as t from "../../../grammar/tokens.ts";
import { mender, type Rule } from "./mend.ts";
import { foreignClause } from "./foreign-clauses.ts";
import { beginsLine, declares, endOf, imageAt, isType, spanOf, startOf, type Script } from "./script.ts";

const mend = mender(foreignClause);

/** `prefix="actor."`, `prefix("actor.")` and `prefix actor.` behind the path of a weights clause. */
export const prefixForms: Rule = (script, index) => {
  const isClause = imageAt(script, index - 2) === "weights" && isType(script, index - 1, t.StringLiteral);
  if (imageAt(script, index) !== "prefix" || !isClause || declares(script, "prefix")) return undefined;
  const next = index + 1;
  const signs = isType(script, next, t.Equals, t.LeftParen) ? 1 : 0;
  const isString = isType(script, next + signs, t.StringLiteral);
  if (beginsLine(script, next + signs) || !(isString || isType(script, next + signs, t.Identifier))) return undefined;
  let end = isString ? next + signs + 1 : endOfRun(script, next + signs);
  const value = script.text.slice(startOf(script, next + signs), endOf(script, end - 1));
  if (isType(script, next, t.LeftParen)) {
    if (!isType(script, end, t.RightParen)) return undefined;
    end++;
  } else if (isType(script, end, t.Colon, t.LeftParen) || (isString && signs === 0)) return undefined;
  const text = `prefix ${isString ? value : `"${value}"`}`;
  return mend(
    script,
    index,
    end,
    {
      message: `A part of a weight file is a string behind its path: weights "./file.pt" prefix "actor."`,
      fix: { title: `Write ${text}`, edits: [{ span: spanOf(script, index, end), text }] },
    },
    end,
  );
};

/** Behind a name without quotes: as far as nothing stands between its parts. */
function endOfRun(script: Script, index: number): number {
  let end = index + 1;
  while (endOf(script, end - 1) === startOf(script, end) && /^[\w.\-/]+$/.test(imageAt(script, end))) end++;
  return end;
}
