import { counted } from "./counted.ts";
import type { Diagnostic, Severity, Span } from "./diagnostic.ts";
import { layoutFrame, type FrameRow, type Place } from "./frame.ts";
import { MAX_RELATED_SHOWN } from "./limits.ts";
import { mapLines, type LineMap } from "./line-map.ts";
import { plainPalette, type Palette } from "./palette.ts";
import { visibleText } from "./visible-text.ts";

/** A text that diagnostics point into, by the path their spans name. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

export interface RenderOptions {
  /** Colours; none by default. */
  readonly palette?: Palette;
}

/**
 * Prints diagnostics for people, each with the lines it speaks of, separated by empty lines. Nothing of a user's file
 * reaches the terminal as a control code. Ends with a line end unless there are none.
 */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: readonly SourceText[],
  options: RenderOptions = {},
): string {
  const palette = options.palette ?? plainPalette;
  const lineMaps = new Map(sources.map((source) => [source.path, mapLines(source.text)]));
  return diagnostics.map((diagnostic) => `${renderDiagnostic(diagnostic, lineMaps, palette)}\n`).join("\n");
}

function renderDiagnostic(diagnostic: Diagnostic, sources: ReadonlyMap<string, LineMap>, palette: Palette): string {
  const paint = paintFor(diagnostic.severity, palette);
  const title = paint(`${diagnostic.severity}[${diagnostic.code}]`);
  const frames = framesOf(diagnostic, sources);
  const numberWidth = Math.max(1, ...frames.map((frame) => String(frame.lastLine).length));
  const margin = " ".repeat(numberWidth);

  const lines = [`${title}${palette.strong(`: ${visibleText(diagnostic.message)}`)}`];
  for (const frame of frames) {
    lines.push(`${margin} ${palette.frame("┌─")} ${visibleText(frame.location)}`);
    for (const row of frame.rows) lines.push(renderRow(row, numberWidth, palette, paint));
  }
  for (const related of diagnostic.related.slice(0, MAX_RELATED_SHOWN)) {
    if (!sources.has(related.span.file)) lines.push(...note(`see ${related.span.file}`, related.message));
  }
  const more = diagnostic.related.length - MAX_RELATED_SHOWN;
  if (more > 0) lines.push(...note("see", `${counted(more, "more place")}, not shown`));
  if (diagnostic.help !== undefined) lines.push(...note("help", diagnostic.help));
  if (diagnostic.fix !== undefined) lines.push(...note("fix", diagnostic.fix.title));
  return lines.join("\n");

  function note(kind: string, text: string): readonly string[] {
    const lead = `${visibleText(kind)}: `;
    return text
      .split(/\r?\n/)
      .map((line, index) =>
        index === 0
          ? `${margin} ${palette.frame("=")} ${palette.strong(lead)}${visibleText(line)}`
          : `${margin}   ${" ".repeat(lead.length)}${visibleText(line)}`,
      );
  }
}

interface Frame {
  /** `model.layers:7:3` */
  readonly location: string;
  readonly rows: readonly FrameRow[];
  readonly lastLine: number;
}

/** One frame per file: the diagnostic's own first, then those of related places in order of mention. */
function framesOf(diagnostic: Diagnostic, sources: ReadonlyMap<string, LineMap>): readonly Frame[] {
  const places: Place[] = [];
  if (diagnostic.span !== undefined) {
    places.push({ span: diagnostic.span, label: diagnostic.label ?? "", primary: true });
  }
  for (const related of diagnostic.related.slice(0, MAX_RELATED_SHOWN)) {
    places.push({ span: related.span, label: related.message, primary: false });
  }
  const files = [...new Set(places.map((place) => place.span.file))];
  return files.flatMap((file): readonly Frame[] => {
    const lines = sources.get(file);
    const inFile = places.filter((place) => place.span.file === file);
    const first = inFile[0] as Place;
    if (lines === undefined) {
      // No text to show, e.g. a weight file: its name alone, and only for the diagnostic's own place.
      return first.primary ? [{ location: file, rows: [], lastLine: 0 }] : [];
    }
    const rows = layoutFrame(inFile, lines);
    const lastLine = Math.max(...rows.map((row) => (row.kind === "source" ? row.line : 0)));
    return [{ location: locationOf(first.span, lines), rows, lastLine }];
  });
}

function locationOf(span: Span, lines: LineMap): string {
  const { line, column } = lines.position(span.start);
  return `${span.file}:${line}:${column}`;
}

function renderRow(row: FrameRow, numberWidth: number, palette: Palette, paint: (text: string) => string): string {
  const bar = (number: string): string => palette.frame(`${number.padStart(numberWidth)} │`);
  switch (row.kind) {
    case "source":
      return row.text === "" ? bar(String(row.line)) : `${bar(String(row.line))} ${row.text}`;
    case "marks":
      return `${bar("")} ${" ".repeat(row.indent)}${row.primary ? paint(row.text) : palette.related(row.text)}`;
    case "gap":
      return palette.frame(`${" ".repeat(numberWidth)} ⋮`);
  }
}

function paintFor(severity: Severity, palette: Palette): (text: string) => string {
  switch (severity) {
    case "error":
      return palette.error;
    case "warning":
      return palette.warning;
    case "hint":
      return palette.hint;
  }
}
