import type * as vscode from "vscode";
import type { Layerc } from "../run/find-layerc.ts";

/** What is to be trained, and how. */
export interface TrainingPlan {
  readonly source: vscode.Uri;
  readonly model: string;
  readonly layerc: Layerc;
  /** Of `layerc train`, but for the log and the form of the report. */
  readonly argv: readonly string[];
}
