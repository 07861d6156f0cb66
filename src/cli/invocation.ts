import type { ExportFormat } from "../export.ts";
import type { Precision } from "../ir/bfloat16.ts";
import type { Target } from "../stages/choose-target.ts";

/** A parsed command line. */
export type Invocation =
  BuildInvocation | CheckInvocation | SummaryInvocation | VerifyInvocation | ExportInvocation | ImportInvocation;

/** Options every command has. */
export interface CommonOptions {
  readonly files: readonly string[];
  readonly format: "text" | "json";
  /** `--color`, `--no-color`; neither leaves it to the terminal. */
  readonly color?: boolean;
  readonly debug?: boolean;
}

export interface BuildInvocation extends CommonOptions {
  readonly command: "build";
  readonly outDir?: string;
  /** Left out, it is TypeScript, and the build says where another one would pay. */
  readonly target?: Target;
  readonly weights: "inline" | "file";
  readonly precision: Precision;
  readonly unroll: "auto" | "full" | "none";
  readonly emit: "ts" | "js";
  /** A cases file whose samples go into the module. */
  readonly selfTest?: string;
  readonly explain?: boolean;
  readonly check?: boolean;
}

export interface CheckInvocation extends CommonOptions {
  readonly command: "check";
}

export interface SummaryInvocation extends CommonOptions {
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
