import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Checked } from "../../diagnostics/diagnostic.ts";
import { isTrainedFile } from "../../model-formats/file-names.ts";
import type { Input, TrainedChoice } from "../../node/inputs.ts";
import { oneFileExpected } from "./one-file-expected.ts";
import { wrongUsage } from "./wrong-usage.ts";

export const importName = defineDiagnostic<{ name: string }>(
  "import-name",
  "error",
  "The name given with --name can't be that of a model.",
  ({ name }) => ({
    message: `--name '${name}' can't be the name of a model`,
    help: "give a letter, then letters, digits and '_', and no name that is built in or taken in JavaScript",
  }),
  () => ({
    meaning: "The name becomes that of the model in the source, and of exports of the generated module.",
    example: {
      kind: "command",
      text: "layerc import digits.keras --name my-digits",
      arguments: { name: "my-digits" },
      mended: "layerc import digits.keras --name MyDigits",
    },
  }),
);

/** The name of a model as `--name` gives it: with a capital letter, if it can be one. */
export async function readModelName(given: string | undefined): Promise<Checked<string | undefined>> {
  if (given === undefined) return { value: undefined, diagnostics: [] };
  const { isModelName } = await import("../../importers/index.ts");
  const name = given.charAt(0).toUpperCase() + given.slice(1);
  if (isModelName(name)) return { value: name, diagnostics: [] };
  return { value: undefined, diagnostics: [importName(undefined, { name: given })] };
}

/** Inputs whose trained model is taken as `--name` and `--output` say, which are for one trained file. */
export async function takeTrained(
  inputs: readonly Input[],
  { name: given, output }: TrainedChoice,
): Promise<Checked<readonly Input[]>> {
  const { value: name, diagnostics } = await readModelName(given);
  const [input] = inputs;
  if ((name === undefined && output === undefined) || input === undefined) return { value: inputs, diagnostics };
  const wrong = (diagnostic: Checked<unknown>["diagnostics"][number]): Checked<readonly Input[]> => ({
    value: inputs,
    diagnostics: [diagnostic],
  });
  const option = name === undefined ? "--output" : "--name";
  if (inputs.length > 1) return wrong(oneFileExpected(undefined, { option, found: inputs.length }));
  if (isTrainedFile(input.path)) {
    const trained = { ...(name === undefined ? {} : { name }), ...(output === undefined ? {} : { output }) };
    return { value: [{ ...input, trained }], diagnostics };
  }
  const says = name === undefined ? "which layer is the last" : "what its models are called";
  const message = `${option} goes with a trained file, and '${input.path}' says itself ${says}`;
  return wrong(wrongUsage(undefined, { message, help: "leave it out, or change the file" }));
}
