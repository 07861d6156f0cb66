import * as t from "../../../grammar/tokens.ts";
import type { BlockDeclaration, Declaration, ModelDeclaration } from "../ast.ts";
import { lex } from "../lex.ts";
import { tokenEnd } from "../token.ts";

/** A declaration with a body that was read to its closing brace. */
export type WithBody = BlockDeclaration | ModelDeclaration;

export function hasBody(declaration: Declaration | undefined): declaration is WithBody {
  return (declaration?.kind === "model" || declaration?.kind === "block") && declaration.isBodyLost !== true;
}

/** The offset behind the brace that opens a body; undefined where there is none before its first statement. */
export function bodyStart(declaration: WithBody, text: string): number | undefined {
  const { name, body, span } = declaration;
  const from = name.span.end;
  const head = text.slice(from, body[0]?.span.start ?? span.end);
  const brace = lex(head).tokens.find(({ tokenType }) => tokenType === t.LeftBrace);
  return brace === undefined ? undefined : from + tokenEnd(brace);
}

/** The offset of the brace that closes a body; undefined where the parser has put it in. */
export function bodyEnd({ span }: WithBody, text: string): number | undefined {
  return text[span.end - 1] === "}" ? span.end - 1 : undefined;
}
