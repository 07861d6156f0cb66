/** A string literal of Python: its text, or what it is where it has none without being run. */
export type StringLiteral = { readonly value: string } | { readonly what: string };

const escapes: Readonly<Record<string, string>> = {
  "\n": "",
  "\r\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

/** Reads a string with its prefix and quotes. */
export function readString(image: string): StringLiteral {
  const [, prefix = "", quotes = ""] = /^([A-Za-z]*)("""|'''|["'])/.exec(image) ?? [];
  const kind = prefix.toLowerCase();
  const body = image.slice(prefix.length + quotes.length, image.length - quotes.length);
  if (kind.includes("b")) return { what: "a string of bytes" };
  if (kind.includes("t")) return { what: "a template string" };
  if (kind.includes("f") && /[{}]/.test(body)) return { what: "an f-string" };
  return { value: kind.includes("r") ? body : unescaped(body) };
}

/** Escapes that Python does not know stay as they are. */
function unescaped(text: string): string {
  return text.replace(
    /\\(?:(\r\n|[^])|$)(?:(?<=x)([\da-fA-F]{2})|(?<=u)([\da-fA-F]{4})|(?<=U)(00[\da-fA-F]{6}))?/g,
    (whole, escaped: string | undefined, ...codes: unknown[]) => {
      const code = codes.slice(0, 3).find((found) => typeof found === "string") as string | undefined;
      if (code !== undefined)
        return Number.parseInt(code, 16) <= 0x10ffff ? String.fromCodePoint(Number.parseInt(code, 16)) : whole;
      return escaped === undefined ? whole : Object.hasOwn(escapes, escaped) ? (escapes[escaped] as string) : whole;
    },
  );
}

/** A number literal of Python; undefined for an imaginary one. */
export function readNumber(image: string): { readonly value: number; readonly isInteger: boolean } | undefined {
  if (/j$/i.test(image)) return undefined;
  const plain = image.replaceAll("_", "");
  const isInteger = /^(?:0[xXoObB][\da-fA-F]+|\d+)$/.test(plain);
  return { value: Number(plain), isInteger };
}
