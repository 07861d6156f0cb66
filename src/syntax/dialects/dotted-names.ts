import * as t from "../../../grammar/tokens.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Mend, Rule } from "./mend.ts";
import { detailsOf } from "./mend.ts";
import {
  beginsStatement,
  endOf,
  imageAt,
  isAmongValues,
  isType,
  spanOf,
  startOf,
  textOf,
  type Script,
} from "./script.ts";

export const dottedName = defineDiagnostic(
  "dotted-name",
  "error",
  "A name has a dot in it, as in tf.nn.relu.",
  detailsOf,
  () => ({
    meaning:
      "Layers, activations, initializers and the like are words of the language and come from no module, so they are written without one: relu for tf.nn.relu, Dense for keras.layers.Dense.",
    example: { kind: "source", source: "model M { input [4] Dense(3, activation=tf.nn.relu) }" },
  }),
);

/** The first parts of dotted names of other libraries; what stands behind them are words of Keras or PyTorch. */
const modules: ReadonlySet<string> = new Set(
  `tf tensorflow keras layers activations initializers regularizers constraints nn torch F functional np numpy math Math
  jax flax self this L K backend`.split(/\s+/),
);

/** The index behind the dotted name that begins at `index`; `index + 1` where there is no dot. */
export function endOfDotted(script: Script, index: number): number {
  let end = index + 1;
  while (
    imageAt(script, end) === "." &&
    isType(script, end, t.Unknown) &&
    isType(script, end + 1, t.Identifier) &&
    startOf(script, end) === endOf(script, end - 1) &&
    startOf(script, end + 1) === endOf(script, end)
  ) {
    end += 2;
  }
  return end;
}

/** `tf.nn.relu`, `layers.Dense(3)`, `self.hidden = Dense(3)`, `block1.dense: Dense(3)`. */
export const dottedNames: Rule = (script, index) => {
  if (!isType(script, index, t.Identifier) || imageAt(script, index - 1) === ".") return undefined;
  const end = endOfDotted(script, index);
  if (end === index + 1) return undefined;
  const name = textOf(script, index, end);
  if (isType(script, end, t.Colon) && beginsStatement(script, index)) {
    const quoted = `"${name}"`;
    return mend(script, index, end, `A name with a dot stands in quotes, found '${name}'`, `Write ${quoted}`, quoted);
  }
  if (!modules.has(imageAt(script, index))) return undefined;
  const last = imageAt(script, end - 1);
  const isLabel = isType(script, end, t.Equals) && beginsStatement(script, index);
  if (isLabel) {
    const message = `A layer is named with ':', found '${name} ='`;
    const edits = [{ span: { ...spanOf(script, index, end + 1), end: startOf(script, end + 1) }, text: `${last}: ` }];
    const fix = { title: `Write ${last}:`, edits };
    return { diagnostic: dottedName(spanOf(script, index, end + 1), { message, fix }), end: end + 1 };
  }
  if (!isAmongValues(script, index) && !isType(script, index - 1, t.Equals) && !beginsStatement(script, index)) {
    return undefined;
  }
  return squareRoot(script, index, end) ?? mend(script, index, end, noDots(name), `Write '${last}'`, last);
};

function noDots(name: string): string {
  return `Names have no dots, found '${name}'`;
}

/** The power that np.sqrt is. */
function squareRoot(script: Script, index: number, end: number): Mend | undefined {
  if (!/^(?:np|numpy|math|Math|tf|torch)$/.test(imageAt(script, index))) return undefined;
  const last = imageAt(script, end - 1);
  if (last === "floor") return undefined;
  const close = script.pairs[end] as number;
  if (last !== "sqrt" || !isType(script, end, t.LeftParen) || close !== end + 2) {
    const isWord = isType(script, end, t.LeftParen) && /^(?:log|exp|ceil|max|min|prod|round|pow|abs)$/.test(last);
    return isWord
      ? {
          diagnostic: dottedName(spanOf(script, index, end), {
            message: noDots(textOf(script, index, end)),
            help: "expressions have + - * / % ** and floor()",
          }),
          end,
        }
      : undefined;
  }
  const inner = imageAt(script, end + 1);
  const name = textOf(script, index, end);
  const edits = [
    { span: { ...spanOf(script, index, end + 1) }, text: "" },
    { span: spanOf(script, close), text: " ** 0.5" },
  ];
  const remedy = {
    message: noDots(name),
    help: `write ${inner} ** 0.5`,
    fix: { title: `Write ${inner} ** 0.5`, edits },
  };
  return { diagnostic: dottedName(spanOf(script, index, end), remedy), end };
}

function mend(script: Script, index: number, end: number, message: string, title: string, text: string): Mend {
  const edits = text.startsWith('"')
    ? [{ span: spanOf(script, index, end), text }]
    : [{ span: { ...spanOf(script, index), end: startOf(script, end - 1) }, text: "" }];
  return { diagnostic: dottedName(spanOf(script, index, end), { message, fix: { title, edits } }), end };
}
