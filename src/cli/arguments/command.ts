import type { CommandValues } from "../../config/options/values.ts";
import { confineToProject } from "../../node/confine.ts";
import type { Environment } from "../../node/environment.ts";
import type { ExitCode, Outcome } from "../report/outcome.ts";
import type { Argument } from "./argument.ts";
import { configure } from "./configure.ts";
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
   * the config says; `given` is that of the command line alone, for those that read the config again and again.
   */
  run(
    invocation: Invocation<Name, Options, Operand>,
    environment: Environment,
    given: Invocation<Name, Options, Operand>,
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
      const isConfined = given.sandboxPaths === true || invocation.project?.config.sandboxPaths === true;
      return definition.run(invocation, isConfined ? confine(environment) : environment, given);
    },
  };
}

/** The same, but that nothing outside of the project is read. */
function confine(environment: Environment): Environment {
  return { ...environment, files: confineToProject(environment.cwd, environment.files) };
}
