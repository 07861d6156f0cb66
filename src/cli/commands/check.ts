import { defineCommand } from "../arguments/command.ts";
import { checkFiles } from "../build/check-files.ts";
import { counted } from "../report/counted.ts";
import { stopped } from "../report/outcome.ts";

/** `layerc check`: says what is wrong with files and writes nothing. */
export const check = defineCommand({
  name: "check",
  description: "say what is wrong with model files",
  argument: { kind: "files" },
  options: {},
  readsConfig: true,
  async run(invocation, environment) {
    const found = await checkFiles(invocation, environment);
    if (!found.ok) return stopped(found.outcome.problems, { files: [] });
    const { checked, outcome } = found;
    const models = checked.reduce((sum, { result }) => sum + result.models.length, 0);
    const wrong = outcome.diagnostics.some(({ severity }) => severity === "error");
    const files = checked.map(({ input, result }) => ({
      path: input.path,
      models: result.models.map((model) => model.name),
    }));
    const text = wrong ? "" : `${counted(files.length, "file")}, ${counted(models, "model")}: no errors\n`;
    return { ...outcome, text, json: { files } };
  },
});
