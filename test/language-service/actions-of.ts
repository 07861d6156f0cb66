import { expect } from "vitest";
import type { CodeAction } from "../../src/language-service/actions/code-action.ts";
import { applyEdits } from "../../src/language-service/edits/apply-edits.ts";
import { codeActions } from "../../src/language-service/features/code-actions.ts";
import { open, path, type Files } from "./open.ts";

/** The actions for a text whose `«»` mark a selection, or `<|>` an offset, each with the text that it leaves. */
export async function actionsOf(
  marked: string,
  files: Files = {},
): Promise<readonly (CodeAction & { readonly result: string })[]> {
  const start = marked.indexOf("«");
  const end = marked.indexOf("»") - 1;
  const { analysis, text, offset, surroundings } = await open(marked.replaceAll(/[«»]/g, ""), files);
  const range = start < 0 ? { start: offset, end: offset } : { start, end };
  const actions = await codeActions(analysis, range, surroundings);
  return actions.map((action) => {
    expect(action.edits.every(({ span }) => span.file === path)).toBe(true);
    return { ...action, result: applyEdits(text, action.edits) };
  });
}
