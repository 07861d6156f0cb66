import { moduleKinds } from "../module-kinds.ts";
import type { TargetEntry } from "../target.ts";

/** Loops in TypeScript or JavaScript, the target that all models have. */
export const typescript = {
  name: "typescript",
  title: "TypeScript",
  auto: true,
  // Of the functions of an instance; the scratch memory has names of its own.
  reservedNames: [
    "busy",
    "kept",
    "values",
    "aBefore",
    "bBefore",
    "loops",
    "start",
    "prepared",
    "choose",
    "chosen",
    "samplesLeft",
  ],
  endings: (emit) => moduleKinds[emit].endings,
  load: async () => (await import("./target.ts")).typescriptTarget,
} as const satisfies TargetEntry;
