import type { Span } from "../../diagnostics/diagnostic.ts";
import type {
  BlockDeclaration,
  Declaration,
  ImportDeclaration,
  LayerStatement,
  ModelDeclaration,
  Parameter,
  RepeatStatement,
} from "../../syntax/ast.ts";

/** A place where a name gets its meaning, with every place in the program that means it. */
export type Definition = DeclarationDefinition | ParameterDefinition | LabelDefinition | ImportDefinition;

interface DefinitionBase {
  readonly name: string;
  /** The name where it is defined; of a label in quotes with these. */
  readonly span: Span;
  /** In the order of the files, from top to bottom, without the definition itself. */
  readonly uses: readonly NameUse[];
}

/** `let`, `dim`, `block` and `model`. */
export interface DeclarationDefinition extends DefinitionBase {
  readonly kind: Declaration["kind"];
  readonly node: Declaration;
}

/** A parameter of a block. */
export interface ParameterDefinition extends DefinitionBase {
  readonly kind: "parameter";
  readonly node: Parameter;
  readonly block: BlockDeclaration;
}

/** The label of a layer, which nothing in a model file refers to; weights do. */
export interface LabelDefinition extends DefinitionBase {
  readonly kind: "label";
  readonly node: LayerStatement | RepeatStatement;
  readonly owner: BlockDeclaration | ModelDeclaration;
}

/** An imported name whose own definition can't be found. Otherwise the import is a use of that. */
export interface ImportDefinition extends DefinitionBase {
  readonly kind: "import";
  readonly node: ImportDeclaration;
}

/** A place that means a definition. */
export interface NameUse {
  readonly span: Span;
  /**
   * Between the braces of an import, as a statement (a block call or a nested model), as a value, called in an expression
   * (which only an error does), or as the name of an argument of a block call.
   */
  readonly role: "import" | "statement" | "value" | "call" | "argument";
}
