import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { CheckContext } from "../context.ts";
import type { FileScope } from "../scope.ts";
import { usedNames } from "../used-names.ts";

export const unusedDeclaration = defineDiagnostic(
  "unused-declaration",
  "warning",
  "A let, a dim or a block is not used.",
  (at: { kind: "let" | "dim" | "block"; name: string }) => ({
    message: `The ${at.kind} '${at.name}' is not used`,
    help: "delete it; if it is there for other files, write a doc comment above it",
  }),
  () => ({
    meaning:
      "Nothing in the file uses the name, so it may be left over, or what should use it is written otherwise. What is there for other files has a doc comment, or stands in a file without models.",
    example: {
      kind: "source",
      source: "let hidden = 16 model M { input [4] Dense(8) Dense(3) }",
      mended: "let hidden = 16 model M { input [4] Dense(hidden) Dense(3) }",
    },
  }),
);

/** What a file with models declares and does not use. In a file with an error, that may hide the use. */
export function reportUnused({ file }: FileScope, context: CheckContext): void {
  const { declarations } = file;
  if (!declarations.some(({ kind }) => kind === "model")) return;
  const judged = declarations.filter(({ kind, doc }) => kind !== "model" && doc === undefined);
  if (judged.length === 0) return;
  const used = usedNames(declarations);
  for (const { kind, name } of judged) {
    if (kind === "model" || used.has(name.text)) continue;
    context.report(unusedDeclaration(name.span, { kind, name: name.text }));
  }
}
