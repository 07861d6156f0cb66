import type { BlockDeclaration, BodyItem, ModelDeclaration, RepeatStatement } from "../syntax/ast.ts";
import { divideComments, splitGap, type Commented } from "./divide-comments.ts";
import type { Trivia } from "./trivia.ts";

/** What has a body. */
export type BodyOwner = BlockDeclaration | ModelDeclaration | RepeatStatement;

/** A range of the source: where it begins, and the offset behind it. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where the body of something is, from what stands before its brace on. */
export function bodyRange(owner: BodyOwner, trivia: Trivia): Range {
  const { body, span } = owner;
  switch (owner.kind) {
    case "model":
      return { start: owner.name.span.end, end: span.end };
    case "block":
      return { start: parametersEnd(owner, trivia), end: span.end };
    case "repeat": {
      const start = owner.count.span.end;
      return { start, end: endOf("}", body.at(-1)?.span.end ?? start, owner, trivia) };
    }
  }
}

/** Where the parentheses end that the parameters of a block stand in. */
export function parametersEnd({ name, parameters }: BlockDeclaration, trivia: Trivia): number {
  return trivia.find(")", parameters.at(-1)?.span.end ?? name.span.end) + 1;
}

/** Where the bracket ends that the arguments or the body of a statement stand in. */
export function endOf(
  closer: ")" | "}",
  from: number,
  { assertion, span }: Pick<RepeatStatement, "assertion" | "span">,
  trivia: Trivia,
): number {
  return assertion === undefined ? span.end : trivia.find(closer, from) + 1;
}

/** The statements of a body with the comments around them. */
export interface DividedBody {
  readonly items: readonly Commented<BodyItem>[];
  /** Comments behind the opening brace, on its line. */
  readonly head: Commented<unknown>["trail"];
  /** Comments behind the last statement. */
  readonly rest: Commented<unknown>["lead"];
}

/** Divides the comments of a body, which are those of a range, among its statements and its brace. */
export function divideBody(body: readonly BodyItem[], range: Range, trivia: Trivia): DividedBody {
  const { items, rest } = divideComments(body, range, "none", trivia);
  const [first, ...others] = items;
  const comments = first?.lead ?? rest;
  const brace = trivia.find("{", range.start);
  const before = comments[0];
  // One before the brace goes behind it, and takes the others along.
  const isMoved = before !== undefined && before.span.start < brace;
  const next = first?.node.span.start ?? range.end;
  const { trail: head, lead } = isMoved ? { trail: [], lead: comments } : splitGap(brace + 1, next, "none", trivia);
  if (first === undefined) return { items, head, rest: lead };
  const start = head.at(-1)?.span.end ?? brace + 1;
  return { items: [{ ...first, lead, start }, ...others], head, rest };
}
