import type { Frame, Item } from "./frames.ts";
import { canBeginStatement, isOperator } from "./item-signs.ts";
import type { ScannedToken } from "./scan.ts";

/** What can be written somewhere. */
export type Place =
  /** In a comment, in a number, where a new name is given, or where no more than a sign can stand. */
  | { readonly kind: "nowhere" }
  /** Where a declaration can begin. */
  | { readonly kind: "file" }
  /** Where a statement can begin; `isLabelled` behind a label, `isBehindPath` behind the path of a weights clause. */
  | {
      readonly kind: "body";
      readonly of: BodyKind;
      readonly start: number;
      readonly isLabelled: boolean;
      /** The name before the colon. */
      readonly label?: string;
      readonly isBehindPath: boolean;
    }
  /** In the braces of an import. */
  | { readonly kind: "names"; readonly path: string | undefined; readonly given: readonly string[] }
  | { readonly kind: "from" }
  /** Within the quotes of a path. */
  | { readonly kind: "path"; readonly of: "import" | "weights"; readonly start: number; readonly end: number }
  /** In the parentheses of the innermost call. */
  | { readonly kind: "argument" }
  /** An axis of a shape. */
  | { readonly kind: "axis"; readonly of: "input" | "assertion" }
  | { readonly kind: "assertion" }
  /** Where a value can stand that is no argument: of a let, of a parameter, the count of a repeat. */
  | {
      readonly kind: "value";
      readonly of: "let" | "parameter" | "repeat";
      /** That is given the value. */
      readonly name?: string;
    };

export type BodyKind = "model" | "block" | "repeat";

const nowhere: Place = { kind: "nowhere" };

/** What can be written in a token, or right behind it. */
export function placeIn(
  touched: ScannedToken,
  frames: readonly Frame[],
  behind: readonly ScannedToken[],
  offset: number,
  text: string,
): Place {
  const { kind, end } = touched;
  const isWithin = offset < end || touched.isOpen;
  switch (kind) {
    case "comment":
      return isWithin || !touched.text.startsWith("/*") ? nowhere : placeAt(frames, behind, offset, text);
    case "number":
      return nowhere;
    case "string":
      return isWithin ? pathAt(frames, touched) : nowhere;
    case "sign":
      return isWithin && offset < end ? nowhere : placeAt(frames, behind, offset, text);
    case "name":
      return placeAt(frames, behind, end, text);
  }
}

/** What can be written outside of all tokens, or as a word: `end` is the end of that. */
export function placeAt(frames: readonly Frame[], behind: readonly ScannedToken[], end: number, text: string): Place {
  const frame = frames.at(-1) as Frame;
  const last = frame.items.at(-1);
  const beginsLine = /(?:^|[\r\n])[^\S\r\n]*[\p{L}\p{N}_$]*$/u.test(text.slice(Math.max(0, end - 300), end));
  switch (frame.kind) {
    case "file":
      return filePlace(frame, last, beginsLine);
    case "model":
    case "block":
    case "repeat":
      return bodyPlace(frame.kind, frame, last);
    case "names":
      return namesPlace(frame, behind);
    case "parameters":
      return last?.text === "=" ? { kind: "value", of: "parameter", ...nameOf(frame.items) } : nowhere;
    case "call":
    case "list":
    case "group":
      return valuePlace(frames, beginsLine);
  }
}

function filePlace({ items }: Frame, last: Item | undefined, beginsLine: boolean): Place {
  if (last === undefined || last.text === "}") {
    if (last !== undefined && last.opener === "names") return { kind: "from" };
    return { kind: "file" };
  }
  if (last.text === "=") return { kind: "value", of: "let", ...nameOf(items) };
  if (["let", "dim", "model", "block", "import", "from", ",", ":", "(", "->"].includes(last.text)) return nowhere;
  if (isOperator(last)) return items.some(({ text }) => text === "=") ? { kind: "value", of: "let" } : nowhere;
  const before = items.at(-2)?.text;
  // A declaration without its braces goes on.
  if (before === "model" || before === "block" || (last.text === ")" && last.opener === "parameters")) return nowhere;
  if (before === "let" && !beginsLine) return nowhere;
  return { kind: "file" };
}

/** The name before the last `=`. */
function nameOf(items: readonly Item[]): { readonly name?: string } {
  const at = items.findLastIndex(({ text }) => text === "=");
  const name = items[at - 1];
  return name?.kind === "name" ? { name: name.text } : {};
}

