import * as t from "../../../grammar/tokens.ts";
import type { Edit } from "../edit-tokens.ts";
import { foreignClause } from "./foreign-clauses.ts";
import { listAt } from "./foreign-functions.ts";
import { mender, type Rule } from "./mend.ts";
import {
  beginsLine,
  beginsStatement,
  declares,
  endOf,
  imageAt,
  isType,
  itemsOf,
  spanOf,
  startOf,
  textOf,
  withGapOf,
} from "./script.ts";

const mend = mender(foreignClause);

/** `layers: [Dense(16), Dense(3)]`: the list of an object is the body itself. */
export const listedLayers: Rule = (script, index) => {
  if (!/^(?:layers|body|stack)$/.test(imageAt(script, index)) || !beginsStatement(script, index)) return undefined;
  const open = isType(script, index + 1, t.Colon, t.Equals) ? index + 2 : index + 1;
  if (!isType(script, open, t.LeftBracket)) return undefined;
  const close = script.pairs[open] as number;
  const items = itemsOf(script, open);
  const [first] = items;
  const last = items.at(-1);
  if (
    first === undefined ||
    last === undefined ||
    !items.every(({ from }) => isType(script, from + 1, t.LeftParen, t.Colon))
  )
    return undefined;
  const { file } = script;
  const commas: Edit[] = items.slice(0, -1).map(({ to }) => ({ span: spanOf(script, to), text: "" }));
  const behind = isType(script, close + 1, t.Comma) ? close + 2 : close + 1;
  const edits = [
    { span: { file, start: startOf(script, index), end: startOf(script, first.from) }, text: "" },
    ...commas,
    { span: { file, start: endOf(script, last.to - 1), end: endOf(script, behind - 1) }, text: "" },
  ];
  const message = `The layers stand in the body itself, without a list, found '${textOf(script, index, open + 1)}'`;
  return mend(script, index, open + 1, { message, fix: { title: "Write the layers alone", edits } }, first.from);
};

const training =
  /^(?:task|epochs|batch_?[sS]ize|optimi[sz]er|loss|metrics|learning_?[rR]ate|lr|debug|iterations|error_?[tT]hresh|momentum)$/;
const sizes = /^(?:inputs?|outputs?|input_?[sS]ize|output_?[sS]ize|hidden_?[lL]ayers|units)$/;

/** `inputs: 4`, `outputs: 3`, `task: "classification"`: options of ml5 or brain.js. */
export const options: Rule = (script, index) => {
  if (
    !isType(script, index, t.Identifier) ||
    !beginsStatement(script, index) ||
    !isType(script, index + 1, t.Colon, t.Equals)
  )
    return undefined;
  const value = index + 2;
  const isValue = isType(script, value, t.NumberLiteral, t.StringLiteral, t.WronglyQuotedString);
  const isEnd = isType(script, value + 1, t.Comma, t.RightBrace) || beginsLine(script, value + 1);
  const name = imageAt(script, index);
  if (!isValue || !isEnd || declares(script, name) || name === "weights" || name === "labels") return undefined;
  const stop = isType(script, value + 1, t.Comma) ? value + 2 : value + 1;
  const span = withGapOf(script, index, stop);
  if (/^inputs?$/.test(name) && isType(script, value, t.NumberLiteral)) {
    const text = `input [${imageAt(script, value)}]`;
    const edits = [{ span: { ...span, start: startOf(script, index) }, text }];
    const message = "The shape of one sample is a clause: input [4]";
    return mend(script, index, value + 1, { message, fix: { title: `Write ${text}`, edits } }, stop);
  }
  // Another name with a value is a layer whose call is missing, which the parser tells.
  if (!sizes.test(name) && !training.test(name)) return undefined;
  const message = "A body holds layers and clauses, and no options";
  const help = sizes.test(name)
    ? "the output is what the last layer gives: Dense(3)"
    : /^(?:optimi[sz]er|loss|metrics|learning_?[rR]ate|lr)$/.test(name)
      ? "how a model is trained is a clause of it: compile(optimizer=adam, loss=mse)"
      : "what concerns a run of the training is an option of layerc train";
  const edits = [{ span, text: "" }];
  return { diagnostic: foreignClause(spanOf(script, index, value + 1), { message, help }), edits, end: stop };
};

/** `labels names` with the list that the let is. */
export const labelsOfLets: Rule = (script, index) => {
  if (
    imageAt(script, index) !== "labels" ||
    !beginsStatement(script, index) ||
    !isType(script, index + 1, t.Identifier)
  )
    return undefined;
  const name = index + 1;
  if (beginsLine(script, name) || isType(script, name + 1, t.Colon, t.LeftParen)) return undefined;
  const list = listAt(script, name, name + 1);
  if (list === undefined) return undefined;
  const text = textOf(script, list, (script.pairs[list] as number) + 1);
  const fix = { title: "Write the list", edits: [{ span: spanOf(script, name), text }] };
  const message = 'The labels are written out: labels ["cat", "dog"]';
  return mend(script, name, name + 1, { message, fix }, name + 1);
};
