import { MarkupKind, type MarkupContent } from "vscode-languageserver";

/** A text that is written in Markdown, for a client that shows Markdown or does not. */
export function markup(markdown: string, showsMarkdown: boolean): MarkupContent {
  if (showsMarkdown) return { kind: MarkupKind.Markdown, value: markdown };
  return { kind: MarkupKind.PlainText, value: plainText(markdown) };
}

/** Markdown without its signs: those of code, of strong words, and the backslashes before others. */
function plainText(markdown: string): string {
  return markdown
    .replaceAll(/^```.*\n?/gm, "")
    .replaceAll(/\*\*([^*\n]+)\*\*/g, "$1")
    .replaceAll(/`([^`\n]*)`/g, "$1")
    .replaceAll(/\\([\\`*_{}[\]()#+.!<>|~-])/g, "$1")
    .trim();
}
