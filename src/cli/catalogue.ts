import { inputKeepsChanging } from "./build-input.ts";
import { depfileUnusable } from "./depfile.ts";
import { exportWouldReplace } from "./export.ts";
import { importName, importOutputExists } from "./import.ts";
import { noFilesGiven } from "./find-files.ts";
import { inputIsFolder, inputMissing, inputNotLayers, noInputs } from "./inputs.ts";
import { configAmbiguous, configFailed, configNotExported, configUnreadable } from "./load-config.ts";
import { inputNotUtf8 } from "./load-sources.ts";
import { outDirUnusable } from "./out-dir.ts";
import { outputCollision, outputIsInput, outputNotGenerated, outputUnwritable } from "./outputs.ts";
import { casesUnreadable } from "./read-cases-file.ts";
import { wrongUsage } from "./run.ts";
import { oneFileExpected } from "./one-file-expected.ts";

/** All diagnostics of the command line; all give exit code 2. */
export const cliDiagnostics = [
  wrongUsage,
  noFilesGiven,
  inputMissing,
  inputIsFolder,
  inputNotLayers,
  inputNotUtf8,
  noInputs,
  outDirUnusable,
  outputCollision,
  outputIsInput,
  outputNotGenerated,
  outputUnwritable,
  inputKeepsChanging,
  depfileUnusable,
  exportWouldReplace,
  importName,
  importOutputExists,
  casesUnreadable,
  oneFileExpected,
  configUnreadable,
  configAmbiguous,
  configFailed,
  configNotExported,
] as const;
