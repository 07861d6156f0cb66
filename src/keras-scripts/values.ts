import type { Span } from "../diagnostics/diagnostic.ts";
import type { JsonValue } from "../files/json.ts";
import type { BlockStatement } from "../python/ast.ts";
import type { PythonNumber } from "./formula.ts";
import type { Converted } from "./written.ts";

/** Why something has no value without the script being run. */
export interface Why {
  /** A clause without a final stop. */
  readonly reason: string;
  readonly span: Span;
  /** What to do about it, where that is something else than usual. */
  readonly help?: string;
  /** What there is of the kind, where it is one of a few. */
  readonly instead?: string;
}

/** What an expression of a script stands for. */
export type PythonValue =
  | ({ readonly kind: "number" } & PythonNumber)
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "none" }
  | ListValue
  | (Changing & { readonly kind: "dict"; readonly entries: Map<string, PythonValue> })
  /** Something of a library, by its path: `keras.layers.Dense`. */
  | { readonly kind: "path"; readonly path: string }
  | { readonly kind: "layer"; readonly layer: ScriptLayer }
  | ObjectValue
  | { readonly kind: "model"; readonly model: ScriptModel }
  | { readonly kind: "input"; readonly input: ScriptInput }
  | { readonly kind: "tensor"; readonly tensor: Tensor }
  | { readonly kind: "function"; readonly definition: BlockStatement; readonly scope: Scope }
  | { readonly kind: "method"; readonly of: PythonValue; readonly name: string }
  | UnknownValue;

/** What is changed in place. */
export interface Changing {
  /** The statements that have changed it. */
  changes?: number[];
}

/** A list or a tuple. Lists are changed in place; what a loop and the like may have changed has a reason. */
export interface ListValue extends Changing {
  readonly kind: "list" | "tuple";
  items: readonly PythonValue[];
  why?: Why;
}

/** An initializer, a regularizer, an optimizer, ... An optimizer may get other arguments after it was made. */
export interface ObjectValue extends Changing {
  readonly kind: "object";
  converted: Converted;
  /** A model is compiled with it. */
  isCompiled?: true;
}

export interface UnknownValue {
  readonly kind: "unknown";
  readonly why: Why;
  /** A name that nothing in the script gives a value to. */
  readonly free?: string;
}

export const none: PythonValue = { kind: "none" };

export function unknown(why: Why): UnknownValue {
  return { kind: "unknown", why };
}

/** A name of the script. */
export interface Binding {
  readonly value: PythonValue;
  /** The statement that gave it the value. */
  readonly statement: number;
}

/** The names of a script, or of a call of one of its functions, with those around it. */
export interface Scope {
  readonly names: Map<string, Binding>;
  readonly outer: Scope | undefined;
}

/** An argument of a call of Keras, by its name there. */
export interface GivenArgument {
  readonly name: string;
  readonly span: Span;
  readonly converted: Converted;
  /** Why some of a list have no value, and are not in it. */
  readonly lost?: readonly Why[];
}

/** Something that a script makes: where, and by which of its statements. */
interface Made {
  readonly span: Span;
  readonly statement: number;
}

/** A layer that a script makes. */
export interface ScriptLayer extends Made {
  readonly kind: "layer";
  readonly className: string;
  /** Absent for an operation of `keras.ops`, which is another class than the layer of that name. */
  readonly isOperation?: true;
  /** As its author named it. */
  readonly name: string | undefined;
  readonly arguments: readonly GivenArgument[];
  /** Why it can't be told what it is. */
  readonly problems: Why[];
  /** As the script has set it last. */
  trainable?: boolean;
  /** What it gave when it was last applied. */
  output?: Tensor;
}

/** The input of a model: `Input` and `InputLayer`. */
export interface ScriptInput extends Made {
  readonly kind: "input";
  readonly name: string | undefined;
  /** With the batch axis; absent for a name that nothing gives a value to, taken for an input. */
  readonly shape?: GivenArgument;
}

/** What a layer, a model or an operation makes of tensors, or an input. */
export interface Tensor extends Made {
  readonly source: ScriptLayer | ScriptModel | ScriptInput;
  /** What it reads, with the constants of an operation in their places. */
  readonly inputs: readonly (Tensor | { readonly constant: JsonValue })[];
  /** Later ones have larger numbers. */
  readonly order: number;
}

/** A model that a script makes. */
export interface ScriptModel extends Made {
  readonly kind: "model";
  readonly name: string | undefined;
  /** The name of the first variable that held it. */
  variable: string | undefined;
  readonly content: SequentialContent | FunctionalContent;
  /** Statements that changed it after it was made. */
  readonly changes: number[];
  /** Why it can't be told what it is. */
  readonly problems: Why[];
  /** As the script has set it last. */
  trainable?: boolean;
  /** What it is trained with, by the last `compile`. */
  compiled?: ScriptCompile;
  /** As `build` gives it, with the batch axis. */
  shape?: GivenArgument;
  /** What it gave when it was last applied. */
  output?: Tensor;
}

/** A call of a model's `compile`. */
export interface ScriptCompile extends Made {
  readonly arguments: readonly GivenArgument[];
  /** Absent where it is a name, or nothing that is known. */
  readonly optimizer?: ObjectValue;
}

export interface SequentialContent {
  readonly kind: "sequential";
  readonly items: (ScriptLayer | ScriptModel | ScriptInput)[];
  /** The same, to be asked for one. */
  readonly members: Set<ScriptLayer | ScriptModel | ScriptInput>;
  /** The tensors between them, once they were asked for. */
  chain?: readonly Tensor[];
}

export interface FunctionalContent {
  readonly kind: "functional";
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
}

export function isNumber(value: PythonValue): value is { readonly kind: "number" } & PythonNumber {
  return value.kind === "number";
}
