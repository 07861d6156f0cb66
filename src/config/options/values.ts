import type { OptionCommand, OptionDefinition } from "./definition.ts";
import { options } from "./table.ts";

type Table = typeof options;

/** The name of an option of the table. */
export type OptionName = keyof Table;

type ValueIn<Definition> = Definition extends { readonly values: readonly (infer Value)[] }
  ? Value
  : Definition extends { readonly values: "switch" }
    ? boolean
    : string;

type PluginValueIn<Definition> = Definition extends { readonly plugin: readonly (infer Value)[] }
  ? Value
  : ValueIn<Definition>;

/** The options of which something holds. */
type NamesWith<Facts> = { readonly [Name in OptionName]: Table[Name] extends Facts ? Name : never }[OptionName];

// Generic in the table too: only so TypeScript keeps the comments of its entries.
type Values<T, Names extends keyof T> = { readonly [Name in Names]?: ValueIn<T[Name]> };
type PluginValuesOf<T, Names extends keyof T> = { readonly [Name in Names]?: PluginValueIn<T[Name]> };

/** All options, as far as they are given. */
export type OptionValues<Names extends OptionName = OptionName> = Values<Table, Names>;

/** The options that may differ from file to file; `overrides` of a config takes them too. */
export type FileOptions = OptionValues<NamesWith<{ readonly config: "file" }>>;

/** The options of a config that hold for all files. */
export type ProjectOptions = OptionValues<NamesWith<{ readonly config: "project" }>>;

/** The options of `compile` that are told in a word, or are on or off. */
export type CompileValues = OptionValues<NamesWith<{ readonly compile: true }>>;

/** The options that a command takes. */
export type CommandValues<Command> = Command extends OptionCommand
  ? OptionValues<NamesWith<{ readonly commands: { readonly [Name in Command]: string } }>>
  : unknown;

/** The options that the plugins take. */
export type PluginValues = PluginValuesOf<Table, NamesWith<{ readonly plugin: "same" | readonly unknown[] }>>;

/** Options of which each has a value, but for the paths, which have no default. */
export type Defaulted<Values> = {
  readonly [Name in keyof Values as Name extends PathName ? never : Name]-?: NonNullable<Values[Name]>;
} & { readonly [Name in keyof Values as Name extends PathName ? Name : never]?: NonNullable<Values[Name]> };

type PathName = NamesWith<{ readonly values: "path" }>;

/** The values of options that nobody chose; paths have none. */
export const optionDefaults = Object.fromEntries(
  Object.entries(options).flatMap(([name, { values }]) =>
    values === "path" ? [] : [[name, values === "switch" ? false : values[0]]],
  ),
) as Defaulted<OptionValues>;

/** The names of the table, in its order. */
export const optionNames = Object.keys(options) as readonly OptionName[];

/** The options of which something holds, in the order of the table. */
export function namesWhere<Name extends OptionName>(holds: (option: OptionDefinition) => boolean): readonly Name[] {
  return optionNames.filter((name): name is Name => holds(options[name]));
}

export const fileOptionNames = namesWhere<keyof FileOptions>(({ config }) => config === "file");
export const projectOptionNames = namesWhere<keyof ProjectOptions>(({ config }) => config === "project");
export const compileOptionNames = namesWhere<keyof CompileValues>(({ compile }) => compile);
export const cacheKeyNames = namesWhere(({ cacheKey }) => cacheKey);
export const verifyOptionNames = namesWhere<keyof CommandValues<"verify">>(
  ({ commands }) => commands.verify !== undefined,
);
