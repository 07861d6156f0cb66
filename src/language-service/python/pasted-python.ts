import { pythonLines, type Line } from "./python-lines.ts";

/** Lines of Python in a model file. */
export interface PastedPython {
  readonly start: number;
  readonly end: number;
  /** Where it stands: between declarations, or in the body of one. */
  readonly into: "file" | "body";
}

/** What begins a declaration of the language, and no statement of Python. */
const declaration =
  /^\s*(?:(?:model|block)\s+[A-Za-z_]\w*\s*(?:\([^)\n]*\)\s*)?\{|(?:let|dim)\s+[A-Za-z_]|import\s*\{)/;

/** What begins a statement of Python, and none in the body of a model. */
const statement =
  /^\s*(?:[A-Za-z_]\w*(?:\s*,\s*[A-Za-z_]\w*)*\s*=(?!=)|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+\s*\(|(?:Sequential|Model|print)\s*\(|(?:from|import)\s+[A-Za-z_]|(?:def|for|if|with|return)\b|#|[A-Z]\w*\s*\(.*\)\s*\()/;

/** Whether some line of a text is one of Python, and of nothing else. */
export function isLikePython(text: string): boolean {
  return text.split(/[\r\n]/).some((line) => statement.test(line) && !line.trimStart().startsWith("#"));
}

/** The Python that an offset lies in: its lines, as far as no line of the language comes between. */
export function pastedPythonAt(text: string, offset: number): PastedPython | undefined {
  const lines = pythonLines(text);
  const at = lines.findLastIndex(({ start }) => start <= offset);
  const body = bodyAround(lines, at);
  const [first, last] = body ?? [0, lines.length - 1];
  const kinds = kindsOf(lines.slice(first, last + 1), body === undefined);
  const isPython = (index: number): boolean => kinds[index - first] === "python";
  const isOther = (index: number): boolean => kinds[index - first] === "other";
  if (!isPython(at)) return undefined;
  let [from, to] = [at, at];
  while (from > first && !isOther(from - 1)) from--;
  while (to < last && !isOther(to + 1)) to++;
  while (!isPython(from)) from++;
  while (!isPython(to)) to--;
  return { ...trimmed(lines[from] as Line, lines[to] as Line), into: body === undefined ? "file" : "body" };
}

/** The lines that a range touches, and where they stand; undefined where these are none of one body, or of none. */
export function selectedLines(text: string, range: { start: number; end: number }): PastedPython | undefined {
  const lines = pythonLines(text);
  const touched = lines.filter(
    ({ start, end, text: line }) => start < range.end && end > range.start && line.trim() !== "",
  );
  const [first, last] = [touched[0], touched.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const [body, lastBody] = [first, last].map((line) => bodyAround(lines, lines.indexOf(line)));
  if (body?.join() !== lastBody?.join()) return undefined;
  return { ...trimmed(first, last), into: body === undefined ? "file" : "body" };
}

function trimmed(first: Line, last: Line): { readonly start: number; readonly end: number } {
  const indent = first.text.length - first.text.trimStart().length;
  return { start: first.start + indent, end: last.start + last.text.trimEnd().length };
}

/** The first and the last line within the braces that a line lies in. */
function bodyAround(lines: readonly Line[], at: number): readonly [number, number] | undefined {
  for (let index = 0; index <= at; index++) {
    if (!declaration.test((lines[index] as Line).text) || !(lines[index] as Line).text.includes("{")) continue;
    let depth = 0;
    let end = index;
    for (; end < lines.length; end++) {
      depth += (lines[end] as Line).braces;
      if (depth <= 0) break;
    }
    if (at > index && at < end) return [index + 1, end - 1];
    index = end;
  }
  return undefined;
}

type Kind = "python" | "blank" | "other";

function kindsOf(lines: readonly Line[], isFile: boolean): readonly Kind[] {
  const kinds: Kind[] = [];
  let depth = 0;
  /** What the lines belong to that stand within brackets. */
  let open: Kind = "other";
  for (const { text, brackets, braces } of lines) {
    if (depth > 0) kinds.push(open);
    else if (text.trim() === "" || /^\s*\/\//.test(text)) kinds.push("blank");
    else kinds.push((open = isOfPython(text, isFile) ? "python" : "other"));
    if (depth > 0 || text.trim() !== "") depth = Math.max(0, depth + brackets + (open === "other" ? braces : 0));
  }
  return kinds;
}

function isOfPython(line: string, isFile: boolean): boolean {
  return isFile ? !declaration.test(line) && !/^\s*\}/.test(line) : statement.test(line);
}
