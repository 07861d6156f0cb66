/** What stands behind a command: model files, one thing that may be `optional`, or nothing. */
export type Argument =
  | { readonly kind: "files" }
  | {
      readonly kind: "one";
      readonly name: string;
      readonly description: string;
      /** All words that it takes; any text without. */
      readonly values?: readonly string[];
    }
  | { readonly kind: "optional"; readonly name: string; readonly description: string }
  | { readonly kind: "none" };

/** The argument by its name in the invocation. */
export type ArgumentValues<Operand extends Argument> = Operand extends { readonly kind: "files" }
  ? { readonly files: readonly string[] }
  : Operand extends { readonly kind: "one"; readonly name: infer Name extends string }
    ? { readonly [Key in Name]: string }
    : Operand extends { readonly kind: "optional"; readonly name: infer Name extends string }
      ? { readonly [Key in Name]?: string }
      : unknown;
