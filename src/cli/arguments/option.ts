/** What the command line says is an option of the table, whose entry has all else. */
export const fromTable = "from the table";

/** An option that is one command's own: it does not decide what is written, or nobody else takes it. */
export interface OwnOption {
  /** `--force`, `--no-cache`; with a value `--name <name>`. */
  readonly flag: `--${string}`;
  /** One letter for it: `-w`. */
  readonly short?: `-${string}`;
  /** What the help says. */
  readonly description: string;
  /** Wrong to leave out. */
  readonly required?: true;
  /** All words that it takes. */
  readonly values?: readonly string[];
  /** Makes something else than a text of the value. */
  readonly parser?: Parser<unknown>;
  /** Names of options that it can't go together with. */
  readonly conflicts?: readonly string[];
}

/** Reads the value of an option. */
export interface Parser<Value> {
  /** Answers undefined for a text that is none. */
  read(text: string): Value | undefined;
  /** `a whole number`, for messages. */
  readonly expected: string;
}

/**
 * The options of a command, by their names in its invocation, as its help has them. Those of the table that the command takes
 * and that are not named follow the last one that is.
 */
export type OwnOptions = Readonly<Record<string, OwnOption | typeof fromTable>>;

/** The values that parsing the options gives. */
export type OwnValues<Options extends OwnOptions> = {
  readonly [Name in keyof Options as Options[Name] extends RequiredOption ? Name : never]: OwnValue<Options[Name]>;
} & {
  readonly [Name in keyof Options as Options[Name] extends RequiredOption | typeof fromTable ? never : Name]?: OwnValue<
    Options[Name]
  >;
};

interface RequiredOption {
  readonly required: true;
}

type OwnValue<Option> = Option extends { readonly parser: Parser<infer Value> }
  ? Value
  : Option extends { readonly values: readonly (infer Value)[] }
    ? Value
    : Option extends { readonly flag: `${string}<${string}>` }
      ? string
      : boolean;
