/** The comments that a text begins with. */
const leading = /^(?:\s|\/\/[^\r\n]*|\/\*[^]*?\*\/)*/;

/** Whether the comments at the beginning ask for formatting, as `// @format` does; for Prettier's `requirePragma`. */
export function hasPragma(text: string): boolean {
  return /@(?:format|prettier)\b/.test(leading.exec(text)?.[0] ?? "");
}

/** Whether they forbid it, as `// @noformat` does; for Prettier's `checkIgnorePragma`. */
export function hasIgnorePragma(text: string): boolean {
  return /@(?:noformat|noprettier)\b/.test(leading.exec(text)?.[0] ?? "");
}

/** The text with such a comment; for Prettier's `insertPragma`. */
export function insertPragma(text: string): string {
  return `// @format\n\n${text}`;
}
