import type { check, compile } from "../compile.ts";
import type { CompileTrainer } from "../fit/compile-trainer.ts";
import type { FileSystem } from "./file-system.ts";
import type { Transport } from "./transport.ts";

/** Everything a command touches outside itself, so that tests can run commands without a process. */
export interface Environment {
  /** Absolute. */
  readonly cwd: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  /** All of standard input; of more than `maxTextBytes` not all, but more. */
  readonly readInput?: () => Promise<Uint8Array>;
  readonly files: FileSystem;
  /**
   * Which compiler this is: what it makes of equal files is equal as long as this is. Without it nothing is kept from run
   * to run.
   */
  readonly compilerId?: () => string | undefined;
  /** Aborted when a command that goes on until it is stopped is to end. */
  readonly stopSignal?: () => AbortSignal;
  /** How `layerc train` compiles a model; without it, as `layerc build` does. */
  readonly compileTrainer?: CompileTrainer;
  /** A clock, in milliseconds; without it, the system's. */
  readonly now?: () => number;
  /** Loaded only when needed, so that `--help` is quick. */
  loadCompiler(): Promise<Compiler>;
  /** Serves the editor that has started this process. The process ends with it. */
  serveEditor?(transport: Transport): Promise<never>;
}

export interface OutputStream {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Of the terminal. */
  readonly columns?: number;
}

/** The library, as far as commands use it. */
export interface Compiler {
  readonly check: typeof check;
  readonly compile: typeof compile;
}
