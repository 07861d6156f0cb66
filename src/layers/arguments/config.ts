import type { ConfigValue, ParameterSpec } from "../definition.ts";
import { bindArguments, type CallSite } from "./bind.ts";
import type { CallArgument } from "./value.ts";

/** The checked arguments of a call. */
export interface ArgumentConfig {
  /** By name in the order of the parameters. A wrong optional argument is replaced by its default. */
  readonly values: Readonly<Record<string, ConfigValue>>;
  /** Every mandatory argument is given and right, so that a shape rule can run on `values`. */
  readonly usable: boolean;
  /** Nothing was wrong or unknown. */
  readonly valid: boolean;
  /** The arguments as written, by parameter. */
  readonly written: ReadonlyMap<string, CallArgument>;
}

/** Binds and converts the arguments of a layer, an activation or a Keras object; reports what is wrong with them. */
export function readArguments(
  parameters: readonly ParameterSpec[],
  args: readonly CallArgument[],
  site: CallSite,
): ArgumentConfig {
  let valid = true;
  const report: CallSite["report"] = (diagnostic) => {
    valid = false;
    site.report(diagnostic);
  };
  const bound = bindArguments(
    parameters.map(({ name, default: preset, keywordOnly }) => ({ name, required: preset === undefined, keywordOnly })),
    args,
    { ...site, report },
  );
  let usable = bound.complete;
  const entries: [string, ConfigValue][] = [];
  for (const parameter of parameters) {
    const argument = bound.byName.get(parameter.name);
    let value: ConfigValue | undefined;
    if (argument !== undefined) {
      const subject = `'${parameter.name}' of ${site.callee}`;
      const { related, suggest } = site;
      const place = {
        subject,
        related,
        report,
        preset: parameter.default,
        ...(suggest === undefined ? {} : { suggest }),
      };
      value = parameter.type.convert(argument.value, place);
      if (value === undefined) valid = false;
    }
    if (value === undefined) value = parameter.default;
    if (value === undefined) usable = false;
    else entries.push([parameter.name, value]);
  }
  // The names are those of parameters, never of a user's file.
  return { values: Object.fromEntries(entries), usable, valid: valid && usable, written: bound.byName };
}
