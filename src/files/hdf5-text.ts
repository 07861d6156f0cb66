/**
 * A string that the HDF5 library gives for a type marked as ASCII, as UTF-8 if its bytes are. NumPy marks UTF-8 so: a layer
 * `größe` of Keras comes as `grÃ¶Ã\x9Fe`. The library decodes fixed-length strings as windows-1252, others as latin1.
 */
export function asUtf8(text: string): string {
  if (/^\p{ASCII}*$/u.test(text)) return text;
  const bytes = Uint8Array.from(text, (char) => byteOf.get(char) ?? char.charCodeAt(0));
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Another encoding: what the library made of it is as good a name as any.
    return text;
  }
}

/** The bytes that windows-1252 gives other characters than latin1. */
const byteOf: ReadonlyMap<string, number> = new Map(
  Array.from({ length: 32 }, (_, index) => {
    const byte = 0x80 + index;
    return [new TextDecoder("windows-1252").decode(Uint8Array.of(byte)), byte] as const;
  }),
);
