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

/** Words of dialects that the grammar takes for names, and what it takes for arguments, layers or values. */
const dialectWords = new RegExp(
  [
    String.raw`\b(?:for|while|loop|if|return|pass|as|end|times|lambda|Lambda|view|add|Sequential|new|self)\b`,
    String.raw`\b(?:name|dtype|input_shape|input_dim|input_length|inputShape|inputDim|in_features)\b`,
    String.raw`\b(?:num_features|num_channels|normalized_shape|batch_size|batchSize|weight_decay|seed|affine)\b`,
    String.raw`\b(?:elementwise_affine|inplace|fused|autocast|track_running_stats|load_weights|loadWeights)\b`,
    String.raw`\b(?:fit|summary|print|evaluate|build|range)\s*\(`,
    String.raw`\b(?:weights|labels)\s*=|\bDense\s*\([^()]*\b(?:rate|dropout)\s*=`,
    String.raw`\b(?:Reshape|Permute)\s*\(\s*-?\d|\bDense\s*\(\s*\w+\s*,\s*\d`,
    String.raw`\blabels\s*\[\s*\w|\binput\s*\[\s*(?:none\b|-|\[)|\]\s*(?:float|int|double|uint)\d*\s`,
    String.raw`\b(?:weights|from)\s*"[^"\n]*\\|[\s(\[,:][fFrRbBuU]{1,2}"`,
    String.raw`"[\t ]*prefix(?:[\t ]*\(|[\t ]+\w)`,
    String.raw`\b(?:int|trunc|round|sqrt|ceil|pow|len|float|max|min|abs|exp|log|sum)\s*\(|\(\s*0,\d+\s*\)`,
    String.raw`\b(?:Flatten|Identity|Global\w+1D)\s*\(\s*\d|\bActivityRegularization\s*\(\s*l[12]\s*\(`,
    String.raw`\bactivation\s*=\s*\w+\s*\(\s*[a-z]\w*\s*\)|\bReshape\s*\(\s*\[\s*none\b`,
    String.raw`\blet\s+\w+\s*=\s*\[?\s*[A-Z]\w*\s*\(`,
    String.raw`\blayer[\t ]+[A-Za-z_]|\bcompile\b[\t ]*[^\s(]`,
    // A label of two words.
    String.raw`[\n{][\t ]*[a-z]\w*[\t ]+\w+:`,
  ].join("|"),
);

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
