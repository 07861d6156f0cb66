import type { CommandValues } from "../../config/options/values.ts";
import type { ProjectConfig } from "../../node/project-config.ts";
import type { Argument, ArgumentValues } from "./argument.ts";
import type { OwnOptions, OwnValues } from "./option.ts";

/** How a command reports; options that every command has. */
export interface ReportOptions {
  readonly report: "text" | "json";
  /** Only errors: no results, no warnings and no hints. Not for commands whose text is what they were called for. */
  readonly quiet?: boolean;
  /** `--color`, `--no-color`; neither leaves it to the terminal. */
  readonly color?: boolean;
  readonly debug?: boolean;
  /** `--sandbox-paths`: no file outside of the project is read. Of the commands that read model files. */
  readonly sandboxPaths?: boolean;
}

/** For the commands that read the project's config. */
export interface ConfigOptions {
  /** `--config <file>`; false with `--no-config`. */
  readonly config?: string | false;
  /** What `configure` found; absent with `--no-config`. */
  readonly project?: ProjectConfig;
}

/** A parsed command line, for a command of which no more is known than that it works on model files. */
export interface FilesInvocation extends ReportOptions, ConfigOptions {
  readonly files: readonly string[];
}

/** What a command is run with: its arguments and options, and those of the config that hold for all files. */
export type Invocation<Name extends string, Options extends OwnOptions, Operand extends Argument> = ReportOptions &
  ConfigOptions &
  CommandValues<Name> &
  OwnValues<Options> &
  ArgumentValues<Operand> & { readonly command: Name };
