import { inputKeepsChanging } from "./build/build-input.ts";
import { depfileUnusable } from "./build/depfile.ts";
import { exportWouldReplace } from "./commands/export.ts";
import { importOutputExists } from "./import/plan-import.ts";
import { importName } from "./arguments/model-name.ts";
import { noFilesGiven } from "./arguments/find-files.ts";
import {
  globTooWide,
  inputIsFolder,
  inputIsWeights,
  inputMissing,
  inputNotLayers,
  inputUnnamed,
  noInputs,
} from "../node/inputs.ts";
import { configAmbiguous, configFailed, configNotExported, configUnreadable } from "../node/load-config.ts";
import { inputNotUtf8 } from "../node/load-sources.ts";
import { outDirUnusable } from "./arguments/out-dir.ts";
import { outputEdited, outputIsInput, outputNotGenerated } from "../node/outputs.ts";
import { outputCollision, outputUnwritable } from "../node/plan-files.ts";
import { prettierFails } from "../node/format-file.ts";
import { dataUnreadable } from "../node/data-file.ts";
import { casesUnreadable } from "../node/read-cases-file.ts";
import { checkpointUnusable } from "./train/read-checkpoint-file.ts";
import { trainWouldReplace } from "./train/training-places.ts";
import { wrongUsage } from "./arguments/wrong-usage.ts";
import { oneFileExpected } from "./arguments/one-file-expected.ts";

/** All diagnostics of the command line; all give exit code 2. */
export const cliDiagnostics = [
  wrongUsage,
  noFilesGiven,
  inputMissing,
  inputUnnamed,
  globTooWide,
  inputIsFolder,
  inputNotLayers,
  inputIsWeights,
  inputNotUtf8,
  noInputs,
  outDirUnusable,
  outputCollision,
  outputIsInput,
  outputNotGenerated,
  outputEdited,
  outputUnwritable,
  inputKeepsChanging,
  depfileUnusable,
  exportWouldReplace,
  importName,
  importOutputExists,
  casesUnreadable,
  dataUnreadable,
  trainWouldReplace,
  checkpointUnusable,
  oneFileExpected,
  configUnreadable,
  configAmbiguous,
  configFailed,
  configNotExported,
  prettierFails,
] as const;
