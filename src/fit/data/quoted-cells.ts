/** How quotes stand in CSV (RFC 4180): around a whole cell, doubled within. */

/** Where the last record that ends in a text ends: behind a line end outside of quotes. 0 where none does. */
export function lastRecordEnd(text: string, delimiter: string): number {
  let end = 0;
  let outside = 0;
  for (;;) {
    const quote = openingQuote(text, outside, delimiter);
    const lineEnd = text.lastIndexOf("\n", (quote < 0 ? text.length : quote) - 1);
    if (lineEnd >= outside) end = lineEnd + 1;
    const close = quote < 0 ? -1 : closingQuote(text, quote, delimiter);
    if (close < 0) return end;
    outside = close + 1;
  }
}

/** Where a cell stands in a text of whole records; both counted from 0. A cell that a row lacks is at the end of the row. */
export function findCell(
  text: string,
  delimiter: string,
  row: number,
  column: number,
): { readonly start: number; readonly end: number } {
  let start = 0;
  for (let atRow = 0, atColumn = 0; ;) {
    const end = cellEnd(text, start, delimiter);
    const isLast = end >= text.length || text.charAt(end) !== delimiter;
    if (atRow === row && (atColumn === column || isLast)) {
      return atColumn === column ? { start, end } : { start: end, end };
    }
    if (end >= text.length) return { start: end, end };
    start = end + (text.startsWith("\r\n", end) ? 2 : 1);
    atRow += isLast ? 1 : 0;
    atColumn = isLast ? 0 : atColumn + 1;
  }
}

function cellEnd(text: string, start: number, delimiter: string): number {
  const close = text.charAt(start) === '"' ? closingQuote(text, start, delimiter) : -1;
  for (let at = close < 0 ? start : close + 1; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === delimiter || character === "\n" || character === "\r") return at;
  }
  return text.length;
}

/** The next quote that begins a cell; -1 for none. */
function openingQuote(text: string, from: number, delimiter: string): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    const before = text.charAt(at - 1);
    if (at === 0 || before === delimiter || before === "\n" || before === "\r") return at;
  }
  return -1;
}

/** The quote that ends a cell; -1 where the cell goes on behind the text. One that anything else follows ends none. */
function closingQuote(text: string, open: number, delimiter: string): number {
  for (let at = text.indexOf('"', open + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    if (text.charAt(at + 1) === '"') {
      at += 1;
      continue;
    }
    let next = at + 1;
    while (text.charAt(next) === " ") next += 1;
    const behind = text.charAt(next);
    if (behind === "" || behind === delimiter || behind === "\n" || behind === "\r") return at;
  }
  return -1;
}
