import { applyFixes } from "../../diagnostics/apply-fixes.ts";
import { findMends } from "./find-mends.ts";
import { readChain } from "./read-chain.ts";
import { readScript, type Script } from "./script.ts";

/** The model of a script in this language. */
interface WrittenModel {
  /** As the text of a file, and in one line. */
  readonly text: string;
  readonly line: string;
  /** Whether it has an input, without which it is a part of a file only. */
  readonly hasInput: boolean;
}

/** The model of a script of TensorFlow.js that makes a chain of layers and nothing else; undefined for any other. */
export function writeScript(script: Script): WrittenModel | undefined {
  const layers = readChain(script);
  if (layers === undefined) return undefined;
  const text = mended(`model Network {\n${layers.map((call) => `  ${call}\n`).join("")}}\n`);
  return { text, line: text.trim().replace(/\s+/g, " "), hasInput: /^ {2}input \[/m.test(text) };
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
