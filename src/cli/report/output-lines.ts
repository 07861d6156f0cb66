import { visibleText } from "../../diagnostics/visible-text.ts";
import type { Output } from "../../node/plan-files.ts";
import { formatBytes } from "./format-bytes.ts";

/** `digits.layers -> digits.ts  14.2 kB` */
export function outputLine({ source, path, content, state }: Output, isWritten = true): string {
  const note = state === "current" ? " (unchanged)" : isWritten ? "" : " (not written)";
  return `${visibleText(source)} -> ${visibleText(path)}  ${formatBytes(content.length)}${note}\n`;
}

/** What `--check` of a command has found: `digits.ts is out of date: run layerc build for digits.layers` */
export function differingLine({ source, path, state }: Output, command: string): string {
  const what = state === "missing" ? "is missing" : "is out of date";
  return `${visibleText(path)} ${what}: run layerc ${command} for ${visibleText(source)}\n`;
}

/** An output in the JSON document. */
export function outputJson({ source, path, content, state }: Output): Readonly<Record<string, unknown>> {
  return { source, path, bytes: content.length, state };
}
