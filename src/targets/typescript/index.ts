import { moduleKinds } from "../module-kinds.ts";
import type { TargetEntry } from "../target.ts";

/** Loops in TypeScript or JavaScript, the target that all models have. */
export const typescript = {
  name: "typescript",
  title: "TypeScript",
  auto: true,
  reservedNames: [],
  endings: (emit) => moduleKinds[emit].endings,
  load: async () => (await import("./target.ts")).typescriptTarget,
} as const satisfies TargetEntry;
