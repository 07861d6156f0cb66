import { defineDiagnostic } from "../diagnostics/define.ts";

export const scriptSyntax = defineDiagnostic(
  "script-syntax",
  "error",
  "A script to import can't be read as Python.",
  (at: { reason: string }) => ({ message: `The script can't be read as Python: ${at.reason}` }),
  () => ({
    meaning:
      "Brackets, quotes or signs of the script are none of Python, so that nobody can tell where its statements end. Only a part of it may have been copied.",
    example: {
      kind: "situation",
      text: "layerc import is given digits.py, of which the last line was not copied.",
      arguments: { reason: "'(' is never closed" },
      mended: "All of the script is copied.",
    },
  }),
);

export const scriptTooLarge = defineDiagnostic(
  "script-too-large",
  "error",
  "A script to import is longer than those that are read.",
  (at: { length: number; most: number }) => ({
    message: `A script has at most ${at.most} characters, found ${at.length}`,
    help: "import the part that makes the model",
  }),
  () => ({
    meaning:
      "Scripts have a limit of length, so that a wrong file does not take the memory of the machine. A model is made in a few lines.",
    example: {
      kind: "situation",
      text: "layerc import is given data.py, which is two million characters of numbers.",
      arguments: { length: 2_000_000, most: 1_048_576 },
      mended: "The lines that make the model are copied into model.py.",
    },
  }),
);
