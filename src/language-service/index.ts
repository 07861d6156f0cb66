/** What editors ask of model files that are held open. */
export type { Analysis } from "./analysis.ts";
export { createWorkspace, type Workspace } from "./workspace.ts";
export { foldingRanges } from "./features/folding.ts";