function bodyPlace(of: BodyKind, frame: Frame, last: Item | undefined): Place {
  const { items, start } = frame;
  const statement = { kind: "body", of, start, isLabelled: false, isBehindPath: false } as const;
  if (last === undefined) return statement;
  if (last.text === ":") {
    const label = items.at(-2);
    return { ...statement, isLabelled: true, ...(label?.kind === "name" ? { label: label.text } : {}) };
  }
  if (last.text === "->") return { kind: "assertion" };
  const before = items.at(-2);
  const isKeyword = before?.text !== ":" || last.text === "repeat";
  if (last.kind === "name" && isKeyword && canBeginStatement(before)) {
    if (last.text === "repeat") return { kind: "value", of: "repeat" };
    if (last.text === "input" || last.text === "weights" || last.text === "labels") return nowhere;
  }
  if (isOperator(last)) return isInCount(items) ? { kind: "value", of: "repeat" } : nowhere;
  if (last.kind === "sign" && !["}", ")", "]"].includes(last.text)) return nowhere;
  if (isInCount(items)) return nowhere;
  if (last.text === "prefix" && before?.kind === "string") return nowhere;
  return { ...statement, isBehindPath: last.kind === "string" && before?.text === "weights" };
}

/** Whether a repeat has begun whose braces are still to come. */
function isInCount(items: readonly Item[]): boolean {
  const at = items.findLastIndex(({ text, kind }) => kind === "name" && text === "repeat");
  if (at < 0) return false;
  const behind = items.slice(at + 1);
  if (behind[0]?.text === ":" || behind.some(({ text }) => text === "}" || text === "->" || text === ":")) return false;
  // Two values side by side: what comes second is a statement.
  return !behind.some((item, index) => index > 0 && !isOperator(item) && !isOperator(behind[index - 1] as Item));
}

function namesPlace({ items }: Frame, behind: readonly ScannedToken[]): Place {
  const last = items.at(-1);
  if (last !== undefined && last.text !== ",") return nowhere;
  const closer = behind.findIndex(({ text }) => text === "}");
  const [from, path] = closer < 0 ? [] : behind.slice(closer + 1, closer + 3);
  const isPath = from?.text === "from" && path?.kind === "string" && !path.isOpen;
  const given = [...items, ...behind.slice(0, Math.max(0, closer))].flatMap(({ kind, text }) =>
    kind === "name" ? [text] : [],
  );
  return { kind: "names", path: isPath ? path.text.slice(1, -1) : undefined, given };
}

function pathAt(frames: readonly Frame[], { start, end, isOpen }: ScannedToken): Place {
  const frame = frames.at(-1) as Frame;
  const last = frame.items.at(-1);
  const before = frame.items.at(-2);
  const inner = { start: start + 1, end: isOpen ? end : end - 1 };
  if (last?.text === "from" && before?.text === "}") return { kind: "path", of: "import", ...inner };
  const isBody = frame.kind === "model" || frame.kind === "block" || frame.kind === "repeat";
  if (isBody && last?.text === "weights" && canBeginStatement(before)) return { kind: "path", of: "weights", ...inner };
  return nowhere;
}

function valuePlace(frames: readonly Frame[], beginsLine: boolean): Place {
  const innermost = frames.at(-1) as Frame;
  const last = innermost.items.at(-1);
  const outer = frames.findLast(({ kind }) => kind === "model" || kind === "block" || kind === "repeat");
  const isBegun = last !== undefined && last.text !== "," && last.text !== "=" && !isOperator(last);
  // A bracket that was forgotten on a line before hides that a statement begins here.
  if (isBegun) {
    return beginsLine && outer !== undefined && isBodyKind(outer.kind)
      ? { kind: "body", of: outer.kind, start: outer.start, isLabelled: false, isBehindPath: false }
      : nowhere;
  }
  if (innermost.kind === "list" && (innermost.head === "input" || innermost.head === "->")) {
    return { kind: "axis", of: innermost.head === "input" ? "input" : "assertion" };
  }
  if (innermost.kind === "list" && innermost.head === "labels") return nowhere;
  const isInCall = frames.some(({ kind }) => kind === "call");
  if (isInCall && outer !== undefined) return { kind: "argument" };
  const isOfLet = frames[0]?.items.some(({ text }) => text === "=") === true;
  const isOfRepeat = outer !== undefined && isInCount(outer.items);
  if (frames.some(({ kind }) => kind === "parameters")) return { kind: "value", of: "parameter" };
  if (isOfRepeat) return { kind: "value", of: "repeat" };
  if (isInCall) return { kind: "argument" };
  return isOfLet ? { kind: "value", of: "let" } : nowhere;
}

function isBodyKind(kind: Frame["kind"]): kind is BodyKind {
  return kind === "model" || kind === "block" || kind === "repeat";
}
