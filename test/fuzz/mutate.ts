import type { Random } from "./random.ts";

const values = [0, 1, 0x7f, 0x80, 0xff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x1000_0000, 0x0600_0000];

/** A file with some of its bits flipped, fields changed, parts doubled, moved or cut off. */
export function mutateBytes(sound: Uint8Array, random: Random): Uint8Array {
  let bytes = Uint8Array.from(sound);
  for (let times = 1 + random.int(4); times > 0 && bytes.length > 16; times--) {
    const at = random.int(bytes.length - 8);
    const view = new DataView(bytes.buffer);
    switch (random.int(8)) {
      case 0:
        bytes = bytes.slice(0, random.int(bytes.length));
        break;
      case 1: {
        const part = bytes.slice(at, at + random.int(64));
        bytes.set(
          part.subarray(0, Math.max(0, bytes.length - at)),
          random.int(Math.max(1, bytes.length - part.length)),
        );
        break;
      }
      case 2:
        view.setUint32(at, random.pick(values), random.chance(0.8));
        break;
      case 3:
        view.setUint16(at, random.pick(values), true);
        break;
      case 4:
        bytes[at] = random.int(256);
        break;
      case 5:
        bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + random.int(16))]);
        break;
      default:
        bytes[at] = (bytes[at] as number) ^ (1 << random.int(8));
    }
  }
  return bytes;
}

const inserted = [
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  '"',
  "/*",
  "*/",
  "///",
  "__proto__",
  "null",
  "1e999",
  "NaN",
  "\u0000",
  "\u2028",
  "ü",
  "😀",
  "=",
  ",",
  "-",
  "\\",
];

/** A text with words exchanged, doubled, left out, and others put in. */
export function mutateText(text: string, random: Random): string {
  const words = text.match(/\w+|\s+|[^]/g) ?? [];
  for (let times = 1 + random.int(5); times > 0; times--) {
    const at = random.int(words.length + 1);
    switch (random.int(5)) {
      case 0:
        words.splice(at, 1 + random.int(3));
        break;
      case 1:
        words.splice(at, 0, random.pick(inserted));
        break;
      case 2:
        words.splice(at, 1, random.pick(words));
        break;
      case 3:
        words.splice(at, 0, ...words.slice(at, at + random.int(20)));
        break;
      default:
        words.splice(at, 1, String(random.pick([-1, 0, 2, 1e9, 0.5, 3])));
    }
  }
  return words.join("");
}

const scalars = ["0", "1", "-1", "2", "0.5", "1e9", "true", "false", "null", '"relu"', '"linear"', "[]", '"int32"'];

/** A text in JSON of which one or two values, but no keys, are others: most of what comes of it can be read. */
export function mutateValues(text: string, random: Random): string {
  let changed = text;
  for (let times = 1 + random.int(2); times > 0; times--) {
    const found = [...changed.matchAll(/"(?:[^"\\]|\\.)*"(?!\s*:)|-?\d[\d.eE+-]*|true|false|null/g)];
    if (found.length === 0) return changed;
    const { index, 0: value } = random.pick(found);
    const other = random.chance(0.5) ? random.pick(found)[0] : random.pick(scalars);
    changed = `${changed.slice(0, index)}${other}${changed.slice(index + value.length)}`;
  }
  return changed;
}
