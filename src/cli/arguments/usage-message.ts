import type { Argument, CommanderError } from "commander";
import { counted } from "../../diagnostics/counted.ts";

/** What is wrong with a command line and what to do, in the words of layerc's other messages. */
export interface UsageMessage {
  readonly message: string;
  readonly help?: string;
}

/** Says what a parser's error says; `expected` are the arguments of the command that was given. */
export function usageMessage({ code, message: raw }: CommanderError, expected: readonly Argument[]): UsageMessage {
  const [text = "", suggestion = ""] = raw.replace(/^error: /, "").split(/\n(?=\(Did you mean )/);
  const help = didYouMean(suggestion);
  switch (code) {
    case "commander.missingArgument": {
      const [first] = expected;
      return {
        message: `No ${first?.variadic === true ? `${first.name()} are` : `${first?.name()} is`} given, expected ${first?.description}`,
      };
    }
    case "commander.excessArguments": {
      const [, found] = /Expected \d+ arguments? but got (\d+)/.exec(text) ?? [];
      return { message: `Found ${counted(Number(found), "argument")}, expected ${expected.length}` };
    }
    case "commander.optionMissingArgument": {
      const [, option, value] = /^option '(?:-\w, )?(--[\w-]+) (<[\w-]+>)/.exec(text) ?? [];
      return option === undefined
        ? { message: text }
        : { message: `${option} has no value, expected ${option} ${value}` };
    }
    case "commander.missingMandatoryOptionValue": {
      const [, option] = /^required option '([^']+)'/.exec(text) ?? [];
      return { message: `${option} is missing` };
    }
    case "commander.invalidArgument":
      return { message: invalidValue(text) };
    case "commander.conflictingOption": {
      const [one, other] = [...text.matchAll(/option '(?:-\w, )?(--[\w-]+)/g)].map((match) => match[1]);
      return other === undefined ? { message: text } : { message: `${one} and ${other} can't go together` };
    }
    default:
      return { message: text, ...help };
  }
}

/** `option '--weights <where>' argument 'x' is invalid. Allowed choices are inline, file.` in layerc's words. */
function invalidValue(raw: string): string {
  // An argument's choices are told in other words than an option's.
  const text = raw.replace(
    /^command-argument value ('[^]*') is invalid for argument '(\w+)'/,
    "$2 argument $1 is invalid",
  );
  const parts = /^(?:option '(?:-\w, )?(--[\w-]+)[^']*'|[^']*) argument '([^]*)' is invalid\. ([^]*?)\.?$/.exec(text);
  if (parts === null) return text;
  const [, option = /^\w+/.exec(text)?.[0] ?? "the argument", value = "", wanted = ""] = parts;
  const choices = /^Allowed choices are (.*)$/.exec(wanted)?.[1];
  const expected = choices === undefined ? wanted : `expected ${alternatives(choices.split(", "))}`;
  return `${option} is '${value}', ${expected}`;
}

/** `(Did you mean one of --check, --color?)` in layerc's words. */
function didYouMean(suggestion: string): { readonly help?: string } {
  const words = /^\(Did you mean (?:one of )?(.*)\?\)$/.exec(suggestion)?.[1];
  if (words === undefined) return {};
  return { help: `did you mean ${alternatives(words.split(", ").map((word) => `'${word}'`))}?` };
}

/** `a`, `a or b`, `a, b or c` */
function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}
