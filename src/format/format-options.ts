/** Prettier's options for model files, with its defaults. Others that it has mean nothing here. */
export interface FormatOptions {
  /** Columns that a line may take; what can't be broken may be longer. 80 by default. */
  readonly printWidth?: number;
  /** Columns of an indent. 2 by default. */
  readonly tabWidth?: number;
  /** Whether indents are tabs. */
  readonly useTabs?: boolean;
  /** How lines end; `auto` as the first of the text does. `lf` by default. */
  readonly endOfLine?: "auto" | "lf" | "crlf" | "cr";
  /** Whether what is broken over lines ends with a comma: with `none` it does not. `all` by default. */
  readonly trailingComma?: "all" | "es5" | "none";
  /** Whether spaces stand within the braces of an import. True by default. */
  readonly bracketSpacing?: boolean;
}

/** What somebody wants of files that configs may say something of. */
export interface FormatWishes {
  /** Where no config is for a file. */
  readonly withoutConfig?: FormatOptions;
  /** Whatever configs say. */
  readonly always?: FormatOptions;
}
