import * as t from "../../../grammar/tokens.ts";
import { applyFixes } from "../../diagnostics/apply-fixes.ts";
import { findMends } from "./find-mends.ts";
import { readChain } from "./read-chain.ts";
import { imageAt, isType, itemsOf, readScript, type Script } from "./script.ts";

/** The model of a script in this language. */
export interface WrittenModel {
  /** As the text of a file, and in one line. */
  readonly text: string;
  readonly line: string;
  /** Whether it has an input, without which it is a part of a file only. */
  readonly hasInput: boolean;
}

/** The model of a script that makes a chain of layers and nothing else; undefined for any other. */
export function writeScript(script: Script): WrittenModel | undefined {
  const layers = readChain(script);
  if (layers === undefined) return undefined;
  const isInputFirst = layers.some((call) => /^(?:Input|InputLayer)\(/.test(call));
  const head = isInputFirst ? undefined : inputOf(script);
  const body = [...(head === undefined ? [] : [head]), ...layers];
  const text = mended(`model Network {\n${body.map((call) => `  ${call}\n`).join("")}}\n`);
  return { text, line: text.trim().replace(/\s+/g, " "), hasInput: /^ {2}input \[/m.test(text) };
}

/** The clause for the inputs of PyTorch's first layer. */
function inputOf(script: Script): string | undefined {
  const at = script.tokens.findIndex(({ image }) => image === "Linear" || image === "BatchNorm1d");
  const [first] = at < 0 ? [] : itemsOf(script, at + 1);
  if (first === undefined) return undefined;
  const from = isType(script, first.from + 1, t.Equals) ? first.from + 2 : first.from;
  return first.to === from + 1 && isType(script, from, t.NumberLiteral)
    ? `input [${imageAt(script, from)}]`
    : undefined;
}

/** The text with all of its dialects mended. */
function mended(text: string): string {
  let result = text;
  for (let round = 0; round < 6; round++) {
    const script = readScript({ path: "", text: result });
    const mends = script && findMends(script);
    const fixed = mends && applyFixes("", result, mends.diagnostics);
    if (fixed === undefined) break;
    result = fixed.text;
  }
  return result;
}
