/** A range of a text and what takes its place. */
export interface PlainEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** How many tokens may be left out or put in between two that are the same. */
const furthest = 100;

/** So many tokens have to be the same for the texts to be taken for parallel again. */
const enough = 4;

/**
 * Small edits that make one text of another, in order, for texts that differ in their layout: where both have the same tokens
 * nothing is touched but what stands between these. So cursors and folds stay where they are.
 */
export function editsBetween(before: string, after: string): readonly PlainEdit[] {
  const [old, now] = [tokensOf(before), tokensOf(after)];
  const edits: PlainEdit[] = [];
  /** Where in both texts what is the same ends. */
  let [from, newFrom] = [0, 0];
  const changeUpTo = (end: number, newEnd: number): void => {
    const edit = narrow(before, { start: from, end, text: after.slice(newFrom, newEnd) });
    if (edit.start < edit.end || edit.text !== "") edits.push(edit);
  };
  for (let [at, newAt] = [0, 0]; ; at++, newAt++) {
    const next = sameAgain(old, now, at, newAt);
    if (next === undefined) break;
    [at, newAt] = next;
    const [token, newToken] = [old[at] as Token, now[newAt] as Token];
    changeUpTo(token.start, newToken.start);
    from = token.start + token.text.length;
    newFrom = newToken.start + newToken.text.length;
  }
  changeUpTo(before.length, after.length);
  return edits;
}

interface Token {
  readonly start: number;
  readonly text: string;
}

/** Words and signs, without what is between them; signs that a layout adds or leaves out are between them too. */
function tokensOf(text: string): readonly Token[] {
  return [...text.matchAll(/[\p{L}\p{N}_.]+|[^\s,()"']/gu)].map((match) => ({ start: match.index, text: match[0] }));
}

/** The places from which both lists go on in the same way, with as little left out as can be. */
function sameAgain(
  old: readonly Token[],
  now: readonly Token[],
  at: number,
  newAt: number,
): readonly [number, number] | undefined {
  if (at < old.length && old[at]?.text === now[newAt]?.text) return [at, newAt];
  for (let distance = 1; distance <= furthest; distance++) {
    for (let left = 0; left <= distance; left++) {
      const place = [at + left, newAt + distance - left] as const;
      if (isParallel(old, now, ...place)) return place;
    }
  }
  return undefined;
}

function isParallel(old: readonly Token[], now: readonly Token[], at: number, newAt: number): boolean {
  if (at >= old.length || newAt >= now.length) return false;
  for (let ahead = 0; ahead < enough; ahead++) {
    const [token, newToken] = [old[at + ahead], now[newAt + ahead]];
    if (token?.text !== newToken?.text) return false;
    if (token === undefined) break;
  }
  return true;
}

/** An edit without what it leaves as it is. */
function narrow(before: string, { start, end, text }: PlainEdit): PlainEdit {
  const most = Math.min(end - start, text.length);
  let same = 0;
  while (same < most && before[start + same] === text[same]) same++;
  while (same > 0 && (isInside(before, start + same) || isInside(text, same))) same--;
  let behind = 0;
  while (behind < most - same && before[end - 1 - behind] === text[text.length - 1 - behind]) behind++;
  while (behind > 0 && (isInside(before, end - behind) || isInside(text, text.length - behind))) behind--;
  return { start: start + same, end: end - behind, text: text.slice(same, text.length - behind) };
}

/** Whether a place is within the end of a line, or within a character: no editor has such a place. */
function isInside(text: string, at: number): boolean {
  const around = text.slice(Math.max(at - 1, 0), at + 1);
  return around === "\r\n" || /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(around);
}
