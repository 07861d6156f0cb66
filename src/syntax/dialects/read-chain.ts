import * as t from "../../../grammar/tokens.ts";
import { endOfDotted } from "./dotted-names.ts";
import { kerasLayers } from "./keras-layers.ts";
import { imageAt, isType, itemsOf, textOf, type Script } from "./script.ts";

/** Calls that have no effect on what a model computes. */
const idleCalls: ReadonlySet<string> = new Set("log compile summary build fit evaluate predict save".split(" "));

/** What a script has come to so far. */
interface Chain {
  /** Each layer as it is written. */
  readonly layers: string[];
  /** The variable that holds the model. */
  variable: string | undefined;
}

/**
 * The layers of a script of TensorFlow.js that does nothing but make one chain of them, each as it is written there: by
 * `tf.sequential` or by `add`. Undefined for any other script, also where one word of it is not understood: a model that lacks
 * a layer would be worse than none.
 */
export function readChain(script: Script): readonly string[] | undefined {
  const chain: Chain = { layers: [], variable: undefined };
  for (const { from, to } of statementsOf(script)) if (!readStatement(script, from, to, chain)) return undefined;
  return chain.layers.length === 0 ? undefined : chain.layers;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** The statements outside of all brackets, without what ends them. */
function statementsOf(script: Script): readonly Range[] {
  const { tokens, around } = script;
  const starts = tokens.flatMap((token, at) => {
    const begins = around[at] === -1 && (at === 0 || token.lineStart === true);
    return begins && !isType(script, at, t.RightParen, t.RightBracket, t.RightBrace) ? [at] : [];
  });
  return starts.flatMap((from, index) => {
    let to = starts[index + 1] ?? tokens.length;
    while (from < to && isType(script, to - 1, t.Semicolon)) to--;
    return from < to ? [{ from, to }] : [];
  });
}

function readStatement(script: Script, start: number, to: number, chain: Chain): boolean {
  const word = imageAt(script, start);
  if (word === "import") return true;
  if (script.tokens[start]?.indent !== 0) return false;
  const from = ["const", "let", "var", "await"].includes(word) ? start + 1 : start;
  if (!isType(script, from, t.Identifier)) return false;
  if (isType(script, from + 1, t.Equals)) return readValue(script, from + 2, to, imageAt(script, from), chain);
  const open = endOfDotted(script, from);
  const name = imageAt(script, open - 1);
  if (!isCallTo(script, open - 1, to)) return false;
  if (name !== "add" || imageAt(script, from) !== chain.variable || open !== from + 3) return idleCalls.has(name);
  const [only, ...others] = itemsOf(script, open);
  return only !== undefined && others.length === 0 && addLayer(script, only, chain);
}

/** What a variable gets. */
function readValue(script: Script, start: number, to: number, variable: string, chain: Chain): boolean {
  const from = imageAt(script, start) === "await" ? start + 1 : start;
  const open = endOfDotted(script, from);
  const name = imageAt(script, open - 1);
  if (!isCallTo(script, open - 1, to)) return false;
  if (idleCalls.has(name)) return true;
  return name === "sequential" && readSequence(script, open, variable, chain);
}

/** Whether a name at `index` begins a call that ends at `to`. */
function isCallTo(script: Script, index: number, to: number): boolean {
  return isType(script, index + 1, t.LeftParen) && script.pairs[index + 1] === to - 1;
}

/** `tf.sequential({ layers: [...] })`, or one that is empty yet. */
function readSequence(script: Script, open: number, variable: string, chain: Chain): boolean {
  if (chain.layers.length > 0 || chain.variable !== undefined) return false;
  chain.variable = variable;
  const [options, ...others] = itemsOf(script, open);
  if (options === undefined) return script.pairs[open] === open + 1;
  const bracket = options.from + 3;
  const end = options.to - (isType(script, options.to - 2, t.Comma) ? 2 : 1);
  const isObject = isType(script, options.from, t.LeftBrace) && imageAt(script, options.from + 1) === "layers";
  const isList = isObject && isType(script, bracket, t.LeftBracket) && script.pairs[bracket] === end - 1;
  return others.length === 0 && isList && itemsOf(script, bracket).every((item) => addLayer(script, item, chain));
}

/** A layer that is here as it is there, with arguments that stand in its call. */
function addLayer(script: Script, { from, to }: Range, chain: Chain): boolean {
  const open = endOfDotted(script, from);
  const name = imageAt(script, open - 1);
  if (!isType(script, from, t.Identifier) || !isCallTo(script, open - 1, to)) return false;
  for (let at = open + 1; at < to; at++) if (!isSelfContained(script, at)) return false;
  const isCalled = open - from > 2 && imageAt(script, open - 3) === "layers" && isType(script, open + 1, t.LeftBrace);
  if (!isCalled || !kerasLayers.has(name.charAt(0).toUpperCase() + name.slice(1))) return false;
  const text = textOf(script, from, to).replace(/\s*\n\s*/g, " ");
  chain.layers.push(text);
  return true;
}

/** Whether a token among arguments says by itself what it means: the name of an argument, a dotted name, a value. */
function isSelfContained(script: Script, at: number): boolean {
  if (!isType(script, at, t.Identifier) || /^(?:true|false|null)$/.test(imageAt(script, at))) return true;
  return isType(script, at + 1, t.Colon) || imageAt(script, at + 1) === "." || imageAt(script, at - 1) === ".";
}
