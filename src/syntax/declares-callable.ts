import type { ModelFile } from "./ast.ts";
import type { Token } from "./token.ts";

/**
 * Whether the tokens of a file declare or import something of a name that a body can call. Where that is `compile`, the word is
 * a name in all of the file, and no clause.
 */
export function declaresCallable(tokens: readonly Token[], name: string): boolean {
  let isImport = false;
  return tokens.some(({ image }, index) => {
    const before = tokens[index - 1]?.image;
    if (image === "{") isImport = before === "import";
    else if (image === "}") isImport = false;
    return image === name && (isImport || before === "block" || before === "model");
  });
}

/** Whether a file that has been parsed declares or imports a `compile`. */
export function hasOwnCompile({ imports, declarations }: ModelFile): boolean {
  const callable = declarations.filter(({ kind }) => kind === "block" || kind === "model");
  const names = [...callable.map(({ name }) => name), ...imports.flatMap((each) => each.names)];
  return names.some(({ text }) => text === "compile");
}
