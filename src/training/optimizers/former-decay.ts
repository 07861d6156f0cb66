import type { CallArgument } from "../../layers/arguments/value.ts";
import type { ParameterSpec } from "../../layers/definition.ts";

/** Tells what the `decay` of Keras 2 is now; where something else than a number is given, a name stands in its place. */
export function helpOfDecay(parameters: readonly ParameterSpec[]) {
  const preset = parameters.find(({ name }) => name === "learning_rate")?.default;
  return (name: string, args: readonly CallArgument[]): string | undefined => {
    if (name !== "decay") return undefined;
    const written = (argument: CallArgument | undefined, otherwise: string): string =>
      argument?.value.kind === "number" ? String(argument.value.value) : otherwise;
    const rate = args.find(
      (argument, at) => argument.name === "learning_rate" || (at === 0 && argument.name === undefined),
    );
    const decay = args.find((argument) => argument.name === name);
    const places = [rate === undefined ? String(preset) : written(rate, "rate"), "1", written(decay, "decay")];
    return `write learning_rate=inverse_time_decay(${places.join(", ")}), which is what 'decay' was in Keras 2`;
  };
}
