import type { Invocation } from "../arguments/invocation.ts";
import { fromTable, type OwnOptions } from "../arguments/option.ts";

/** The options of `layerc build`. Those of its own are about the run; what decides what is written is in the table. */
export const buildFlags = {
  outDir: fromTable,
  target: fromTable,
  weights: fromTable,
  name: { flag: "--name <name>", description: "the name of the model of a trained file (default: from the file)" },
  output: {
    flag: "--output <layer>",
    description: "the layer of a trained file that gives the output (default: the last)",
  },
  explain: {
    flag: "--explain",
    description: "print for every layer its work, its size and how it is computed",
    conflicts: ["quiet"],
  },
  /** False compiles and reports, and leaves all files as they are. */
  write: {
    flag: "--no-write",
    description: "compile and report, as with --explain, and write nothing",
    conflicts: ["check", "watch", "depfile", "listOutputs", "emitIr"],
  },
  check: {
    flag: "--check",
    description: "write nothing; fail when an output on disk is not what would be written",
    conflicts: ["depfile", "listOutputs"],
  },
  force: {
    flag: "--force",
    description: "replace files that layerc did not write, or that were edited since",
    conflicts: ["check", "listOutputs", "emitIr"],
  },
  /** Until it is stopped. */
  watch: {
    flag: "--watch",
    short: "-w",
    description: "build again whenever a file changes, until Ctrl-C",
    conflicts: ["check", "depfile", "listOutputs"],
  },
  depfile: { flag: "--depfile <file>", description: "write what each output is made from, as make and ninja read it" },
  listOutputs: {
    flag: "--list-outputs",
    description: "print the paths of what would be written, and write nothing",
    conflicts: ["depfile", "explain", "quiet"],
  },
  emitIr: {
    flag: "--emit-ir <stage>",
    description:
      "print the models as graph, loops or vectors, after all passes or one (loops:unroll), and write nothing",
    conflicts: ["check", "watch", "depfile", "listOutputs", "explain", "quiet"],
  },
  cacheDir: {
    flag: "--cache-dir <folder>",
    description: "where results are kept (default: node_modules/.cache/layerc of the project)",
  },
  /** False asks to compile everything anew. */
  cache: { flag: "--no-cache", description: "compile everything anew and keep nothing" },
} as const satisfies OwnOptions;

/** What a build is run with. `buildOptions` answers the options that hold for a file. */
export type BuildInvocation = Invocation<"build", typeof buildFlags, { readonly kind: "files" }>;
