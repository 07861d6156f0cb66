import { capitalized } from "../../diagnostics/capitalized.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";

export const wrongUsage = defineDiagnostic<{ message: string; help: string }>(
  "command-line",
  "error",
  "The command line can't be understood.",
  ({ message, help }) => ({ message: capitalized(message), help }),
  () => ({
    meaning: "An option or a command is misspelt, lacks its value, or stands where it can't.",
    example: {
      kind: "command",
      text: "layerc build digits.layers --targt wasm",
      arguments: { message: "unknown option '--targt'", help: "did you mean '--target'?" },
      mended: "layerc build digits.layers --target wasm",
    },
  }),
);
