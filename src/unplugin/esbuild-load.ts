import path from "node:path";
import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import { mapLines } from "../diagnostics/line-map.ts";
import { visibleText } from "../diagnostics/visible-text.ts";
import type { Source } from "../syntax/source.ts";
import type { CompiledModule } from "./compile-module.ts";
import type { ModuleMap } from "./source-map.ts";

/** A message of esbuild; it prints the line of the source itself. */
interface EsbuildMessage {
  readonly text: string;
  readonly location: EsbuildLocation | null;
  readonly notes: { readonly text: string; readonly location: EsbuildLocation | null }[];
}

/** `line` counts from 1, `column` from 0; `column` and `length` are bytes of UTF-8. */
interface EsbuildLocation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly lineText: string;
}

/** What esbuild takes from a load hook. */
export interface EsbuildLoaded {
  readonly contents: string;
  readonly loader: "js";
  readonly resolveDir: string;
  readonly errors: EsbuildMessage[];
  readonly warnings: EsbuildMessage[];
  readonly watchFiles: string[];
}

/**
 * A compiled module for esbuild. Written out because `unplugin` hands it neither several errors nor the marked part of a
 * line.
 */
export function toEsbuild(module: CompiledModule, id: string): EsbuildLoaded {
  const { output, diagnostics, sources, dependencies } = module;
  const told = (severity: Diagnostic["severity"]): EsbuildMessage[] =>
    diagnostics
      .filter((diagnostic) => diagnostic.severity === severity)
      .map((diagnostic) => toMessage(diagnostic, sources));
  return {
    contents: output === undefined ? "" : `${output.code}${inlineMap(output.map)}`,
    loader: "js",
    resolveDir: path.dirname(id),
    errors: told("error"),
    warnings: told("warning"),
    watchFiles: [id, ...dependencies],
  };
}

function inlineMap(map: ModuleMap): string {
  const bytes = Buffer.from(JSON.stringify(map));
  return `//# sourceMappingURL=data:application/json;base64,${bytes.toString("base64")}\n`;
}

function toMessage(diagnostic: Diagnostic, sources: readonly Source[]): EsbuildMessage {
  const { code, message, label, span, related, help } = diagnostic;
  const plain = (text: string | undefined): EsbuildMessage["notes"] =>
    text === undefined ? [] : [{ text: visibleText(text), location: null }];
  return {
    text: `${code}: ${visibleText(message)}`,
    location: locate(span, sources),
    notes: [
      ...plain(label),
      ...related.map((place) => ({ text: visibleText(place.message), location: locate(place.span, sources) })),
      ...plain(help),
    ],
  };
}

function locate(span: Span | undefined, sources: readonly Source[]): EsbuildLocation | null {
  const source = sources.find(({ path: file }) => file === span?.file);
  if (span === undefined || source === undefined) return null;
  const lines = mapLines(source.text);
  const { line, column } = lines.position(span.start);
  const { text, start } = lines.line(line);
  const marked = text.slice(column - 1, span.end - start);
  return {
    file: span.file,
    line,
    column: Buffer.byteLength(text.slice(0, column - 1)),
    length: Buffer.byteLength(marked),
    lineText: text,
  };
}
