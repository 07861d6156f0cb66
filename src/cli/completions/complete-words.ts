import path from "node:path";
import tab from "@bomb.sh/tab/commander";
import type { RootCommand } from "@bomb.sh/tab";
import type { Command as Program } from "commander";
import { isModelFile } from "../../model-formats/file-names.ts";
import type { Environment } from "../../node/environment.ts";
import type { Command } from "../arguments/command.ts";
import { createProgram } from "../arguments/create-program.ts";
import { printedBy } from "./printed-by.ts";

/**
 * What the scripts of `layerc completions` ask for at every Tab, `layerc complete -- WORDS`: what the last of the words may
 * become, a line each with a tab and its description, and how the shell takes them (`:4`).
 */
export function completeWords(
  words: readonly string[],
  version: string,
  commands: readonly Command[],
  { cwd, files }: Pick<Environment, "cwd" | "files">,
): string {
  const program = createProgram(version, commands, () => undefined);
  // It adds a command of its own, which answers to `complete`.
  const root = tab(program, { completionCommandName: "completion-script" });
  root.commands.delete("completion-script");
  completePlaces(root, program, (isWanted) => placesLike(words.at(-1) ?? "", isWanted, { cwd, files }));
  const lines = printedBy(() => root.parse([...words]));
  // No space behind a folder: its files are asked for next.
  return /\/\t/.test(lines) ? lines.replace(/^:\d+$/m, `:${noFileCompletion + noSpace}`) : lines;
}

/** Of what the shells' scripts understand. */
const noSpace = 2;
const noFileCompletion = 4;

/** Lets arguments and options that name files be completed with those that there are. */
function completePlaces(root: RootCommand, program: Program, list: (isWanted: IsWanted) => readonly string[]): void {
  for (const parser of program.commands) {
    const completed = root.commands.get(parser.name());
    const modelFiles = completed?.arguments.get("files");
    if (modelFiles !== undefined) modelFiles.handler = (complete) => offer(list(isModelFile), complete);
    for (const { long, flags } of parser.options) {
      const option = completed?.options.get(long?.slice(2) ?? "");
      const value = /<(\w+)>$/.exec(flags)?.[1];
      if (option === undefined || value === undefined || !Object.hasOwn(places, value)) continue;
      option.handler = (complete) => offer(list(places[value as keyof typeof places]), complete);
    }
  }
}

type IsWanted = (name: string) => boolean;

/** What options take whose value has such a name in the help: all files, or folders alone. */
const places = { file: () => true, cases: () => true, folder: () => false } satisfies Record<string, IsWanted>;

function offer(names: readonly string[], complete: (value: string, description: string) => void): void {
  for (const name of names) complete(name, "");
}

/** The folders, and the files that are wanted, that a beginning of a path may become. Hidden ones are asked for by a dot. */
function placesLike(
  begun: string,
  isWanted: IsWanted,
  { cwd, files }: Pick<Environment, "cwd" | "files">,
): readonly string[] {
  const base = begun.slice(0, begun.lastIndexOf("/") + 1);
  const folder = path.resolve(cwd, base);
  const isHidden = (name: string): boolean => name.startsWith(".") && !begun.slice(base.length).startsWith(".");
  return files
    .list(folder)
    .filter((name) => !isHidden(name) && (base + name).startsWith(begun))
    .flatMap((name) => {
      const kind = files.kind(path.join(folder, name));
      if (kind === "folder") return [`${base}${name}/`];
      return kind === "file" && isWanted(name) ? [base + name] : [];
    })
    .sort();
}
