import type { Frame } from "./frames.ts";
import type { ScannedToken } from "./scan.ts";

/** A call that an offset lies in. */
export interface Call {
  readonly callee: string;
  readonly calleeStart: number;
  /** The arguments that are written, without that at the offset. */
  readonly given: readonly string[];
  /** How many arguments without a name stand before the offset. */
  readonly positional: number;
  /** How many arguments of any kind do. */
  readonly index: number;
  /** The name of the argument at the offset, where its value is being written. */
  readonly name: string | undefined;
  /** Whether something of the value stands before the offset already. */
  readonly isBegun: boolean;
  /** It is within a list of the argument. */
  readonly isInList: boolean;
}

/** The calls that are open, of those within one another the innermost last. `behind` are the tokens behind the offset. */
export function callsIn(frames: readonly Frame[], behind: readonly ScannedToken[]): readonly Call[] {
  return frames.flatMap((frame, at) => (frame.kind === "call" ? [callOf(frame, frames.slice(at + 1), behind)] : []));
}

/** A call from what stands before the offset, and from the arguments behind it. */
function callOf(
  { items, head = "", headStart = 0 }: Frame,
  inner: readonly Frame[],
  behind: readonly ScannedToken[],
): Call {
  const commas = items.flatMap((item, at) => (item.text === "," ? [at] : []));
  const own = items.slice((commas.at(-1) ?? -1) + 1);
  const isNamed = own[0]?.kind === "name" && own[1]?.text === "=";
  const groups = commas.map((comma, at) => items.slice((commas[at - 1] ?? -1) + 1, comma));
  const names = groups.flatMap(([name, sign]) => (name?.kind === "name" && sign?.text === "=" ? [name.text] : []));
  const begun = isNamed ? own.slice(2) : own;
  return {
    callee: head,
    calleeStart: headStart,
    given: [...names, ...namesBehind(behind, inner.length)],
    positional: groups.length - names.length,
    index: commas.length,
    name: isNamed ? own[0]?.text : undefined,
    isBegun: begun.length > 0 || inner.some(({ kind }) => kind !== "list"),
    isInList: inner.length > 0 && inner.every(({ kind }) => kind === "list"),
  };
}

/** The names of the arguments of a call that come behind an offset which lies some brackets deeper. */
function namesBehind(behind: readonly ScannedToken[], brackets: number): readonly string[] {
  const names: string[] = [];
  let depth = brackets;
  for (const [at, { text, kind }] of behind.entries()) {
    if (text === "{" || text === "}" || depth < 0) break;
    if (text === "(" || text === "[") depth++;
    else if (text === ")" || text === "]") depth--;
    const isFirst = at === 0 || behind[at - 1]?.text === ",";
    if (depth === 0 && kind === "name" && isFirst && behind[at + 1]?.text === "=") names.push(text);
  }
  return names;
}
