import { Comma, Equals, Identifier, LeftParen, RightParen } from "../../grammar/tokens.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { defineDiagnostic } from "../diagnostics/define.ts";
import type { Token } from "./token.ts";

export const wrongQuotes = defineDiagnostic<{ span: Diagnostic["span"]; image: string; isKeyword: boolean }>(
  "wrong-quotes",
  "error",
  "A string is written with single or typographic quotes.",
  ({ span, image, isKeyword }) => {
    const text = image.slice(1, -1).replace(/\\(['\u2018\u2019\u201C\u201D\u201E])/g, "$1");
    // One that is left open by mistake may be long.
    const found = image.length > 60 ? `${image.slice(0, 56)}...${image.slice(-1)}` : image;
    if (isKeyword) {
      return {
        message: `Keyword values are written without quotes: expected ${text}, found the string ${found}`,
        ...(span ? { fix: { title: `Write ${text}`, edits: [{ span, text }] } } : {}),
      };
    }
    const fixed = `"${text.replace(/(?<!\\)"/g, '\\"')}"`;
    return {
      message: `Strings are written in double quotes, found ${found}`,
      ...(span ? { fix: { title: "Use double quotes", edits: [{ span, text: fixed }] } } : {}),
    };
  },
  () => ({
    meaning:
      "Strings stand in double quotes. Single and typographic quotes are none, and a keyword value such as relu has no quotes at all.",
    example: { kind: "source", source: "model M { input [4] Dense(1) labels ['cat'] }" },
  }),
);

/** The arguments of layers that take strings. */
const stringArguments: ReadonlySet<string> = new Set(["equation", "bias_axes"]);

/** Whether the string at `index` is one word as an argument of a layer, all but a few of which take keywords there. */
export function isKeywordAt(index: number, all: readonly Token[]): boolean {
  const [token, before, name] = [all[index], all[index - 1], all[index - 2]];
  if (token === undefined || !/^[A-Za-z_]\w*$/.test(token.image.slice(1, -1))) return false;
  if (before?.tokenType === Equals) {
    return name?.tokenType === Identifier && !stringArguments.has(name.image) && isInParentheses(index - 2, all);
  }
  const opener = openerOf(index, all);
  // The one list of keywords.
  const isMetric = all[opener]?.image === "[" && all[opener - 2]?.image === "metrics";
  return isMetric || ((before?.tokenType === LeftParen || before?.tokenType === Comma) && isOfCall(opener, all));
}

/** Whether the token at `index` stands directly in the parentheses of a call. */
export function isInParentheses(index: number, all: readonly Token[]): boolean {
  return isOfCall(openerOf(index, all), all);
}

function isOfCall(opener: number, all: readonly Token[]): boolean {
  return all[opener]?.tokenType === LeftParen && all[opener - 1]?.tokenType === Identifier;
}

/** The index of the bracket that encloses the token at `index`; -1 where there is none near. */
function openerOf(index: number, all: readonly Token[]): number {
  let open = 0;
  for (let at = index - 1; at >= Math.max(0, index - mostTokens); at--) {
    const { image, tokenType } = all[at] as Token;
    if (tokenType === RightParen || image === "]" || image === "}") open++;
    else if (tokenType === LeftParen || image === "[" || image === "{") {
      if (open === 0) return at;
      open--;
    }
  }
  return -1;
}

/** A call with more tokens before the place asked for is none of a person. */
const mostTokens = 200;
