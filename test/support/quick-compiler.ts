import * as compiler from "../../src/compile.ts";
import type { Compiler } from "../../src/node/environment.ts";
import { withoutLayout } from "./prettier.ts";

/** The compiler, for runs of `layerc` whose modules nobody reads: it leaves out the layout of their code. */
export const quickCompiler: Compiler = {
  ...compiler,
  compile: (source, options) => withoutLayout(() => compiler.compile(source, options)),
};
