import { applyFixes, type FixedText } from "../../diagnostics/apply-fixes.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { mapLines } from "../../diagnostics/line-map.ts";
import type { Source } from "../../syntax/source.ts";

/** A fix that was applied. */
export interface AppliedFix {
  readonly code: string;
  readonly title: string;
  /** Where it stood in the text that its round began with. */
  readonly line: number;
}

/** What fixes have made of a file. */
export interface FixedFile {
  readonly text: string;
  readonly rounds: number;
  readonly applied: readonly AppliedFix[];
  readonly errors: { readonly before: number; readonly after: number };
}

/** Fixes that reveal what has more fixes are few; this ends those that would go on forever. */
const mostRounds = 20;

/**
 * Applies all fixes of a file, checks what they make of it, and so on, until there are none. A round that would raise the
 * number of errors is taken back, and its fixes are tried one by one.
 */
export async function fixFile(
  source: Source,
  first: readonly Diagnostic[],
  check: (source: Source) => Promise<readonly Diagnostic[]>,
): Promise<FixedFile> {
  const { path } = source;
  const applied: AppliedFix[] = [];
  const before = countErrors(first);
  let { text } = source;
  let diagnostics = first;
  let rounds = 0;
  const seen = new Set([text]);

  const take = async (fixed: FixedText | undefined): Promise<boolean> => {
    if (fixed === undefined || seen.has(fixed.text)) return false;
    const next = await check({ path, text: fixed.text });
    if (countErrors(next) > countErrors(diagnostics)) return false;
    const lines = mapLines(text);
    for (const { code, fix } of fixed.applied) {
      applied.push({ code, title: fix.title, line: lines.position(fix.edits[0]?.span.start ?? 0).line });
    }
    seen.add(fixed.text);
    text = fixed.text;
    diagnostics = next;
    rounds += 1;
    return true;
  };

  const takeOne = async (): Promise<boolean> => {
    for (const diagnostic of diagnostics) {
      if (await take(applyFixes(path, text, [diagnostic]))) return true;
    }
    return false;
  };
  for (let turn = 0; turn < mostRounds; turn++) {
    if (!(await take(applyFixes(path, text, diagnostics))) && !(await takeOne())) break;
  }
  return { text, rounds, applied, errors: { before, after: countErrors(diagnostics) } };
}

function countErrors(diagnostics: readonly Diagnostic[]): number {
  return diagnostics.filter(({ severity }) => severity === "error").length;
}
