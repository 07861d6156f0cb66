import type { Declaration } from "../../syntax/ast.ts";
import type { Analysis } from "../analysis.ts";

/** A name that a file can use, and what it means. */
export interface ScopedName {
  readonly name: string;
  /** Undefined for an imported name that leads nowhere. */
  readonly declaration: Declaration | undefined;
}

/** What a file declares and imports, each name once. */
export function namesInScope({ file, program }: Analysis): readonly ScopedName[] {
  const names = new Map<string, ScopedName>();
  const add = (name: string, declaration: Declaration | undefined): void => {
    if (!names.has(name)) names.set(name, { name, declaration });
  };
  for (const declaration of file.declarations) add(declaration.name.text, declaration);
  for (const statement of file.imports) {
    const path = program.imports.get(statement);
    const target = path === undefined ? undefined : program.files.get(path);
    for (const { text } of statement.names) {
      add(
        text,
        target?.declarations.find(({ name }) => name.text === text),
      );
    }
  }
  return [...names.values()];
}
