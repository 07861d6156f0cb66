import * as t from "../../grammar/tokens.ts";
import type { Diagnostic, Fix, Span } from "../diagnostics/diagnostic.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { BracketPairs } from "./bracket-pairs.ts";
import { retype, tokenEnd, tokenSpan, type Token } from "./token.ts";

export const shapeInParentheses = defineDiagnostic<{
  readonly keyword: string;
  readonly fix: Fix | undefined;
  /** Keras' layer, where it is one. */
  readonly found?: string;
}>(
  "shape-in-parentheses",
  "error",
  "A shape is written in parentheses, as a tuple or a call of Keras' Input.",
  ({ keyword, fix, found }) => ({
    message:
      found === undefined
        ? "A shape is written in square brackets, found '('"
        : `Keras' ${found} is the clause input here, with the shape of one sample in square brackets`,
    ...(fix === undefined ? { help: `write the shape as a list: ${keyword} [64]` } : { fix }),
  }),
  () => ({
    meaning:
      "A shape is a list in square brackets, without the batch axis. Python's tuple (64,) is [64], and Keras' Input layer is the clause input.",
    example: { kind: "source", source: "model M { input (4,) Dense(3) }" },
  }),
);

export const noneInShape = defineDiagnostic<{ readonly fix: Fix | undefined; readonly isRunTime?: boolean }>(
  "none-in-shape",
  "error",
  "A shape has the axis None, as those of Keras have.",
  ({ fix, isRunTime = fix === undefined }) => ({
    message: isRunTime
      ? "An axis that is known only at run time is named by a dim, found 'None'"
      : "A shape is that of one sample, without the batch axis, found 'None'",
    ...helpWithNone(fix, isRunTime),
  }),
  () => ({
    meaning:
      "Keras writes None for the batch axis and for sizes that are not known yet. Shapes here leave the batch axis out; another size that is only known at run time is declared by dim.",
    example: { kind: "source", source: "model M { input [None, 4] Dense(3) }" },
  }),
);

function helpWithNone(fix: Fix | undefined, isRunTime: boolean): { readonly help?: string; readonly fix?: Fix } {
  if (fix === undefined) {
    return { help: "declare one outside of the model, for example 'dim time', and write its name here" };
  }
  if (isRunTime) return { fix };
  return { help: "an axis that is known only at run time is named by a dim, for example 'dim time'", fix };
}

/** Keras' ways to name the input of a model. */
export const inputLayers: ReadonlySet<string> = new Set(["Input", "InputLayer"]);

/** Whether a file declares or imports a block or model of that name itself, as far as the tokens tell. */
export function declaresInputLayer(input: readonly Token[]): boolean {
  return input.some(({ image }, index) => {
    if (!inputLayers.has(image)) return false;
    const before = input[index - 1]?.image ?? "";
    if (before === "block" || before === "model") return true;
    return ["{", ","].includes(before) && ["}", ","].includes(input[index + 1]?.image ?? "");
  });
}

/**
 * Turns the parentheses at `open`, behind `input` or `->`, into square brackets: `(4,)`, `([4])`, `(shape=(28, 28))`.
 * What has no place in a shape is left out.
 */
export function mendShape(
  file: string,
  keyword: Token,
  input: readonly Token[],
  open: number,
  pairs: BracketPairs,
): Diagnostic | undefined {
  const close = pairs[open] ?? input.length;
  const opener = input[open];
  const closer = input[close];
  if (opener?.tokenType !== t.LeftParen || closer?.tokenType !== t.RightParen) return undefined;
  let first = open + 1;
  if (input[first]?.image.endsWith("shape") && input[first + 1]?.tokenType === t.Equals) first += 2;
  const isNested = [t.LeftParen, t.LeftBracket].includes((input[first] as Token).tokenType);
  let last = isNested ? (pairs[first] as number) : close;
  const behind = input[last + 1];
  if (last > close || (isNested && behind !== closer && behind?.tokenType !== t.Comma)) return undefined;
  const rest = isNested ? close - last - 1 : 0;
  retype(isNested ? (input[first] as Token) : opener, t.LeftBracket);
  retype(input[last] as Token, t.RightBracket);
  const from = isNested ? first : open;
  leaveOut(input, open, isNested ? first : open);
  leaveOut(input, open + 1, first);
  leaveOut(input, last + 1, close + 1);
  if (last > from + 1 && input[last - 1]?.tokenType === t.Comma) {
    leaveOut(input, last - 1, last);
    last--;
  }
  const spot = (start: number, end: number): Span => ({ file, start, end });
  const start = isNested ? tokenEnd(input[first] as Token) : (input[first] as Token).startOffset;
  const isArrow = keyword.tokenType === t.Arrow;
  const gap = tokenEnd(keyword) === opener.startOffset ? " " : "";
  const written = isArrow ? "->" : "input";
  const edits = [
    ...(keyword.image === written ? [] : [{ span: tokenSpan(file, keyword), text: written }]),
    { span: spot(opener.startOffset, start), text: `${gap}[` },
    { span: spot((input[last] as Token).startOffset, tokenEnd(closer)), text: "]" },
  ];
  const fix = rest <= 1 ? { title: "Write '[' and ']'", edits } : undefined;
  return shapeInParentheses(tokenSpan(file, keyword.image === written ? opener : keyword), { keyword: written, fix });
}

function leaveOut(input: readonly Token[], from: number, to: number): void {
  for (const token of input.slice(from, to)) token.leftOut = true;
}

/**
 * A `None` in a shape: in front (`isFirst`) it is the batch axis, which is left out; elsewhere nothing is known of the axis.
 */
export function mendNone(file: string, input: readonly Token[], index: number, isFirst: boolean): Diagnostic {
  const token = input[index] as Token;
  const [comma, next] = input.slice(index + 1, index + 3);
  const span = tokenSpan(file, token);
  if (isFirst && comma?.tokenType === t.Comma && next !== undefined && next.tokenType !== t.RightBracket) {
    leaveOut(input, index, index + 2);
    const edit = { span: { ...span, end: next.startOffset }, text: "" };
    return noneInShape(span, { fix: { title: "Delete 'None'", edits: [edit] } });
  }
  retype(token, t.NumberLiteral);
  token.broken = true;
  return noneInShape(span, { fix: undefined });
}
