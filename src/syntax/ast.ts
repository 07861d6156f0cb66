import type { Span } from "../diagnostics/diagnostic.ts";
import type { Source } from "./source.ts";

/** A parsed `.layers` file. Declarations keep the order of the source. */
export interface ModelFile {
  readonly kind: "model-file";
  readonly source: Source;
  readonly imports: readonly ImportDeclaration[];
  readonly declarations: readonly Declaration[];
  /** Every comment of the source in order; absent in a tree that is made, not parsed. */
  readonly comments?: readonly Comment[];
  readonly span: Span;
}

/**
 * A comment, which belongs to a place of the source and not to a node: an edit of the tree around it leaves it where it is.
 * `doc` is a line of a doc comment, which is the `doc` of a node too; one that documents nothing is a `line`.
 */
export interface Comment {
  readonly kind: "line" | "block" | "doc";
  /** As written, with its slashes. */
  readonly text: string;
  readonly span: Span;
}

/** An identifier (or, for layer labels and labels, a string) as written, with its place. */
export interface Name {
  readonly kind: "name";
  readonly text: string;
  readonly span: Span;
}

/** `import { Hidden, other } from "./blocks.layers"` */
export interface ImportDeclaration {
  readonly kind: "import";
  readonly names: readonly Name[];
  readonly path: StringLiteral;
  readonly span: Span;
}

export type Declaration = LetDeclaration | DimDeclaration | BlockDeclaration | ModelDeclaration;

/** `let latent = 100` */
export interface LetDeclaration {
  readonly kind: "let";
  readonly doc?: string;
  readonly name: Name;
  readonly value: Expression;
  readonly span: Span;
}

/** `dim time` */
export interface DimDeclaration {
  readonly kind: "dim";
  readonly doc?: string;
  readonly name: Name;
  readonly span: Span;
}

/** `block Hidden(units, rate=0.1) { ... }` */
export interface BlockDeclaration {
  readonly kind: "block";
  readonly doc?: string;
  readonly name: Name;
  readonly parameters: readonly Parameter[];
  readonly body: readonly BodyItem[];
  /** A syntax error before the body has left it unread. */
  readonly isBodyLost?: true;
  readonly span: Span;
}

export interface Parameter {
  readonly kind: "parameter";
  readonly name: Name;
  readonly default?: Expression;
  readonly span: Span;
}

/** `model Digits { ... }`. Clauses stay in the body; the checker says which may occur where and how often. */
export interface ModelDeclaration {
  readonly kind: "model";
  readonly doc?: string;
  readonly name: Name;
  readonly body: readonly BodyItem[];
  /** A syntax error before the body has left it unread. */
  readonly isBodyLost?: true;
  readonly span: Span;
}

export type BodyItem = LayerStatement | RepeatStatement | InputClause | WeightsClause | LabelsClause | CompileClause;

/**
 * `hidden: Dense(64, activation=relu) -> [64]`, a block call, or a model used as a layer (`Encoder`).
 * `arguments` is absent where no parentheses are written.
 */
export interface LayerStatement {
  readonly kind: "layer";
  readonly doc?: string;
  readonly label?: Name;
  readonly callee: Name;
  readonly arguments?: readonly Argument[];
  readonly assertion?: ShapeAssertion;
  readonly span: Span;
}

/** `repeat 3 { ... }` */
export interface RepeatStatement {
  readonly kind: "repeat";
  readonly doc?: string;
  readonly label?: Name;
  readonly count: Expression;
  readonly body: readonly BodyItem[];
  /** A syntax error before the body has left it unread. */
  readonly isBodyLost?: true;
  readonly assertion?: ShapeAssertion;
  readonly span: Span;
}

/** `-> [10, time]` */
export interface ShapeAssertion {
  readonly kind: "assertion";
  readonly shape: ListExpression;
  readonly span: Span;
}

/** `input [64]` */
export interface InputClause {
  readonly kind: "input";
  readonly doc?: string;
  readonly shape: ListExpression;
  readonly span: Span;
}

/** `weights "./digits.keras"`, `weights "./agent.pt" prefix "actor."` */
export interface WeightsClause {
  readonly kind: "weights";
  readonly doc?: string;
  readonly path: StringLiteral;
  /** What the names of the arrays in the file begin with. */
  readonly prefix?: StringLiteral;
  readonly span: Span;
}

/** `labels ["0", "1"]` */
export interface LabelsClause {
  readonly kind: "labels";
  readonly doc?: string;
  readonly labels: ListExpression;
  readonly span: Span;
}

/** `compile(optimizer=adam, loss=mean_squared_error)` */
export interface CompileClause {
  readonly kind: "compile";
  readonly doc?: string;
  /** The word `compile`. */
  readonly callee: Name;
  readonly arguments: readonly Argument[];
  readonly span: Span;
}

/** `64` or `activation=relu` */
export interface Argument {
  readonly kind: "argument";
  readonly name?: Name;
  readonly value: Expression;
  readonly span: Span;
}

export type Expression =
  | NumberLiteral
  | StringLiteral
  | BooleanLiteral
  | NoneLiteral
  | NameExpression
  | ListExpression
  | CallExpression
  | UnaryExpression
  | BinaryExpression
  | MissingExpression;

export interface NumberLiteral {
  readonly kind: "number";
  readonly value: number;
  /** As written: `1e-4`, `25_600`. */
  readonly text: string;
  readonly span: Span;
}

export interface StringLiteral {
  readonly kind: "string";
  /** After escapes. */
  readonly value: string;
  readonly span: Span;
}

export interface BooleanLiteral {
  readonly kind: "boolean";
  readonly value: boolean;
  readonly span: Span;
}

export interface NoneLiteral {
  readonly kind: "none";
  readonly span: Span;
}

/** A bare word: a `let`, a `dim`, a block parameter, or a keyword value such as `relu`. */
export interface NameExpression {
  readonly kind: "name-expression";
  readonly name: string;
  readonly span: Span;
  /** The word alone, where parentheses around it belong to `span`. */
  readonly nameSpan?: Span;
}

export interface ListExpression {
  readonly kind: "list";
  readonly items: readonly Expression[];
  readonly span: Span;
}

/** `he_normal(seed=7)`, `floor(x / 2)` */
export interface CallExpression {
  readonly kind: "call";
  readonly callee: Name;
  readonly arguments: readonly Argument[];
  readonly span: Span;
}

export interface UnaryExpression {
  readonly kind: "unary";
  readonly operator: "-" | "+";
  readonly operand: Expression;
  readonly span: Span;
}

export type BinaryOperator = "+" | "-" | "*" | "/" | "%" | "**";

export interface BinaryExpression {
  readonly kind: "binary";
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

/** Stands where a syntax error left no expression; later stages stay silent about it. */
export interface MissingExpression {
  readonly kind: "missing";
  readonly span: Span;
}
