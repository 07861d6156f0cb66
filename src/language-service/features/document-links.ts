import type { Span } from "../../diagnostics/diagnostic.ts";
import type { Analysis } from "../analysis.ts";

/** A path in a file that leads to another one. */
export interface DocumentLink {
  /** The path without its quotes. */
  readonly span: Span;
  readonly kind: "import" | "weights";
  /** As written, relative to the file. */
  readonly path: string;
}

/** The paths of imports and of weights clauses. */
export function documentLinks({ file }: Analysis): readonly DocumentLink[] {
  const imports = file.imports.map(({ path }) => ({ kind: "import" as const, path }));
  const weights = file.declarations.flatMap((declaration) =>
    declaration.kind !== "model"
      ? []
      : declaration.body.flatMap((item) =>
          item.kind === "weights" ? [{ kind: "weights" as const, path: item.path }] : [],
        ),
  );
  return [...imports, ...weights]
    .filter(({ path }) => path.value !== "" && path.span.end - path.span.start >= 2)
    .map(({ kind, path: { span, value } }) => ({
      kind,
      span: { ...span, start: span.start + 1, end: span.end - 1 },
      path: value,
    }));
}
