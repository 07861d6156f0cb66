import type { ScannedToken } from "./scan.ts";

/** A bracket that is open, or the file, with what stands in it so far: what is closed within counts as its closer. */
export interface Frame {
  readonly kind: "file" | "model" | "block" | "repeat" | "names" | "parameters" | "call" | "list" | "group";
  /** Behind the bracket. */
  readonly start: number;
  readonly items: readonly Item[];
  /** What the bracket follows: the callee of a call; `input`, `labels`, `->` of a list. */
  readonly head?: string;
  readonly headStart?: number;
  /** The parameters of a block, in its parentheses and in its body. */
  readonly parameters: readonly string[];
}

export interface Item {
  readonly kind: ScannedToken["kind"];
  readonly text: string;
  readonly start: number;
  /** Of a closer, what it has closed. */
  readonly opener?: Frame["kind"];
}

interface OpenFrame extends Frame {
  readonly items: Item[];
  readonly parameters: string[];
}

const closers: Readonly<Record<string, readonly Frame["kind"][]>> = {
  ")": ["parameters", "call", "group"],
  "]": ["list"],
  "}": ["model", "block", "repeat", "names"],
};

const wholeFile: Frame = { kind: "file", start: 0, items: [], parameters: [] };

/**
 * The brackets that are open behind some tokens, the file first, with those that were open before them. A closer closes those that were forgotten within its own; a
 * declaration at the start of a line closes all.
 */
export function openFrames(tokens: readonly ScannedToken[], outer: readonly Frame[] = [wholeFile]): readonly Frame[] {
  let frames = outer.map((frame): OpenFrame => ({
    ...frame,
    items: [...frame.items],
    parameters: [...frame.parameters],
  }));
  const file = frames[0] as OpenFrame;
  for (const [at, token] of tokens.entries()) {
    if (frames.length > 1 && beginsDeclaration(token, tokens[at + 1], tokens[at + 2])) frames = [file];
    const frame = frames.at(-1) as OpenFrame;
    const { text, kind, start } = token;
    if (kind === "sign" && (text === "(" || text === "[" || text === "{")) {
      frames.push(opened(frames, token));
      continue;
    }
    const closes = kind === "sign" ? closers[text] : undefined;
    if (closes === undefined) {
      frame.items.push({ kind, text, start });
      if (frame.kind === "parameters" && kind === "name" && isParameter(frame.items)) frame.parameters.push(text);
      continue;
    }
    const own = frames.findLastIndex((open) => closes.includes(open.kind));
    if (own <= 0) continue;
    const { kind: opener, parameters } = frames[own] as OpenFrame;
    frames = frames.slice(0, own);
    const outer = frames.at(-1) as OpenFrame;
    outer.items.push({ kind, text, start, opener });
    if (opener === "parameters") outer.parameters.splice(0, outer.parameters.length, ...parameters);
  }
  return frames;
}

function opened(frames: readonly OpenFrame[], { text, end }: ScannedToken): OpenFrame {
  const { items, kind, parameters } = frames.at(-1) as OpenFrame;
  const last = items.at(-1);
  const base = { start: end, items: [], parameters: [] };
  switch (text) {
    case "(":
      if (last?.kind !== "name") return { ...base, kind: "group" };
      if (items.at(-2)?.text === "block" && kind === "file") return { ...base, kind: "parameters" };
      return { ...base, kind: "call", head: last.text, headStart: last.start };
    case "[": {
      const head = last === undefined ? undefined : last.text;
      return { ...base, kind: "list", ...(head === undefined ? {} : { head }) };
    }
    default:
      if (kind === "file") {
        if (last?.text === "import") return { ...base, kind: "names" };
        if (last?.text === ")" && last.opener === "parameters")
          return { ...base, kind: "block", parameters: [...parameters] };
        return { ...base, kind: items.at(-2)?.text === "block" ? "block" : "model" };
      }
      return { ...base, kind: "repeat" };
  }
}

/** Whether the last of these items is the name of a parameter. */
function isParameter(items: readonly Item[]): boolean {
  const before = items.at(-2);
  return before === undefined || before.text === ",";
}

function beginsDeclaration(
  { kind, text, beginsLine }: ScannedToken,
  next: ScannedToken | undefined,
  afterNext: ScannedToken | undefined,
): boolean {
  if (!beginsLine || kind !== "name") return false;
  if (text === "import") return next?.text === "{";
  if (next?.kind !== "name" || next.beginsLine) return false;
  switch (text) {
    case "let":
      return afterNext?.text === "=";
    case "block":
      return afterNext?.text === "(";
    case "model":
      return afterNext?.text === "{";
    case "dim":
      return afterNext === undefined || afterNext.beginsLine;
    default:
      return false;
  }
}
