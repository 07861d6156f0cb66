import type { TokenType } from "chevrotain";
import * as t from "../../../grammar/tokens.ts";
import * as report from "../bracket-diagnostics.ts";
import { declaresCallable } from "../declares-callable.ts";
import { declaresInputLayer, inputLayers, mendNone } from "../foreign-shapes.ts";
import { endsValue, keywordAt } from "../keywords.ts";
import { meantKeyword, misspeltKeyword } from "../misspelt-keywords.ts";
import { retype, tokenSpan, type Token } from "../token.ts";
import { previousToken, surroundings, type Structuring } from "./structuring.ts";

const declarationTypes: ReadonlySet<TokenType> = new Set(t.declarationKeywords.values());
const pythonConstants: ReadonlyMap<string, string> = new Map([
  ["None", "none"],
  ["True", "true"],
  ["False", "false"],
]);

/** Tells whether the word at `index` is a name or a keyword, or stands for one. */
export function readWord(index: number, state: Structuring): void {
  const { file, input } = state;
  const token = input[index] as Token;
  const constant = pythonConstants.get(token.image);
  if (constant !== undefined && isValueAt(index, state)) {
    const span = tokenSpan(file, token);
    const around = state.open.at(-1);
    if (constant === "none" && around?.isShape === true) {
      // Keras' Input leaves the batch axis out, too.
      const isInputLayer = inputLayers.has(state.tokens.at(-2)?.image ?? "");
      const isFirst = previousToken(state) === around.token && !isInputLayer;
      state.diagnostics.push(mendNone(file, input, index, isFirst));
      return;
    }
    state.diagnostics.push(report.pythonConstant(span, { span, found: token.image, expected: constant }));
    retype(token, t.valueKeywords.get(constant) as TokenType);
    return;
  }
  const keyword =
    keywordAt(token, previousToken(state), input[index + 1], input[index + 2], surroundings(state)) ??
    mendedKeyword(index, state);
  if (keyword === undefined || (keyword === t.Compile && isCompileOwn(state))) return;
  retype(token, keyword);
  if (keyword === t.Repeat) state.repeatDepth = state.open.length;
  if (declarationTypes.has(keyword)) state.declaring = keyword;
}

function isCompileOwn(state: Structuring): boolean {
  state.isCompileOwn ??= declaresCallable(state.input, "compile");
  return state.isCompileOwn;
}

/** Whether the word at `index` stands where a value does, and is neither declared there nor the name of something else. */
function isValueAt(index: number, state: Structuring): boolean {
  const previous = previousToken(state);
  const next = state.input[index + 1];
  if (next?.tokenType === t.Equals || next?.tokenType === t.Colon || isDeclaring(previous)) return false;
  const where = surroundings(state);
  return where === "values" || (where === "file" && previous !== undefined && !endsValue(previous));
}

/** The keyword that a misspelt word, or Keras' Input, stands for. */
function mendedKeyword(index: number, state: Structuring): TokenType | undefined {
  const { file, input } = state;
  const token = input[index] as Token;
  const next = input[index + 1];
  const previous = previousToken(state);
  const where = surroundings(state);
  const isInput = inputLayers.has(token.image) && next?.tokenType === t.LeftParen && where === "body";
  if (isInput && previous?.tokenType !== t.Colon) {
    state.isInputOwn ??= declaresInputLayer(input);
    return state.isInputOwn ? undefined : t.Input;
  }
  const meant = meantKeyword(token, previous, next, input[index + 2], where);
  if (meant === undefined) return undefined;
  if (meant.type === t.Compile && declaresCallable(input, token.image)) return undefined;
  const span = tokenSpan(file, token);
  state.diagnostics.push(misspeltKeyword(span, { span, found: token.image, expected: meant.word }));
  return meant.type;
}

/** Whether a token is the keyword before a name that is declared. */
function isDeclaring(previous: Token | undefined): boolean {
  return previous !== undefined && [t.Let, t.Dim, t.Block, t.Model].includes(previous.tokenType);
}
