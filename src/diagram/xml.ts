/** An attribute is left out where it is undefined. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element of XML with its content, which is XML already. */
export function xmlElement(name: string, attributes: Attributes, content = ""): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  const start = `<${name}${written.join("")}`;
  return content === "" ? `${start}/>` : `${start}>${content}</${name}>`;
}

/** A text for content and attributes, whatever is in it: what XML 1.0 has no place for becomes U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .replaceAll(/[&<>"'\t\n\r]/g, (character) => entities[character] ?? character)
    .replaceAll(unwritable, "\ufffd");
}

/** In attributes, white space but spaces would become spaces. */
const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};
/** Everything beside `Char` of XML 1.0; lone surrogates are those that `u` matches by themselves. */
// oxlint-disable-next-line no-control-regex
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
