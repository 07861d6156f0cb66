import type { Span } from "../diagnostics/diagnostic.ts";

/*
 * Python as far as models are written in it. What a script does beyond that is kept as far as it can be named, with its place
 * and what stands in it: nothing of it is lost, and nothing is run.
 */

interface Node {
  readonly span: Span;
}

/** How many levels an expression has, itself among them. */
interface Leveled extends Node {
  readonly levels: number;
}

export type Expression =
  | NumberNode
  | (Leveled & { readonly kind: "string"; readonly value: string })
  /** `True`, `False`, `None`. */
  | (Leveled & { readonly kind: "constant"; readonly value: boolean | null })
  | NameNode
  | AttributeNode
  | CallNode
  | (Leveled & { readonly kind: "subscript"; readonly object: Expression; readonly index: Expression })
  | (Leveled & { readonly kind: "list" | "tuple"; readonly items: readonly Expression[] })
  | (Leveled & { readonly kind: "dict"; readonly entries: readonly (readonly [Expression, Expression])[] })
  | (Leveled & { readonly kind: "unary"; readonly operator: string; readonly operand: Expression })
  | BinaryNode
  | OpaqueNode;

export interface NumberNode extends Leveled {
  readonly kind: "number";
  readonly value: number;
  readonly isInteger: boolean;
  readonly text: string;
}

export interface NameNode extends Leveled {
  readonly kind: "name";
  readonly name: string;
}

export interface AttributeNode extends Leveled {
  readonly kind: "attribute";
  readonly object: Expression;
  readonly name: string;
}

export interface CallNode extends Leveled {
  readonly kind: "call";
  readonly callee: Expression;
  readonly arguments: readonly Argument[];
}

/** An argument; `star` is what stands before one that is spread. */
export interface Argument extends Node {
  readonly name?: string;
  readonly star?: "*" | "**";
  readonly value: Expression;
}

export interface BinaryNode extends Leveled {
  readonly kind: "binary";
  /** Of arithmetic, or `==`. */
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

/** What has no value without being run, or none that matters to a model. */
export interface OpaqueNode extends Leveled {
  readonly kind: "opaque";
  /** With its article: `a comprehension`. */
  readonly what: string;
  readonly parts: readonly Expression[];
  /** Names that it gives values to: `:=`. */
  readonly binds?: readonly string[];
  /** Of a slice, what stands between its colons, if anything does. */
  readonly bounds?: readonly (Expression | undefined)[];
}

export type Statement =
  | (Node & { readonly kind: "assign"; readonly targets: readonly Expression[]; readonly value: Expression })
  | (Node & {
      readonly kind: "augmented";
      readonly target: Expression;
      readonly operator: string;
      readonly value: Expression;
    })
  | (Node & { readonly kind: "expression"; readonly value: Expression })
  /** `import keras`, `import tensorflow.keras as keras`, of each path the name that it gets. */
  | (Node & { readonly kind: "import"; readonly names: readonly ImportedName[] })
  | (Node & { readonly kind: "return"; readonly value?: Expression })
  /** `del`, `assert`, `raise`, `global` and the like, by their first word. */
  | (Node & { readonly kind: "other"; readonly word: string; readonly parts: readonly Expression[] })
  | BlockStatement
  /** What the grammar does not take, such as `print "done"`. */
  | (Node & {
      readonly kind: "unread";
      /** The names in it. */
      readonly names: readonly string[];
      /** The name that it gives a value to. */
      readonly target?: string;
      /** Why, a clause without a final stop. */
      readonly reason: string;
    });

/** A name that an import brings; that of `import *` is `*`. */
export interface ImportedName extends Node {
  readonly name: string;
  /** Where it comes from: `keras.layers.Dense`; of relative imports with their dots. */
  readonly path: string;
}

/** A statement with a body. Its `span` is its head alone. */
export interface BlockStatement extends Node {
  readonly kind: "block";
  /** `for`, `while`, `if`, `else`, `with`, `try`, `def`, `class`, `match`, ... */
  readonly word: string;
  /** The expressions in its head. */
  readonly parts: readonly Expression[];
  /** What its head gives values to: that of a loop, names behind `as`. */
  readonly targets: readonly Expression[];
  readonly body: readonly Statement[];
  /** Of `def` and `class`. */
  readonly name?: string;
  /** Of `def`. */
  readonly parameters?: readonly Parameter[];
  /** Where its body ends. */
  readonly end: number;
}

export interface Parameter extends Node {
  readonly name: string;
  readonly default?: Expression;
  readonly star?: "*" | "**";
}

/** A script that has been read. */
export interface PythonFile {
  readonly statements: readonly Statement[];
}
