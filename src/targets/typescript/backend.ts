import type { Code, Identifier } from "./code.ts";
import type { Preformatted } from "./preformatted.ts";
import type { Support, SupportFunction } from "./support-function.ts";
import type { UnitNames } from "./names.ts";

/** Code of another target inside a module of this one. It runs a model in place of the loops, which run where it can't. */
export interface Backend {
  /** The target's title. */
  readonly title: string;
  /** For the head of the module: `float32, in SIMD WebAssembly`. */
  readonly arithmetic: string;
  /** When the loops run: `Where WebAssembly can't run`. */
  readonly otherwise: string;
  /** Samples that the loops compute before it starts, which takes as long as it saves on so many; it starts at once without. */
  readonly waits?: number;
  /** Bytes of its code before compression. */
  readonly bytes: number;
  /** Functions it uses that depend on no model. */
  readonly support: readonly SupportFunction[];
  print(context: BackendContext): BackendCode;
}

/** The module that a backend is printed into. */
export interface BackendContext {
  readonly names: UnitNames;
  /** A name of the module that is still free. */
  fresh(text: string): Identifier;
  readonly support: Support;
  readonly preformatted: Preformatted;
}

/** What a backend adds to the code of its model. Arrays reach it as they are stored, bfloat16 ones as words of two numbers. */
export interface BackendCode {
  /** Functions and constants, one an item. */
  readonly sections: readonly Code[];
  /**
   * Statements at the start of the model: they return the function that runs it, or go on to the loops where the backend
   * can't run. `arrays` is the expression of the model's arrays, empty without any.
   */
  start(arrays: Code): Code;
  /** The property of `<model>Info` that says what the model was compiled to, and its type. */
  readonly info: { readonly value: Code; readonly type: Code };
  /** An expression that compiles the backend's code, unless that is done. */
  readonly compile: Code;
  /** Whether that is still to do; when it is done, no instance has to wait any more. */
  readonly isUncompiled: Code;
  /** Whether the backend's code came out of its encoding as other bytes than went in: the loops run, and `selfTest` fails. */
  readonly isDamaged: Code;
}
