/** A piece of a text as somebody who writes it sees it, whatever the rest of the text is. */
export interface ScannedToken {
  readonly kind: "name" | "number" | "string" | "comment" | "sign";
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** A string or a block comment that has no end. */
  readonly isOpen?: true;
  /** It is the first of its line. */
  readonly beginsLine: boolean;
}

const space = /\s*/y;
const name = /[\p{L}_$][\p{L}\p{M}\p{N}_$]*/uy;
const number = /(?:\d|\.\d)(?:[eE][+-](?=\d)|[\w.])*/y;
const sign = /->|\*\*|[^]/uy;

/**
 * The tokens of a text between two offsets, the first of which stands outside of strings and comments. Unlike the lexer, which
 * tells what is wrong, it is quick, never mends and gives every character but white space as a part of some token.
 */
export function scan(text: string, start = 0, end = text.length): readonly ScannedToken[] {
  const tokens: ScannedToken[] = [];
  let line = start;
  for (let at = start; at < end;) {
    at = matchAt(space, text, at) ?? at;
    if (at >= end) break;
    const last = tokens.at(-1)?.end;
    const beginsLine = last === undefined || /[\r\n]/.test(text.slice(line, at));
    const { kind, to, isOpen } = tokenAt(text, at);
    const stop = Math.min(to, end);
    tokens.push({ kind, text: text.slice(at, stop), start: at, end: stop, ...(isOpen ? { isOpen } : {}), beginsLine });
    at = stop;
    line = stop;
  }
  return tokens;
}

function tokenAt(text: string, at: number): { kind: ScannedToken["kind"]; to: number; isOpen?: true } {
  if (text.startsWith("//", at) || text[at] === "#") return { kind: "comment", to: lineEnd(text, at) };
  if (text.startsWith("/*", at)) {
    const close = text.indexOf("*/", at + 2);
    return close < 0 ? { kind: "comment", to: text.length, isOpen: true } : { kind: "comment", to: close + 2 };
  }
  const quote = text[at];
  if (quote === '"' || quote === "'") return { kind: "string", ...stringEnd(text, at, quote) };
  const word = matchAt(name, text, at);
  if (word !== undefined) return { kind: "name", to: word };
  const digits = matchAt(number, text, at);
  if (digits !== undefined) return { kind: "number", to: digits };
  return { kind: "sign", to: matchAt(sign, text, at) ?? at + 1 };
}

/** Where a pattern that matches at an offset ends. */
function matchAt(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function lineEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && text[end] !== "\n" && text[end] !== "\r") end++;
  return end;
}

/** Strings end with their line, closed or not. */
function stringEnd(text: string, at: number, quote: string): { to: number; isOpen?: true } {
  for (let end = at + 1; end < text.length; end++) {
    const character = text[end];
    if (character === quote) return { to: end + 1 };
    if (character === "\n" || character === "\r") return { to: end, isOpen: true };
    if (character === "\\" && text[end + 1] !== "\n" && text[end + 1] !== "\r") end++;
  }
  return { to: text.length, isOpen: true };
}
