import { capitalized } from "../../diagnostics/capitalized.ts";
import { defineDiagnostic } from "../../diagnostics/define.ts";

export const wrongUsage = defineDiagnostic<{ message: string; help: string }>(
  "command-line",
  "error",
  "The command line can't be understood.",
  ({ message, help }) => ({ message: capitalized(message), help }),
);
