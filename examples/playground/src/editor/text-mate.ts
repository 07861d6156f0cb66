import { StreamLanguage, type StringStream } from "@codemirror/language";
import grammar from "../../../../grammar/layers.tmLanguage.json";

/** A pattern of the generated grammar: of one line, or with a beginning and an end that may lie on another. */
interface Pattern {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
}

interface Rule {
  readonly start: RegExp;
  readonly end?: RegExp;
  /** How the parts of a match are shown: one for the whole, or one for each group. */
  readonly names: readonly string[];
}

interface State {
  /** What has begun and not ended. */
  open: Rule | undefined;
  /** Parts of a match that are still to be given out. */
  parts: { readonly end: number; readonly name: string | null }[];
}

const rules = (grammar.patterns as readonly Pattern[]).map(
  ({ name, match, begin, end, captures }): Rule => ({
    start: new RegExp(match ?? begin!, "yd"),
    ...(end === undefined ? {} : { end: new RegExp(end, "g") }),
    names:
      name === undefined
        ? Object.values(captures!).map((capture) => capture.name)
        : [name],
  }),
);

/**
 * The language Layers for CodeMirror, coloured by the grammar that is generated from the compiler's tokens: words that are added to the
 * language are coloured here without a change. The language server knows the rest.
 */
export const layersLanguage = StreamLanguage.define<State>({
  name: "layers",
  startState: () => ({ open: undefined, parts: [] }),
  copyState: ({ open, parts }) => ({ open, parts: [...parts] }),
  token: (stream, state) => nextPart(stream, state) ?? nextRule(stream, state),
  languageData: {
    commentTokens: { line: "//", block: { open: "/*", close: "*/" } },
    closeBrackets: { brackets: ["(", "[", "{", '"'] },
  },
  tokenTable: {},
});

function nextPart(
  stream: StringStream,
  { parts }: State,
): string | null | undefined {
  const part = parts.shift();
  if (part === undefined) return undefined;
  stream.pos = part.end;
  return part.name;
}

function nextRule(stream: StringStream, state: State): string | null {
  if (state.open !== undefined) return untilEnd(stream, state, state.open);
  for (const rule of rules) {
    rule.start.lastIndex = stream.pos;
    const found = rule.start.exec(stream.string);
    if (found === null || found[0] === "") continue;
    if (rule.end !== undefined) {
      stream.pos += found[0].length;
      return untilEnd(stream, state, rule);
    }
    if (rule.names.length > 1) return inParts(stream, state, rule, found);
    stream.pos += found[0].length;
    return styleOf(rule.names[0]!);
  }
  // A word that no rule knows is one thing, so that no rule finds its end.
  if (stream.match(/^\w+/) === null) stream.next();
  return null;
}

function untilEnd(stream: StringStream, state: State, rule: Rule): string {
  rule.end!.lastIndex = stream.pos;
  const end = endOf(rule.end!, stream);
  state.open = end === undefined ? rule : undefined;
  if (end === undefined) stream.skipToEnd();
  else stream.pos = end;
  return styleOf(rule.names[0]!);
}

/** Where a string or comment ends on this line; a quote behind a backslash ends nothing. */
function endOf(end: RegExp, { string }: StringStream): number | undefined {
  for (let found = end.exec(string); found !== null; found = end.exec(string)) {
    const before = /\\*$/.exec(string.slice(0, found.index))![0];
    if (before.length % 2 === 0) return found.index + found[0].length;
    end.lastIndex = found.index + 1;
  }
  return undefined;
}

/** Groups of one match have styles of their own: the word `model`, the space, the name. */
function inParts(
  stream: StringStream,
  state: State,
  { names }: Rule,
  found: RegExpExecArray,
): string | null {
  names.forEach((name, at) => {
    const [start, end] = found.indices![at + 1]!;
    const last = state.parts.at(-1)?.end ?? stream.pos;
    if (start > last) state.parts.push({ end: start, name: null });
    state.parts.push({ end, name: styleOf(name) });
  });
  return nextPart(stream, state)!;
}

/** CodeMirror's name of what a TextMate scope is, by how the scope begins. */
function styleOf(scope: string): string {
  return styles.find(([prefix]) => scope.startsWith(prefix))![1];
}

const styles: readonly (readonly [scope: string, style: string])[] = [
  ["comment.line.documentation", "docComment"],
  ["comment", "comment"],
  ["string", "string"],
  ["keyword.operator", "operator"],
  ["keyword", "keyword"],
  ["constant.numeric", "number"],
  ["constant", "atom"],
  ["entity.name.type", "typeName"],
  ["entity.name.function", "variableName.function"],
  ["entity.name.tag", "labelName"],
  ["variable.parameter", "propertyName"],
  ["", "variableName"],
];
