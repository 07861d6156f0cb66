import type { Diagnostic, Span } from "../../src/diagnostics/diagnostic.ts";
import { mapLines } from "../../src/diagnostics/line-map.ts";
import { mistakenPath, type Round } from "./check-mistake.ts";
import { library } from "./mistake-host.ts";

/**
 * All that is told of a mistake, as text: the diagnostics of its source, then for each round of fixes how many errors they
 * have left, the lines they have changed, and what is told of these.
 */
export function describeRounds(rounds: readonly Round[]): string {
  const lines = rounds.flatMap(({ source, diagnostics, errors }, at) => {
    const before = rounds[at - 1];
    const told = diagnostics.map((diagnostic) => describe(diagnostic, source));
    if (before === undefined) return [`--- ${count(errors)}`, ...told];
    const trend = errors > 0 && errors >= before.errors ? `, before: ${before.errors}` : "";
    return [`--- fixed, round ${at}: ${count(errors)}${trend}`, ...changedLines(before.source, source), ...told];
  });
  return `${lines.join("\n")}\n`;
}

function count(errors: number): string {
  return errors === 0 ? "no errors" : `${errors} error${errors === 1 ? "" : "s"}`;
}

function describe({ code, severity, span, message, label, related, help, fix }: Diagnostic, source: string): string {
  return [
    `${severity}[${code}] ${place(span, source)} ${message}`,
    ...(label === undefined ? [] : [`label: ${label}`]),
    ...related.map((other) => `see ${place(other.span, source)} ${other.message}`),
    ...(help === undefined ? [] : [`help: ${help}`]),
    ...(fix === undefined ? [] : [`fix: ${fix.title}`]),
  ].join("\n  ");
}

/** `3:5 «Dense»`: line, column and the text that is marked; long ones are cut. */
function place(span: Span | undefined, source: string): string {
  if (span === undefined) return "nowhere";
  const isOwn = span.file === mistakenPath;
  const text = isOwn ? source : library;
  const { line, column } = mapLines(text).position(span.start);
  const marked = text.slice(span.start, span.end).replace(/\s+/g, " ");
  const shown = marked.length > 40 ? `${marked.slice(0, 37)}...` : marked;
  return `${isOwn ? "" : `${span.file}:`}${line}:${column} «${shown}»`;
}

/** The lines of the later text that are not those of the earlier one, between the lines that both begin and end with. */
function changedLines(before: string, after: string): readonly string[] {
  const old = before.trimEnd().split("\n");
  const now = after.trimEnd().split("\n");
  let start = 0;
  while (start < now.length && now[start] === old[start]) start++;
  let end = 0;
  while (end < Math.min(now.length, old.length) - start && now.at(-1 - end) === old.at(-1 - end)) end++;
  const inPlace = now.length === old.length;
  return now
    .map((line, at) => ({ line, at }))
    .slice(start, now.length - end)
    .filter(({ line, at }) => !inPlace || line !== old[at])
    .map(({ line, at }) => `${at + 1} | ${line}`.trimEnd());
}
