import {
  DocumentFormattingRequest,
  DocumentRangeFormattingRequest,
  DocumentRangesFormattingRequest,
  type FormattingOptions,
  type Range,
  type TextEdit,
} from "vscode-languageserver";
import type { FormatOptions, FormatWishes } from "../../format/format-options.ts";
import { formattingEdits, rangeFormattingEdits } from "../../language-service/index.ts";
import { checkPosition, documentRequest, whileSameText, type Asked } from "./define-request.ts";

/** `textDocument/formatting`; null, as for the others, for a text with errors of syntax, and for one that is to be left alone. */
const formatting = documentRequest(
  DocumentFormattingRequest.type,
  { documentFormattingProvider: true },
  async ({ options }, asked) => {
    const { text } = asked.analysis.source;
    const formatted = await format(asked, { withoutConfig: { ...indentOf(options), endOfLine: "auto" } });
    return formatted === undefined ? null : lspEdits(formattingEdits(text, formatted), asked);
  },
  whileSameText,
);

/** `textDocument/rangeFormatting` */
const rangeFormatting = documentRequest(
  DocumentRangeFormattingRequest.type,
  ({ formatsRanges }) => ({ documentRangeFormattingProvider: formatsRanges ? { rangesSupport: true } : true }),
  ({ range, options }, asked) => formatRanges([range], options, asked),
  whileSameText,
);

/** `textDocument/rangesFormatting` */
const rangesFormatting = documentRequest(
  DocumentRangesFormattingRequest.type,
  {},
  ({ ranges, options }, asked) => formatRanges(Array.isArray(ranges) ? ranges : [], options, asked),
  whileSameText,
);

/** The layout of a document, by Prettier. */
export const formattingRequests = [formatting, rangeFormatting, rangesFormatting];

async function formatRanges(
  ranges: readonly Range[],
  options: FormattingOptions,
  asked: Asked,
): Promise<TextEdit[] | null> {
  const { text } = asked.analysis.source;
  const offsetOf = asked.own.offset;
  const spans = ranges.map((range) => ({
    start: offsetOf(checkPosition(range?.start, "range")),
    end: offsetOf(checkPosition(range?.end, "range")),
  }));
  // What is around the range keeps the ends of its lines.
  const formatted = await format(asked, { withoutConfig: indentOf(options), always: { endOfLine: "auto" } });
  return formatted === undefined ? null : lspEdits(await rangeFormattingEdits(text, formatted, spans), asked);
}

async function format({ analysis: { source }, session }: Asked, wishes: FormatWishes): Promise<string | undefined> {
  const { project } = await session.projects.of(source.path);
  return project.format(source, wishes, session.folders);
}

/** What the editor indents by. Clients leave it out, though the protocol asks for it. */
function indentOf(options: Partial<FormattingOptions> | null | undefined): FormatOptions {
  const { tabSize, insertSpaces } = options ?? {};
  return {
    ...(Number.isInteger(tabSize) && (tabSize as number) > 0 ? { tabWidth: tabSize as number } : {}),
    ...(typeof insertSpaces === "boolean" ? { useTabs: !insertSpaces } : {}),
  };
}

function lspEdits(edits: ReturnType<typeof formattingEdits>, { own }: Asked): TextEdit[] {
  return edits.map((edit) => ({ range: own.range(edit), newText: edit.text }));
}
