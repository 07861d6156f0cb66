import type { ImportDeclaration } from "../../syntax/ast.ts";
import { refactoring, type ActionRequest, type CodeAction } from "./code-action.ts";

/** The imports by path and name, each file once, without names that are not used. Comments among them are in the way. */
export function organizeImports({ analysis, range }: ActionRequest): readonly CodeAction[] {
  const { file, source, result } = analysis;
  const [first] = file.imports;
  const last = file.imports.at(-1);
  if (first === undefined || last === undefined) return [];
  const { start } = first.span;
  const { end } = last.span;
  const isAsked = range.start <= end && start <= range.end;
  const isWhole = range.start === 0 && range.end >= source.text.length;
  if (!isAsked && !isWhole) return [];
  if (file.comments?.some(({ span }) => start <= span.start && span.start < end)) return [];
  if (file.declarations.some(({ span }) => start < span.start && span.start < end)) return [];
  const unused = new Set(
    result.diagnostics.flatMap(({ code, span }) =>
      code === "unused-import" && span !== undefined ? [span.start] : [],
    ),
  );
  const eol = source.text.includes("\r\n") ? "\r\n" : "\n";
  const text = organized(file.imports, unused).join(eol);
  if (text === source.text.slice(start, end)) return [];
  return [
    refactoring("source.organizeImports", "Organize imports", [{ span: { file: source.path, start, end }, text }]),
  ];
}

function organized(imports: readonly ImportDeclaration[], unused: ReadonlySet<number>): readonly string[] {
  const byPath = new Map<string, Set<string>>();
  for (const { path, names } of imports) {
    const known = byPath.get(path.value) ?? new Set();
    for (const { text, span } of names) if (!unused.has(span.start)) known.add(text);
    byPath.set(path.value, known);
  }
  return [...byPath]
    .filter(([, names]) => names.size > 0)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, names]) => `import { ${[...names].sort().join(", ")} } from ${JSON.stringify(path)}`);
}
