import * as t from "../../../grammar/tokens.ts";
import { endOfDotted } from "./dotted-names.ts";
import { kerasLayers } from "./keras-layers.ts";
import { endOfCall, imageAt, isType, itemsOf, textOf, type Script } from "./script.ts";
import { torchLayer } from "./torch-calls.ts";

/** Calls that have no effect on what a model computes. */
const idleCalls: ReadonlySet<string> = new Set(
  "print log compile summary build fit evaluate predict save save_weights load_weights eval train".split(" "),
);

const sequences: ReadonlySet<string> = new Set(["Sequential", "sequential"]);

/** What a script has come to so far. */
interface Chain {
  /** Each layer as it is written, an input among them. */
  readonly layers: string[];
  /** The variable that holds the model, or what the last layer gives. */
  variable: string | undefined;
}

/**
 * The layers of a script that does nothing but make one chain of them, each as it is written there: by a Sequential, by add(),
 * or by applying each to what the one before gives. Undefined for any other script, also where one word of it is not
 * understood: a model that lacks a layer would be worse than none.
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

/** The statements outside of all brackets, without what ends or comments them. */
function statementsOf(script: Script): readonly Range[] {
  const { tokens, around } = script;
  const starts = tokens.flatMap((token, at) => {
    const begins = around[at] === -1 && (at === 0 || token.lineStart === true);
    return begins && !isType(script, at, t.RightParen, t.RightBracket, t.RightBrace) ? [at] : [];
  });
  return starts.flatMap((start, index) => {
    let from = start;
    let to = starts[index + 1] ?? tokens.length;
    while (from < to && isType(script, from, t.HashComment)) from++;
    while (from < to && isType(script, to - 1, t.HashComment, t.Semicolon)) to--;
    return from < to ? [{ from, to }] : [];
  });
}

function readStatement(script: Script, start: number, to: number, chain: Chain): boolean {
  const word = imageAt(script, start);
  if (word === "import" || word === "from") return true;
  if (script.tokens[start]?.indent !== 0) return false;
  const from = ["const", "let", "var"].includes(word) ? start + 1 : start;
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
function readValue(script: Script, from: number, to: number, variable: string, chain: Chain): boolean {
  if (imageAt(script, from) === "new") return false;
  const open = endOfDotted(script, from);
  const name = imageAt(script, open - 1);
  if (isCallTo(script, open - 1, to)) {
    if (idleCalls.has(name)) return true;
    if (sequences.has(name)) return readSequence(script, open, variable, chain);
    if (name === "Model" || name === "model") return endsWith(script, open, chain) && rename(chain, variable);
    return (
      chain.layers.length === 0 && name === "Input" && addLayer(script, { from, to }, chain) && rename(chain, variable)
    );
  }
  // Dense(16)(x)
  const behind = endOfCall(script, open - 1);
  const isApplied = isType(script, behind, t.LeftParen) && script.pairs[behind] === to - 1 && behind + 3 === to;
  if (!isApplied || imageAt(script, behind + 1) !== chain.variable || chain.variable === undefined) return false;
  return addLayer(script, { from, to: behind }, chain) && rename(chain, variable);
}

function rename(chain: Chain, variable: string): true {
  chain.variable = variable;
  return true;
}

/** Whether a name at `index` begins a call that ends at `to`. */
function isCallTo(script: Script, index: number, to: number): boolean {
  return isType(script, index + 1, t.LeftParen) && script.pairs[index + 1] === to - 1;
}

/** `Sequential([...])`, `nn.Sequential(..., ...)`, `tf.sequential({ layers: [...] })`, or one that is empty yet. */
function readSequence(script: Script, open: number, variable: string, chain: Chain): boolean {
  if (chain.layers.length > 0 || chain.variable !== undefined) return false;
  rename(chain, variable);
  const isTorch = imageAt(script, open - 3) === "nn";
  const items = itemsOf(script, open).filter(
    ({ from }) => !(imageAt(script, from) === "name" && isType(script, from + 1, t.Equals)),
  );
  if (isTorch) return items.every((item) => addLayer(script, item, chain));
  const [list, ...others] = items;
  if (list === undefined) return script.pairs[open] === open + 1 || items.length === 0;
  const isObject = isType(script, list.from, t.LeftBrace) && imageAt(script, list.from + 1) === "layers";
  const bracket = isObject ? list.from + 3 : list.from;
  const end = isObject ? list.to - (isType(script, list.to - 2, t.Comma) ? 2 : 1) : list.to;
  const isList = isType(script, bracket, t.LeftBracket) && script.pairs[bracket] === end - 1;
  return others.length === 0 && isList && itemsOf(script, bracket).every((item) => addLayer(script, item, chain));
}

/** Whether a Model is made of an input and what the chain gives. */
function endsWith(script: Script, open: number, { variable }: Chain): boolean {
  const items = itemsOf(script, open);
  const values = items.map(({ from, to }) =>
    isType(script, from + 1, t.Equals) ? { from: from + 2, to } : { from, to },
  );
  const [, output] = values;
  if (output === undefined || items.length > 3) return false;
  return output.to === output.from + 1 && imageAt(script, output.from) === variable;
}

/** A layer that is here as it is there, with arguments that stand in its call. */
function addLayer(script: Script, item: Range, chain: Chain): boolean {
  let { from } = item;
  while (isType(script, from, t.HashComment)) from++;
  const { to } = item;
  const open = endOfDotted(script, from);
  const name = imageAt(script, open - 1);
  if (!isType(script, from, t.Identifier) || !isCallTo(script, open - 1, to)) return false;
  for (let at = open + 1; at < to; at++) if (!isSelfContained(script, at)) return false;
  const module = open - from > 2 ? imageAt(script, open - 3) : "";
  if (module === "nn") {
    const text = torchLayer(
      name,
      itemsOf(script, open).map((each) => textOf(script, each.from, each.to)),
    );
    if (text === undefined) return false;
    chain.layers.push(text);
    return true;
  }
  const isOfTensorFlowJs = module === "layers" && isType(script, open + 1, t.LeftBrace);
  const isKnown = isOfTensorFlowJs
    ? kerasLayers.has(name.charAt(0).toUpperCase() + name.slice(1))
    : kerasLayers.has(name) || name === "Input" || name === "InputLayer";
  if (!isKnown) return false;
  const text = textOf(script, isOfTensorFlowJs ? from : open - 1, to).replace(/\s*\n\s*/g, " ");
  chain.layers.push(text.replace(/(?<==\s*)(["'])([A-Za-z_]\w*)\1/g, keyword));
  return true;
}

/** Whether a token among arguments says by itself what it means: the name of an argument, a dotted name, a value. */
function isSelfContained(script: Script, at: number): boolean {
  if (isType(script, at, t.HashComment)) return false;
  if (!isType(script, at, t.Identifier) || /^(?:True|False|None|true|false|null)$/.test(imageAt(script, at)))
    return true;
  const isNamed = isType(script, at + 1, t.Equals, t.Colon);
  return isNamed || imageAt(script, at + 1) === "." || imageAt(script, at - 1) === ".";
}

/** A word in quotes is one of the language, but for what is text there, too. */
function keyword(whole: string, _quote: string, word: string, offset: number, text: string): string {
  return /\b(?:name|equation|bias_axes|dtype)\s*=\s*$/.test(text.slice(0, offset)) ? whole.replaceAll("'", '"') : word;
}
