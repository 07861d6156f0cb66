import type { OptionName, OptionValues } from "./values.ts";

/** Some options, in the order of their names here, out of several places, of which the last one wins. One that is there but undefined hides none. */
export function mergeOptions<Name extends OptionName>(
  names: readonly Name[],
  ...places: readonly OptionValues<Name>[]
): OptionValues<Name> {
  const pairs = names.flatMap((name) => {
    const value = places.findLast((place) => place[name] !== undefined)?.[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  // The pairs are those of the places, which have this type.
  return Object.fromEntries(pairs) as OptionValues<Name>;
}
