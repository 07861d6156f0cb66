import type { Target } from "../../stages/choose-target.ts";
import type { FileOptions, TypesEnding } from "../../config/config.ts";
import type { ExportFormat } from "../../export.ts";
import type { Precision } from "../../ir/bfloat16.ts";
import type { ProjectConfig } from "../../node/project-config.ts";

/** A parsed command line. */
export type Invocation =
  | BuildInvocation
  | CheckInvocation
  | SummaryInvocation
  | TypesInvocation
  | InitInvocation
  | VerifyInvocation
  | ExportInvocation
  | ImportInvocation;

/** Options every command has. */
export interface CommonOptions {
  readonly files: readonly string[];
  readonly format: "text" | "json";
  /** `--color`, `--no-color`; neither leaves it to the terminal. */
  readonly color?: boolean;
  readonly debug?: boolean;
}

/** For the commands that read the project's config. */
export interface ConfigOptions {
  /** `--config <file>`; false with `--no-config`. */
  readonly config?: string | false;
  /** What `configure` found; absent with `--no-config`. */
  readonly project?: ProjectConfig;
}

/** The options of `FileOptions` are those of the command line; `buildOptions` answers those that hold for a file. */
export interface BuildInvocation extends CommonOptions, ConfigOptions, FileOptions {
  readonly command: "build";
  readonly outDir?: string;
  /** A cases file whose samples go into the module. */
  readonly selfTest?: string;
  readonly explain?: boolean;
  readonly check?: boolean;
  /** Builds again whenever a file changes, until it is stopped. */
  readonly watch?: boolean;
  /** False asks to compile everything anew. */
  readonly cache?: boolean;
  readonly cacheDir?: string;
  /** Where to write what the outputs depend on, for make and ninja. */
  readonly depfile?: string;
  /** Says where outputs would go, and makes none. */
  readonly listOutputs?: boolean;
}

export interface CheckInvocation extends CommonOptions, ConfigOptions {
  readonly command: "check";
}

export interface TypesInvocation extends CommonOptions, ConfigOptions, Pick<FileOptions, "weights"> {
  readonly command: "types";
  readonly ending?: TypesEnding;
  readonly check?: boolean;
}

export interface InitInvocation extends Omit<CommonOptions, "files"> {
  readonly command: "init";
}

export interface SummaryInvocation extends CommonOptions, ConfigOptions {
  readonly command: "summary";
  readonly expandNested?: boolean;
  readonly width?: number;
}

export interface ExportInvocation extends CommonOptions {
  readonly command: "export";
  readonly exportFormat: ExportFormat;
  readonly outDir?: string;
  readonly model?: string;
  readonly force?: boolean;
}

export interface VerifyInvocation extends CommonOptions {
  readonly command: "verify";
  /** The cases file. */
  readonly against: string;
  readonly model?: string;
  readonly tolerance?: number;
  /** A weight file for a model that binds none. */
  readonly weights?: string;
  readonly precision: Precision;
  readonly unroll: "auto" | "full" | "none";
  readonly target: Target;
}

export interface ImportInvocation extends Omit<CommonOptions, "files"> {
  readonly command: "import";
  /** A file of another format, or the folder of a `model.json`. */
  readonly file: string;
  readonly outDir?: string;
  readonly name?: string;
  readonly force?: boolean;
}
