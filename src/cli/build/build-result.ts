import type { Model } from "../../check/model.ts";
import type { CompileResult } from "../../compile.ts";

/** What a build takes from a compilation: as much of it as the cache can give back. */
export interface BuildResult extends Pick<
  CompileResult,
  "files" | "diagnostics" | "sources" | "dependencies" | "reports"
> {
  readonly inlined: readonly Pick<Model, "name" | "exportName">[];
  /** Models whose module reads a weight file that lay beside it already, as in `displayPath`. */
  readonly shared: readonly (Pick<Model, "name" | "exportName"> & { readonly weightFile: string })[];
}
