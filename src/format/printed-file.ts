import type { BodyItem, Declaration, ImportDeclaration, ModelFile } from "../syntax/ast.ts";
import type { Printing } from "./printing.ts";
import { triviaOf, type Trivia } from "./trivia.ts";

/** A model file as Prettier is given it: the root of its tree. */
export interface PrintedFile {
  readonly kind: "printed-file";
  /** Imports and declarations in the order of the source. */
  readonly nodes: readonly (ImportDeclaration | Declaration)[];
  /** Comments belong to places and not to nodes: Prettier, which would attach them, does not see them. */
  readonly trivia: Trivia;
  readonly given?: Printing["given"];
  readonly span: { readonly start: number; readonly end: number };
}

/** The nodes that Prettier prints one by one; what is in them is printed with them. */
export type PrintedNode = PrintedFile | ImportDeclaration | Declaration | BodyItem;

/** Makes the tree that Prettier is given. */
export function printedFile(file: ModelFile, given?: Printing["given"]): PrintedFile {
  return {
    kind: "printed-file",
    // In a tree that was made, all begin at the same place.
    nodes: [...file.imports, ...file.declarations].toSorted((a, b) => a.span.start - b.span.start),
    trivia: triviaOf(file),
    span: { start: 0, end: file.source.text.length },
    ...(given === undefined ? {} : { given }),
  };
}
