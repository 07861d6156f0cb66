/**
 * A line of text as it may stand in a comment of generated code; all text of users gets there through this. It ends no comment and
 * no script of a page, stays on its line, hides nothing, and tells no tool what to do with the code around it: what would is
 * written with a character that looks the same.
 */
export function commentText(line: string): string {
  return replacements.reduce((text, [pattern, instead]) => text.replace(pattern, instead), line).trimEnd();
}

/** Tags of documentation that only document. Others say what a compiler, a bundler or a test runner does. */
const passiveTags = "author|deprecated|example|link|linkcode|linkplain|remarks|see|since|todo|version";

// The comments below begin with words of their own, so that no tool takes what they list for a directive.
const replacements: readonly (readonly [RegExp, string])[] = [
  [/[\r\n\u2028\u2029]/g, " "],
  [/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu, "\ufffd"],
  [/\*\//g, "*\\/"],
  [/<(?=\/|!--)/g, "<\\"],
  [/-->/g, "--\\>"],
  // Tags of compilers, bundlers and test runners: @ts-nocheck, @vite-ignore, @type, the marks of pure functions. Some are looked
  // for within words too.
  [new RegExp(`(?<![\\w.])@(?!(?:${passiveTags})\\b)(?=\\w)|@(?=jsx|ts-|vite|jest-|__)`, "gi"), "\uff20"],
  // The mark of a pure call, and that of a #region
  [/#(?=__|(?:end)?region\b)/gi, "\uff03"],
  [/(?<=source(?:Mapping)?URL\s*)=/gi, "\uff1d"],
  // Words of linters and formatters with hyphens: eslint-disable-next-line, prettier-ignore, deno-lint-ignore-file
  [/(?<=\w)-(?=(?:ignore|disable|enable|lint|next)\b)/gi, "\u2011"],
  // Words of linters with colons: tslint:disable, jshint ignore:line
  [/:(?=\s*(?:ignore|disable|enable)\b)|(?<=\bignore):/gi, "\uff1a"],
  // Words of coverage tools: c8 ignore next, node:coverage disable
  [/(?<=istanbul|c8|v8|coverage|jshint)\s+(?=(?:ignore|disable|enable)\b)/gi, "\u2011"],
  // Names of bundlers: webpackIgnore, webpackChunkName
  [/(?<=(?:web|turbo)pack)(?=[A-Z])/g, "\u2011"],
];
