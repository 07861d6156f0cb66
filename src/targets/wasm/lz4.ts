/** The shortest repetition that the format can express. */
const shortest = 4;
/** The format ends with literals; a repetition may not begin closer to the end than this. */
const lastStart = 12;
const lastLiterals = 5;
/** Earlier places that are looked at, the last ones first: more of them take time and hardly find longer repetitions. */
const mostPlaces = 64;
const farthest = 65_535;

/**
 * Compresses bytes to an LZ4 block (github.com/lz4/lz4, doc/lz4_Block_format.md): literals and repetitions of earlier bytes.
 * WebAssembly of unrolled loops shrinks to a third, and a reader takes a dozen lines of JavaScript.
 */
export function compressLz4(bytes: Uint8Array): Uint8Array {
  const output: number[] = [];
  const seen = new Map<number, number[]>();
  let literals = 0;
  let noted = 0;
  for (let at = 0; at < bytes.length - lastStart;) {
    const match = longestMatch(bytes, at, note(bytes, seen, noted, at));
    noted = at;
    // A longer repetition that starts a byte later is worth a literal.
    const later = match.length > 0 ? longestMatch(bytes, at + 1, note(bytes, seen, noted, at + 1)) : match;
    noted = Math.max(noted, match.length > 0 ? at + 1 : at);
    if (match.length === 0 || later.length > match.length + 1) {
      at++;
      continue;
    }
    writeSequence(output, bytes.subarray(literals, at), match);
    at += match.length;
    literals = at;
  }
  writeSequence(output, bytes.subarray(literals), undefined);
  return Uint8Array.from(output);
}

interface Match {
  readonly distance: number;
  readonly length: number;
}

/** Notes the places of all four bytes before `end`; gives the map. */
function note(
  bytes: Uint8Array,
  seen: Map<number, number[]>,
  start: number,
  end: number,
): ReadonlyMap<number, readonly number[]> {
  for (let at = start; at < end; at++) {
    const key = fourBytes(bytes, at);
    const places = seen.get(key);
    if (places === undefined) seen.set(key, [at]);
    else places.push(at);
  }
  return seen;
}

function longestMatch(bytes: Uint8Array, at: number, seen: ReadonlyMap<number, readonly number[]>): Match {
  let best: Match = { distance: 0, length: 0 };
  if (at >= bytes.length - lastStart) return best;
  const places = seen.get(fourBytes(bytes, at)) ?? [];
  for (let nth = places.length - 1; nth >= Math.max(0, places.length - mostPlaces); nth--) {
    const place = places[nth] as number;
    if (at - place > farthest) break;
    let length = shortest;
    while (at + length < bytes.length - lastLiterals && bytes[place + length] === bytes[at + length]) length++;
    if (length > best.length) best = { distance: at - place, length };
  }
  return best;
}

function fourBytes(bytes: Uint8Array, at: number): number {
  return (
    ((bytes[at] as number) |
      ((bytes[at + 1] as number) << 8) |
      ((bytes[at + 2] as number) << 16) |
      ((bytes[at + 3] as number) << 24)) >>>
    0
  );
}

/** A token with two lengths, what they lack, the literals, the distance. */
function writeSequence(output: number[], literals: Uint8Array, match: Match | undefined): void {
  const matchLength = match === undefined ? 0 : match.length - shortest;
  output.push((Math.min(literals.length, 15) << 4) | Math.min(matchLength, 15));
  writeRest(output, literals.length);
  for (const byte of literals) output.push(byte);
  if (match === undefined) return;
  output.push(match.distance & 255, match.distance >> 8);
  writeRest(output, matchLength);
}

function writeRest(output: number[], length: number): void {
  if (length < 15) return;
  let rest = length - 15;
  for (; rest >= 255; rest -= 255) output.push(255);
  output.push(rest);
}
