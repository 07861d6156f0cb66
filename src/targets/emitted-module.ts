import type { CodeOrigin } from "./code-origin.ts";
import type { ModuleKind } from "./module-kinds.ts";
import type { SelfTest } from "./self-test.ts";

/** How a module is printed. */
export interface EmitOptions {
  readonly emit: ModuleKind;
  /** The compiler's, for the header. */
  readonly version: string;
  /** The source's name without its folder, for the header: `digits.layers`. */
  readonly sourceName: string;
  /** Samples for an exported `selfTest()`. */
  readonly selfTest?: SelfTest;
  /** Whether the code is laid out for readers (default), which takes longer than printing it. */
  readonly layout?: boolean;
  /** Names that nothing in the module may have, beside those of its language. */
  readonly reservedNames?: readonly string[];
}

/** The files of a module, laid out. */
export interface EmittedModule {
  /** The code, then declarations, if it has any in a file of their own. */
  readonly files: readonly EmittedFile[];
  /** The code from its first line to its last, cut into what comes from different places. */
  readonly sections: readonly Section[];
}

export interface EmittedFile {
  /** What its name ends in: `ts`, `d.ts`. */
  readonly ending: string;
  readonly text: string;
}

/** Lines of a module that come from one place. */
export interface Section {
  readonly text: string;
  /** Absent for what serves all models. */
  readonly origin?: CodeOrigin;
}
