import { visibleText } from "../../diagnostics/visible-text.ts";

/** Text of a user's file as Markdown that shows it as it is. Only what Markdown would read is escaped: terminals show it raw. */
export function escapeMarkdown(text: string): string {
  return visibleText(text)
    .replaceAll(/[\\`*[\]<>|~&$]/g, (sign) => `\\${sign}`)
    .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/^(\s*)([#+-])/, "$1\\$2")
    .replace(/^(\s*\d+)([.)])/, "$1\\$2");
}

/** A piece of code within a line; its own backticks are kept. */
export function inlineCode(text: string): string {
  const shown = visibleText(text.replaceAll(/\s+/g, " "));
  if (shown === "") return "";
  const ticks = "`".repeat(longestRun(shown) + 1);
  const space = shown.startsWith("`") || shown.endsWith("`") ? " " : "";
  return `${ticks}${space}${shown}${space}${ticks}`;
}

/** Lines of code, highlighted as a language. */
export function codeBlock(text: string, language = "layers"): string {
  const lines = text.split(/\r\n?|\n/).map(visibleText);
  const ticks = "`".repeat(Math.max(3, longestRun(text) + 1));
  return [`${ticks}${language}`, ...lines, ticks].join("\n");
}

/** A doc comment, which is Markdown by itself: only what could show something else than text is taken from it. */
export function docComment(doc: string | undefined): string {
  if (doc === undefined) return "";
  return doc
    .split("\n")
    .map((line) => visibleText(line).replaceAll("<", "&lt;").replaceAll(/!\[/g, "\\!\\["))
    .join("\n");
}

/** Paragraphs, without those that are empty. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== "").join("\n\n");
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
