import type { CommandValues } from "../../config/options/values.ts";
import type { Environment } from "../../node/environment.ts";
import type { ExitCode, Outcome } from "../report/outcome.ts";
import type { Argument } from "./argument.ts";
import { configure } from "./configure.ts";
import { confined } from "./confined.ts";
import type { ConfigOptions, Invocation, ReportOptions } from "./invocation.ts";
import type { fromTable, OwnOption, OwnOptions } from "./option.ts";

/** All that is known of a command. What is heavy is imported when it runs. */
export interface CommandDefinition<
  Name extends string,
  Operand extends Argument,
  Options extends OwnOptions,
> extends CommandFacts<Name, Operand, Options> {
  /**
   * Answers what is to be printed, or the exit code of a run that has printed everything itself. The invocation has what
   * the config says, and the environment reads what both let it. `given` is what the command line says alone, and with what, for
   * those that read the config again and again.
   */
  run(
    invocation: Invocation<Name, Options, Operand>,
    environment: Environment,
    given: { readonly invocation: Invocation<Name, Options, Operand>; readonly environment: Environment },
  ): Promise<Outcome | ExitCode>;
}

/** A command of the registry, whatever its options. */
export interface Command extends CommandFacts<string, Argument, OwnOptions> {
  run(given: ParsedCommand, environment: Environment): Promise<Outcome | ExitCode>;
}

/** What was parsed for a command: the values of its arguments and options, by name. */
export interface ParsedCommand extends ReportOptions, ConfigOptions {
  readonly command: string;
}

interface CommandFacts<Name extends string, Operand extends Argument, Options extends OwnOptions> {
  readonly name: Name;
  /** What `layerc --help` says of it. */
  readonly description: string;
  readonly argument: Operand;
  /** Words that people may try in its place. */
  readonly alsoTried?: readonly string[];
  /** Those that all commands have go without saying. */
  readonly options: Options;
  /** Whether it takes its files and options from the project's config. */
  readonly readsConfig: boolean;
  /** Whether its text is an answer, for which it was called: it can't be quiet then. */
  readonly answers?: true;
}

/** Under the name of an option of the table stands that one and none of the command's own, and only there. */
type OptionsOf<Name extends string, Options> = {
  readonly [Key in keyof Options]: Key extends keyof CommandValues<Name> ? typeof fromTable : OwnOption;
};

/** Makes a command of its definition: reads the config for it, if it takes one. */
export function defineCommand<
  const Name extends string,
  const Operand extends Argument,
  const Options extends OwnOptions,
>(definition: CommandDefinition<Name, Operand, Options> & { readonly options: OptionsOf<Name, Options> }): Command {
  return {
    ...definition,
    async run(parsed, environment) {
      // The parser is made from the definition, so its values are those that the definition says.
      const given = parsed as Invocation<Name, Options, Operand>;
      let invocation = given;
      if (definition.readsConfig) {
        const configured = await configure(given, environment);
        if (!configured.ok) return configured.outcome;
        invocation = configured.invocation;
      }
      return definition.run(invocation, confined(environment, given, invocation), { invocation: given, environment });
    },
  };
}
