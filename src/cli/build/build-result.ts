import type { Model } from "../../check/model.ts";
import type { CompileResult } from "../../compile.ts";

/** What a build takes from a compilation: as much of it as the cache can give back. */
export interface BuildResult extends Pick<
  CompileResult,
  "files" | "diagnostics" | "sources" | "dependencies" | "reports"
> {
  readonly inlined: readonly Pick<Model, "name" | "exportName">[];
}
