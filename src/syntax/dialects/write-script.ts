import * as t from "../../../grammar/tokens.ts";
import { applyFixes } from "../../diagnostics/apply-fixes.ts";
import { kerasLayers } from "./keras-layers.ts";
import { findMends } from "./find-mends.ts";
import { endOfCall, imageAt, isType, itemsOf, readScript, textOf, type Script } from "./script.ts";

/** The model of a script in this language. */
export interface WrittenModel {
  /** As the text of a file, and in one line. */
  readonly text: string;
  readonly line: string;
  /** Whether the script does nothing but make a chain of layers, all of which are here. */
  readonly isWhole: boolean;
  /** Whether a class holds the layers, so that its code says in which order they are applied, and what else. */
  readonly isClass: boolean;
}

/** What makes or holds layers and is none. */
const containers: ReadonlySet<string> = new Set(["Sequential", "Model", "Module", "Functional", "sequential", "model"]);

/** Those of PyTorch that are written as Keras' are. */
const torchLayers: ReadonlySet<string> = new Set(
  "Linear BatchNorm1d LayerNorm GELU SiLU Tanh Sigmoid LogSoftmax".split(" "),
);

/** Whether a layer is here as it is there: of a script with others nothing is written. */
function isPlain(name: string): boolean {
  return kerasLayers.has(name) || torchLayers.has(name) || name === "Input" || name === "InputLayer";
}

/** Statements that have no effect on the model. */
const idle = /^(?:import|from|const|let|var|print|console|model\.(?:compile|summary|build)|.*\.compile)\b/;

/** The layers that a script of Keras, PyTorch or TensorFlow.js makes, in order; undefined where none are found. */
export function writeScript(script: Script): WrittenModel | undefined {
  const calls = layerCalls(script);
  const isInputFirst = calls.some((call) => /^(?:Input|InputLayer)\(/.test(call));
  const head = calls.length > 0 && !isInputFirst ? inputOf(script) : undefined;
  const names = calls.map((call) => /\w+(?=\()/.exec(call)?.[0] ?? "");
  if (calls.length === 0 || !names.every((name) => isPlain(name.charAt(0).toUpperCase() + name.slice(1))))
    return undefined;
  const body = [...(head === undefined ? [] : [head]), ...calls];
  const rough = `model ${nameOf(script)} {\n${body.map((call) => `  ${call}\n`).join("")}}\n`;
  const text = mended(rough);
  const isClass = script.tokens.some(({ image }) => image === "class" || image === "def");
  const isChain = !isClass && /^ {2}input \[/m.test(text) && !/\)\(\[/.test(script.text);
  return { text, line: text.trim().replace(/\s+/g, " "), isClass, isWhole: isChain && hasNothingElse(script) };
}

/** Each call of a layer as it is written, without what stands before its name. */
function layerCalls(script: Script): readonly string[] {
  const calls: string[] = [];
  const { tokens } = script;
  for (let at = 0; at < tokens.length; at++) {
    const isCall = isType(script, at, t.Identifier) && isType(script, at + 1, t.LeftParen);
    const name = imageAt(script, at);
    if (!isCall || containers.has(name) || imageAt(script, at - 1) === "class") continue;
    const isDotted = imageAt(script, at - 1) === ".";
    const module = isDotted ? imageAt(script, at - 2) : "";
    const isLayer = isDotted ? ["layers", "nn", "keras", "L"].includes(module) : true;
    if (!isLayer || !(/^[A-Z]/.test(name) || (module === "layers" && isType(script, at + 2, t.LeftBrace)))) continue;
    const end = endOfCall(script, at);
    // The name of PyTorch's layers is kept, since their arguments are others.
    const prefix = module === "nn" ? "nn." : module === "layers" && /^[a-z]/.test(name) ? "tf.layers." : "";
    calls.push(
      prefix +
        textOf(script, at, end)
          .replace(/\s*\n\s*/g, " ")
          .replace(/(?<==\s*)(["'])([A-Za-z_]\w*)\1/g, keyword),
    );
    at = end - 1;
  }
  return calls;
}

function keyword(whole: string, _quote: string, word: string, offset: number, text: string): string {
  return /\b(?:name|equation|bias_axes|dtype)\s*=\s*$/.test(text.slice(0, offset)) ? whole.replaceAll("'", '"') : word;
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

function nameOf(script: Script): string {
  const at = script.tokens.findIndex(({ image }) => image === "class");
  const name = at < 0 ? "" : imageAt(script, at + 1);
  return /^[A-Z]\w*$/.test(name) ? name : "Network";
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

/** Whether no statement of the script is more than a part of its model, an import or a call without effect on it. */
function hasNothingElse(script: Script): boolean {
  return script.tokens.every((token, at) => {
    if (token.lineStart !== true || token.indent !== 0 || script.around[at] !== -1) return true;
    const line = script.text.slice(token.startOffset, script.text.indexOf("\n", token.startOffset) >>> 0);
    return idle.test(line) || /^\w+\s*=|^\w+\.add\s*\(|^[\])}]/.test(line);
  });
}
