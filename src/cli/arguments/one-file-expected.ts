import { defineDiagnostic } from "../../diagnostics/define.ts";

export const oneFileExpected = defineDiagnostic<{ option: string; found: number }>(
  "one-file-expected",
  "error",
  "A cases file is given for several model files.",
  ({ option, found }) => ({ message: `${option} goes with one model file, found ${found}` }),
);
