/** A parsed command line. */
export type Invocation = BuildInvocation | CheckInvocation | SummaryInvocation;

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
  readonly target: "typescript";
  readonly weights: "inline" | "file";
  readonly unroll: "auto" | "full" | "none";
  readonly emit: "ts" | "js";
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
