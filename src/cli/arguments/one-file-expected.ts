import { defineDiagnostic } from "../../diagnostics/define.ts";

export const oneFileExpected = defineDiagnostic<{ option: string; found: number }>(
  "one-file-expected",
  "error",
  "An option that is about one model file is given for several.",
  ({ option, found }) => ({ message: `${option} goes with one model file, found ${found}` }),
  () => ({
    meaning: "The samples of a cases file are for the models of one model file, and a name is for one model.",
    example: {
      kind: "command",
      text: "layerc verify digits.layers xor.layers --against cases.json",
      arguments: { option: "--against", found: 2 },
      mended: "layerc verify digits.layers --against cases.json",
    },
  }),
);
