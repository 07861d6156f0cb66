/** The commands that take options of the table. */
export type OptionCommand = "build" | "types" | "verify" | "export" | "import";

/** All that is known of an option. Whatever takes options reads it here. */
export type OptionDefinition = (WordOption | SwitchOption | PathOption) & (CompileOption | OtherOption) & OptionUses;

interface WordOption {
  /** The words that it takes, the default first. */
  readonly values: readonly [string, ...string[]];
  /** What the plugins take: the `same` values, others, or nothing. What they are not given comes from the config. */
  readonly plugin: "same" | readonly (string | boolean)[] | false;
  /** On the command line: `--target <name>`. */
  readonly flag: `--${string} <${string}>`;
}

/** It is on or off, off unless somebody says so. */
interface SwitchOption {
  readonly values: "switch";
  readonly plugin: "same" | false;
  /** On the command line: `--training`; and `--no-training`, where the config has it on. */
  readonly flag: `--${string}`;
}

/** It has no default, and there are no paths in the options of a plugin. */
interface PathOption {
  readonly values: "path";
  readonly plugin: false;
  readonly flag: `--${string} <${string}>`;
}

/** An option of `compile`, by the same name. What that is told decides what is written. */
interface CompileOption {
  readonly compile: true;
  readonly cacheKey: true;
}

interface OtherOption {
  readonly compile: false;
  /** Whether a build with another value needs another entry of the cache. */
  readonly cacheKey: boolean;
}

interface OptionUses {
  /** One letter for it: `-o`. */
  readonly short?: `-${string}`;
  /**
   * The commands that take it, with what their help says of it. The default is added to that, unless it says "(the default)"
   * itself.
   */
  readonly commands: Readonly<Partial<Record<OptionCommand, string>>>;
  /** Whether the config takes it: for each `file`, in `overrides` too; for the whole `project`; or not. */
  readonly config: "file" | "project" | false;
}
