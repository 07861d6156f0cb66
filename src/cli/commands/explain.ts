import { defineCommand } from "../arguments/command.ts";

/** `layerc explain`: what a diagnostic means, with an example. */
export const explain = defineCommand({
  name: "explain",
  description: "say what a diagnostic means, with a source that has it, its message there, and the mended source",
  argument: {
    kind: "optional",
    name: "code",
    description: "the code of an error, a warning or a hint, as in error[code] (default: list all)",
  },
  options: {},
  answers: true,
  readsConfig: false,
  async run(invocation, environment) {
    const { explainDiagnostic } = await import("../explain/explain-diagnostic.ts");
    return explainDiagnostic(invocation, environment);
  },
});
