import type { BodyItem, ModelFile } from "../../syntax/ast.ts";
import type { Frame } from "./frames.ts";

/** A place before an offset from which the text can be read, so that not all of a long file is. */
export interface Anchor {
  /** Where a statement begins. */
  readonly start: number;
  /** The brackets that are open there, the file first. */
  readonly frames: readonly Frame[];
}

/** Statements that are read again before the offset: a bracket that is missing in one of them may concern the next. */
const statementsBefore = 3;

/** The start of a statement some statements before an offset, in the innermost body around it; undefined near its start. */
export function anchorBefore({ declarations }: ModelFile, offset: number): Anchor | undefined {
  const declaration = declarations.findLast(({ span }) => span.start <= offset);
  if (declaration?.kind !== "model" && declaration?.kind !== "block") return undefined;
  if (declaration.isBodyLost === true || offset > declaration.span.end) return undefined;
  const parameters = declaration.kind === "block" ? declaration.parameters.map(({ name }) => name.text) : [];
  const file: Frame = { kind: "file", start: 0, items: [], parameters: [] };
  let frames: readonly Frame[] = [file, { ...file, kind: declaration.kind, start: declaration.span.start, parameters }];
  let found: Anchor | undefined;
  for (let body: readonly BodyItem[] = declaration.body; ;) {
    const at = body.findLastIndex(({ span }) => span.start < offset);
    const before = body[at - statementsBefore];
    if (before !== undefined) found = { start: before.span.start, frames };
    const item = body[at];
    if (item?.kind !== "repeat" || item.isBodyLost === true || item.body.length === 0) return found;
    frames = [
      ...frames,
      { ...file, kind: "repeat", start: item.body[0]?.span.start ?? item.span.start, parameters: [] },
    ];
    body = item.body;
  }
}
