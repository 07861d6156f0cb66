/** A piece of a text as somebody who writes it sees it, whatever the rest of the text is. */
export interface ScannedToken {
  readonly kind: "name" | "number" | "string" | "comment" | "sign";
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** A string or a block comment that has no end. */
  readonly isOpen: boolean;
  /** It is the first of its line. */
  readonly beginsLine: boolean;
}

/**
 * The tokens of a text between two offsets, the first of which stands outside of strings and comments. Unlike the lexer, which
 * tells what is wrong, it is quick, never mends and gives every character but white space as a part of some token. At most
 * `most` tokens are read that begin at `offset` or behind it.
 */
export function scan(
  text: string,
  start = 0,
  end = text.length,
  { offset = end, most = Number.POSITIVE_INFINITY }: { readonly offset?: number; readonly most?: number } = {},
): readonly ScannedToken[] {
  const tokens: ScannedToken[] = [];
  let left = most;
  let beginsLine = true;
  for (let at = start; at < end && left > 0;) {
    const code = text.charCodeAt(at);
    if (isSpace(code)) {
      beginsLine ||= code === lineFeed || code === carriageReturn;
      at++;
      continue;
    }
    const { kind, stop, isOpen } = tokenAt(text, at, code);
    const to = Math.min(stop, end);
    tokens.push({ kind, text: text.slice(at, to), start: at, end: to, isOpen, beginsLine });
    if (at >= offset) left--;
    beginsLine = kind === "comment" && !isOneLine(text, at, to);
    at = to;
  }
  return tokens;
}

interface Found {
  readonly kind: ScannedToken["kind"];
  readonly stop: number;
  readonly isOpen: boolean;
}

const lineFeed = 10;
const carriageReturn = 13;
const quote = 34;
const hash = 35;
const apostrophe = 39;
const star = 42;
const dot = 46;
const slash = 47;
const backslash = 92;

function tokenAt(text: string, at: number, code: number): Found {
  if (isLetter(code, text, at)) return { kind: "name", stop: nameEnd(text, at), isOpen: false };
  if (isDigit(code) || (code === dot && isDigit(text.charCodeAt(at + 1)))) {
    return { kind: "number", stop: numberEnd(text, at), isOpen: false };
  }
  if (code === quote || code === apostrophe) return stringAt(text, at, code);
  const next = text.charCodeAt(at + 1);
  if (code === hash || (code === slash && next === slash)) {
    return { kind: "comment", stop: lineEnd(text, at), isOpen: false };
  }
  if (code === slash && next === star) {
    const close = text.indexOf("*/", at + 2);
    return { kind: "comment", stop: close < 0 ? text.length : close + 2, isOpen: close < 0 };
  }
  const isPair = text.startsWith("->", at) || text.startsWith("**", at);
  return { kind: "sign", stop: at + (isPair || isAstral(code) ? 2 : 1), isOpen: false };
}

function isSpace(code: number): boolean {
  return code <= 32 || (code >= 0x7f && code < 0xa1) || (code >= 0x2000 && code <= 0x206f) || code === 0xfeff;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isLetter(code: number, text: string, at: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 36;
  return /^\p{L}/u.test(text.slice(at, at + 2));
}

function isAstral(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00;
}

function nameEnd(text: string, start: number): number {
  let end = start;
  for (;;) {
    const code = text.charCodeAt(end);
    if (
      code < 128 ? isDigit(code) || isLetter(code, text, end) : /^[\p{L}\p{M}\p{N}]/u.test(text.slice(end, end + 2))
    ) {
      end += isAstral(code) ? 2 : 1;
    } else {
      return end;
    }
  }
}

const numberPart = /(?:\d|\.\d)(?:[eE][+-](?=\d)|[\w.])*/y;

function numberEnd(text: string, at: number): number {
  numberPart.lastIndex = at;
  numberPart.test(text);
  return Math.max(numberPart.lastIndex, at + 1);
}

function lineEnd(text: string, at: number): number {
  let end = at;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === lineFeed || code === carriageReturn) break;
  }
  return end;
}

function isOneLine(text: string, start: number, end: number): boolean {
  return lineEnd(text, start) >= end;
}

/** Strings end with their line, closed or not. */
function stringAt(text: string, at: number, close: number): Found {
  const stop = lineEnd(text, at);
  for (let end = at + 1; end < stop; end++) {
    const code = text.charCodeAt(end);
    if (code === close) return { kind: "string", stop: end + 1, isOpen: false };
    if (code === backslash && end + 1 < stop) end++;
  }
  return { kind: "string", stop, isOpen: true };
}
