import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import type { Model } from "./check/model.ts";
import type { Size } from "./ir/size.ts";
import type { Host } from "./load/host.ts";
import type { Source } from "./syntax/source.ts";

export interface CheckOptions {
  /** How imports and weight files are reached; without one, a file that has any gets a diagnostic. */
  readonly host?: Host;
}

export interface CompileOptions extends CheckOptions {
  readonly target?: "typescript";
  /** Where bound weights go: into the module, or into a safetensors file beside it. Default `inline`. */
  readonly weights?: "inline" | "file";
  /** `auto` unrolls what is faster unrolled, `full` everything, `none` nothing. Default `auto`. */
  readonly unroll?: "auto" | "full" | "none";
  /** `ts` gives one `.ts` file, `js` a `.js` and a `.d.ts`. Default `ts`. */
  readonly emit?: "ts" | "js";
}

export interface CheckResult {
  /** The models of the file that are free of errors. */
  readonly models: readonly Model[];
  readonly diagnostics: readonly Diagnostic[];
  /** Every source read, for the frames of diagnostics: the file itself and what it imports. */
  readonly sources: readonly Source[];
  /** Paths of all files read, sources and weight files, as the host resolved them. */
  readonly dependencies: readonly string[];
}

export interface CompileResult extends CheckResult {
  /** Empty when a diagnostic is an error. */
  readonly files: readonly GeneratedFile[];
  /** One per model, for `--explain`. Empty when a diagnostic is an error. */
  readonly reports: readonly ModelReport[];
}

export interface GeneratedFile {
  /** Relative to the folder of the output: `digits.ts`, `digits.weights.safetensors`. */
  readonly name: string;
  readonly content: string | Uint8Array;
}

export interface ModelReport {
  readonly model: string;
  readonly layers: readonly LayerReport[];
}

/** What became of one layer, for `--explain`. */
export interface LayerReport {
  /** `encoder/dense` */
  readonly layer: string;
  /** `Dense [64] -> [64], relu` */
  readonly description: string;
  /** Multiply-adds for one sample; may depend on run-time dims. */
  readonly multiplyAdds: Size;
  readonly strategy: "straight-line" | "tiled loops" | "loops" | "no code";
  /** UTF-8 bytes of the layer's generated function. */
  readonly codeBytes: number;
  /** Bytes of float32 weights it reads. */
  readonly weightBytes: number;
  /** Why this strategy: "336 multiply-adds are below the budget of 1,024". */
  readonly reason: string;
}

/** Parses and checks a file and all it imports and binds its weights, without generating code. */
export declare function check(source: Source, options?: CheckOptions): Promise<CheckResult>;

/** The whole pipeline: a `.layers` source in, generated files out. Never throws for anything in the source. */
export declare function compile(source: Source, options?: CompileOptions): Promise<CompileResult>;
