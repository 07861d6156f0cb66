import type { ActionRequest, CodeAction } from "../actions/code-action.ts";
import { convertPython } from "../actions/convert-python.ts";
import { extractBlock } from "../actions/extract-block.ts";
import { fixes } from "../actions/fixes.ts";
import { inlineLet } from "../actions/inline-let.ts";
import { missingImports } from "../actions/missing-import.ts";
import { missingInputs } from "../actions/missing-input.ts";
import { organizeImports } from "../actions/organize-imports.ts";
import type { Analysis } from "../analysis.ts";
import type { Surroundings } from "../surroundings.ts";

type Source = (request: ActionRequest) => readonly CodeAction[] | Promise<readonly CodeAction[]>;

/** What actions there are, in the order in which they are shown. Adding one: its file and its line here. */
const sources: readonly Source[] = [
  missingInputs,
  missingImports,
  convertPython,
  fixes,
  extractBlock,
  inlineLet,
  organizeImports,
];

/** What can be done to what is selected, or to what stands at an offset. */
export async function codeActions(
  analysis: Analysis,
  range: { readonly start: number; readonly end: number },
  surroundings: Surroundings = {},
): Promise<readonly CodeAction[]> {
  const { result, source } = analysis;
  const touched = result.diagnostics.filter(
    ({ span }) => span?.file === source.path && span.start <= range.end && range.start <= span.end,
  );
  const request: ActionRequest = { analysis, range, touched, surroundings };
  return (await Promise.all(sources.map((actions) => actions(request)))).flat();
}
