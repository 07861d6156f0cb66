import type { Comment, Declaration, ImportDeclaration, ModelFile } from "../ast.ts";
import type { Source } from "../source.ts";
import { shiftSpans } from "./shift-spans.ts";
import type { TextChange } from "./text-change.ts";

/** The part of an old text that has been parsed again, and the comments that are in it now. */
export interface Replaced {
  readonly start: number;
  readonly oldEnd: number;
  readonly comments: readonly Comment[];
}

/**
 * A file with another text, of which a part has been parsed again: what stands behind that part is moved. The declarations
 * and imports are the new ones, with those that stay among them.
 */
export function moveFile(
  file: ModelFile,
  source: Source,
  change: TextChange,
  replaced: Replaced,
  parts: { readonly imports: readonly ImportDeclaration[]; readonly declarations: readonly Declaration[] },
): ModelFile {
  const distance = change.newEnd - change.oldEnd;
  const comments = file.comments ?? [];
  const before = comments.filter(({ span }) => span.start < replaced.start);
  const behind = comments.filter(({ span }) => span.start >= replaced.oldEnd);
  for (const comment of behind) shiftSpans(comment, distance);
  const { path, text } = source;
  return {
    kind: "model-file",
    source,
    imports: parts.imports,
    declarations: parts.declarations,
    span: { file: path, start: 0, end: text.length },
    comments: [...before, ...replaced.comments, ...behind],
  };
}
