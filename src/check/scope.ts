import type { Program } from "../load/program.ts";
import type { BlockDeclaration, DimDeclaration, LetDeclaration, ModelDeclaration, ModelFile } from "../syntax/ast.ts";

/** What a name of a file stands for, with the scope it is declared in. */
export type Entity =
  | { readonly kind: "let"; readonly declaration: LetDeclaration; readonly scope: FileScope }
  | { readonly kind: "dim"; readonly declaration: DimDeclaration; readonly scope: FileScope }
  | BlockEntity
  | ModelEntity
  /** Imported from a file that can't be read, or declared as two things: its error has been reported. */
  | { readonly kind: "lost" };

export interface BlockEntity {
  readonly kind: "block";
  readonly declaration: BlockDeclaration;
  readonly scope: FileScope;
}

export interface ModelEntity {
  readonly kind: "model";
  readonly declaration: ModelDeclaration;
  readonly scope: FileScope;
}

/** The names of one file: declarations and imports. */
export interface FileScope {
  readonly file: ModelFile;
  readonly entities: ReadonlyMap<string, Entity>;
  /** Without the imports: what other files can import. */
  readonly declared: ReadonlyMap<string, Entity>;
}

/** The scopes of all files of a program. Of names declared twice as the same kind of thing the first counts. */
export function makeScopes(program: Program): ReadonlyMap<string, FileScope> {
  const scopes = new Map<string, FileScope>();
  for (const [path, file] of program.files) scopes.set(path, declare(file));
  if (!scopes.has(program.entry.source.path)) scopes.set(program.entry.source.path, declare(program.entry));
  for (const scope of scopes.values()) {
    const entities = scope.entities as Map<string, Entity>;
    for (const statement of scope.file.imports) {
      const path = program.imports.get(statement);
      const target = path === undefined ? undefined : scopes.get(path);
      for (const { text } of statement.names) {
        if (!entities.has(text)) entities.set(text, target?.declared.get(text) ?? { kind: "lost" });
      }
    }
  }
  return scopes;
}

function declare(file: ModelFile): FileScope {
  const declared = new Map<string, Entity>();
  const scope: FileScope = { file, declared, entities: new Map() };
  for (const declaration of file.declarations) {
    const name = declaration.name.text;
    const before = declared.get(name);
    if (before === undefined) declared.set(name, { kind: declaration.kind, declaration, scope } as Entity);
    // Declared as two different things, of which either may be meant where it is used.
    else if (before.kind !== declaration.kind) declared.set(name, { kind: "lost" });
  }
  for (const [name, entity] of declared) (scope.entities as Map<string, Entity>).set(name, entity);
  return scope;
}
