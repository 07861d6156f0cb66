import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { Edit } from "../edit-tokens.ts";
import { MAX_SYNTAX_ERRORS } from "../limits.ts";
import { rules } from "./rules.ts";
import type { Script } from "./script.ts";

/** What is said of the dialects of a file, and the edits after which it can be parsed. */
export interface Mends {
  readonly diagnostics: readonly Diagnostic[];
  readonly edits: readonly Edit[];
}

/** Words of dialects that the grammar takes for names. */
const dialectWords =
  /\b(?:for|while|loop|if|return|pass|as|end|times|name|dtype|trainable|batch_size|input_shape|input_dim|input_length|in_features|num_features|lambda|Lambda|view|add|Sequential|inputShape|inputDim|weight_decay|seed|affine|elementwise_affine)\b|\b(?:Reshape|Permute)\s*\(\s*-?\d|\bDense\s*\(\s*\w+\s*,\s*\d|\blabels\s*\[\s*\w|\binput\s*\[\s*(?:none\b|-|\[)/;

/** Whether a text without an error of syntax may yet have a habit of another language. */
export function mayHaveDialects(text: string): boolean {
  return dialectWords.test(text);
}

/** Looks for habits of other languages from the beginning to the end of a file; undefined where there is none. */
export function findMends(script: Script): Mends | undefined {
  const diagnostics: Diagnostic[] = [];
  const edits: Edit[] = [];
  for (let index = 0; index < script.tokens.length && diagnostics.length < MAX_SYNTAX_ERRORS;) {
    let goesOnAt = index + 1;
    for (const rule of rules) {
      const mend = rule(script, index);
      if (mend === undefined) continue;
      const made = mend.edits ?? mend.diagnostic.fix?.edits ?? [];
      if (made.some((edit) => edits.some((other) => overlap(edit, other)))) continue;
      diagnostics.push(mend.diagnostic);
      edits.push(...made);
      goesOnAt = Math.max(goesOnAt, mend.end ?? 0);
      break;
    }
    index = goesOnAt;
  }
  return diagnostics.length === 0 ? undefined : { diagnostics, edits };
}

function overlap({ span: a }: Edit, { span: b }: Edit): boolean {
  return a.start === b.start || (a.start < b.end && b.start < a.end);
}
