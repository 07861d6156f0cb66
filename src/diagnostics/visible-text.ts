/** One character as a reader sees it (a grapheme cluster), as it is printed, and how many terminal columns it takes. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  /** UTF-16 offset in the text it comes from. */
  readonly start: number;
}

const tabStop = 4;
const plainText = /^[\x20-\x7e]*$/;
/** Control, format (bidi overrides, zero-width spaces), separator characters and lone surrogates: all that can hide or act. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
/** Joiner, variation selectors, tags: parts of an emoji, invisible elsewhere. */
const emojiPart = /[\u200d\u{e0020}-\u{e007f}]/u;
const pictograph = /\p{Extended_Pictographic}/u;
/** East Asian Wide and Fullwidth (Unicode Standard Annex 11), by script instead of by table, and emoji. */
const wide =
  /\p{Emoji_Presentation}|\ufe0f|[\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]|(?![\uff61-\uffdc])[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{sc=Hang}]/u;
const mark = /^\p{M}/u;

let segmenter: Intl.Segmenter | undefined;

/** Splits a line into cells. Tabs reach to the next multiple of four columns; what can't be seen becomes visible. */
export function splitCells(line: string): readonly Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  const add = (text: string, width: number, start: number): void => {
    cells.push({ text, width, start });
    column += width;
  };
  for (const { segment, index } of segments(line)) {
    if (segment === "\t") {
      const width = tabStop - (column % tabStop);
      add(" ".repeat(width), width, index);
    } else if (plainText.test(segment)) {
      add(segment, segment.length, index);
    } else {
      const text = visibleCluster(segment);
      const shown = mark.test(text) ? `\u25cc${text}` : text;
      add(shown, text === segment ? (wide.test(segment) ? 2 : 1) : text.length, index);
    }
  }
  return cells;
}

/** Makes a text safe to print in one line: escape codes, bidi overrides and other invisible characters show as symbols. */
export function visibleText(text: string): string {
  if (plainText.test(text)) return text;
  return [...segments(text)].map(({ segment }) => visibleCluster(segment)).join("");
}

/** How many columns of a terminal a text of one line takes. */
export function textWidth(text: string): number {
  if (plainText.test(text)) return text.length;
  return splitCells(text).reduce((sum, cell) => sum + cell.width, 0);
}

/** How much is given to the segmenter at a time, UTF-16 units: each segment comes with a copy of all that it was given. */
const piece = 64;

function* segments(text: string): Iterable<{ readonly segment: string; readonly index: number }> {
  if (plainText.test(text)) {
    for (let index = 0; index < text.length; index++) yield { segment: text.charAt(index), index };
    return;
  }
  segmenter ??= new Intl.Segmenter("en", { granularity: "grapheme" });
  for (let start = 0; start < text.length;) {
    const isLast = start + piece >= text.length;
    const given = text.slice(start, start + piece);
    const found = [...segmenter.segment(isLast ? given : given.replace(/[\ud800-\udbff]$/, ""))];
    // The last character of a piece may go on in the next one; one that fills a piece is cut.
    if (!isLast && found.length > 1) found.pop();
    for (const { segment, index } of found) yield { segment, index: start + index };
    const last = found.at(-1);
    start += last === undefined ? piece : last.index + last.segment.length;
  }
}

function visibleCluster(cluster: string): string {
  if (!invisible.test(cluster)) return cluster;
  const emoji = pictograph.test(cluster);
  return [...cluster]
    .map((character) =>
      !invisible.test(character) || (emoji && emojiPart.test(character)) ? character : symbolFor(character),
    )
    .join("");
}

/** `␛` for C0 controls, `<U+202E>` for all else. */
function symbolFor(character: string): string {
  const code = character.codePointAt(0) as number;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}
