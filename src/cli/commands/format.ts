import { counted } from "../../diagnostics/counted.ts";
import { hasErrors, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import { visibleText } from "../../diagnostics/visible-text.ts";
import { isTrainedFile } from "../../model-formats/file-names.ts";
import { byteOrderMark } from "../../node/byte-order-mark.ts";
import { commitFiles } from "../../node/commit-files.ts";
import type { Environment } from "../../node/environment.ts";
import type { FileFormatter, FormattedFile } from "../../node/format-file.ts";
import { maxTextBytes } from "../../node/limits.ts";
import { unreadText } from "../../node/load-sources.ts";
import { createNodeHost, decodeText } from "../../node/node-host.ts";
import { toSlashes } from "../../node/paths.ts";
import { defineCommand } from "../arguments/command.ts";
import { findFiles } from "../arguments/find-files.ts";
import type { Invocation } from "../arguments/invocation.ts";
import type { OwnOptions } from "../arguments/option.ts";
import { wrongUsage } from "../arguments/wrong-usage.ts";
import { stopped, type Outcome } from "../report/outcome.ts";

const options = {
  check: { flag: "--check", description: "write nothing; fail when a file is not formatted" },
  stdinFilepath: {
    flag: "--stdin-filepath <file>",
    description: "format standard input as the file of this name, and print it",
    conflicts: ["quiet"],
  },
} as const satisfies OwnOptions;

type FormatInvocation = Invocation<"format", typeof options, { readonly kind: "files" }>;

/** `layerc format`: formats model files where they are, as Prettier does with `layerc/prettier`. */
export const format = defineCommand({
  name: "format",
  description: "format model files in place, as Prettier does with layerc/prettier",
  argument: { kind: "files" },
  alsoTried: ["fmt", "prettier"],
  options,
  readsConfig: true,
  run: (invocation, environment) =>
    invocation.stdinFilepath === undefined
      ? formatFiles(invocation, environment)
      : formatInput(invocation.stdinFilepath, invocation, environment),
});

/** A text, and what became of it. */
interface Formatted {
  /** As in `displayPath`. */
  readonly path: string;
  /** With its byte order mark. */
  readonly text: string;
  readonly result: FormattedFile;
}

const nothing = { files: [] };

async function formatFiles(invocation: FormatInvocation, environment: Environment): Promise<Outcome> {
  const { cwd, files } = environment;
  const found = await findFiles(invocation, environment, "searched");
  if (hasErrors(found.diagnostics)) return stopped(found.diagnostics, nothing);
  const once = [...new Map(found.value.map((input) => [input.path, input])).values()];
  const trained = once.find((input) => isTrainedFile(input.path));
  // The config includes them for other commands.
  if (trained !== undefined && invocation.files.length > 0) return stopped([notText(trained.path)], nothing);

  const host = createNodeHost(cwd, files);
  const texts: { readonly path: string; readonly text: string }[] = [];
  const unread: Diagnostic[] = [];
  for (const { path } of once.filter((input) => !isTrainedFile(input.path))) {
    const bytes = await host.readBytes(path, maxTextBytes);
    const read = bytes.ok ? decodeText(bytes.content) : bytes;
    if (read.ok && bytes.ok) texts.push({ path, text: byteOrderMark(bytes.content) + read.content });
    else if (!read.ok) unread.push(unreadText(path, read.reason));
  }
  if (unread.length > 0) return stopped(unread, nothing);

  const formatter = await loadFormatter(invocation, cwd);
  const done: Formatted[] = [];
  for (const file of texts) {
    const result = await formatter.format(file.path, file.text);
    done.push({ ...file, result });
    // It would fail at the others too.
    if (result.kind === "failed") break;
  }
  const outcome = outcomeOf(done, found.diagnostics);
  if (outcome.problems.length > 0) return outcome;
  if (invocation.check === true) return { ...outcome, ...checked(done) };
  const changed = done.flatMap((file) => {
    const text = changedText(file);
    return text === undefined ? [] : [{ path: file.path, content: new TextEncoder().encode(text) }];
  });
  const failure = changed.length === 0 ? undefined : await commitFiles(changed, cwd, files);
  return failure === undefined ? { ...outcome, text: writtenLines(done) } : stopped([failure], nothing);
}

async function formatInput(
  name: string,
  invocation: FormatInvocation,
  { cwd, readInput }: Environment,
): Promise<Outcome> {
  if (invocation.files.length > 0) {
    const message = "--stdin-filepath reads standard input and can't go together with files";
    return stopped([wrongUsage(undefined, { message, help: "layerc format --help says more" })], nothing);
  }
  const path = toSlashes(name);
  const bytes = (await readInput?.()) ?? new Uint8Array();
  const read = decodeText(bytes);
  if (!read.ok) return stopped([unreadText(path, read.reason)], nothing);
  const text = byteOrderMark(bytes) + read.content;
  const result = await (await loadFormatter(invocation, cwd)).format(path, text);
  const done = { path, text, result };
  const outcome = outcomeOf([done], []);
  if (invocation.check === true) return { ...outcome, ...checked([done]) };
  if (result.kind === "wrong" || result.kind === "failed") return outcome;
  const output = result.kind === "ignored" ? text : result.text;
  return { ...outcome, text: output, json: { ...outcome.json, output } };
}

function outcomeOf(done: readonly Formatted[], found: readonly Diagnostic[]): Outcome {
  const diagnostics = done.flatMap(({ result }) => (result.kind === "wrong" ? result.diagnostics : []));
  return {
    problems: done.flatMap(({ result }) => (result.kind === "failed" ? [result.problem] : [])),
    diagnostics: [...found, ...diagnostics],
    sources: done.map(({ path, text }) => ({ path, text: text.replace(/^\uFEFF/, "") })),
    text: "",
    json: { files: done.map((file) => ({ path: file.path, state: stateOf(file) })) },
  };
}

/** What formatting makes of a text that is not formatted. */
function changedText({ text, result }: Formatted): string | undefined {
  return result.kind === "formatted" && result.text !== text ? result.text : undefined;
}

function stateOf(file: Formatted): "changed" | "unchanged" | "ignored" | "wrong" {
  if (changedText(file) !== undefined) return "changed";
  if (file.result.kind === "formatted") return "unchanged";
  return file.result.kind === "ignored" ? "ignored" : "wrong";
}

function checked(done: readonly Formatted[]): Pick<Outcome, "failed" | "text"> {
  const differing = done.filter((file) => stateOf(file) === "changed").map(({ path }) => visibleText(path));
  const lines = differing.map((name) => `${name} is not formatted: run layerc format ${name}\n`);
  return { failed: differing.length > 0, text: lines.join("") };
}

/** A line for each file that was written, and one for the others. */
function writtenLines(done: readonly Formatted[]): string {
  const inState = (state: ReturnType<typeof stateOf>): readonly Formatted[] =>
    done.filter((file) => stateOf(file) === state);
  const lines = inState("changed").map(({ path }) => `${visibleText(path)}  formatted\n`);
  const unchanged = inState("unchanged").length;
  return `${lines.join("")}${unchanged === 0 ? "" : `${counted(unchanged, "file")} unchanged\n`}`;
}

async function loadFormatter({ config }: FormatInvocation, cwd: string): Promise<FileFormatter> {
  const { createFileFormatter } = await import("../../node/format-file.ts");
  return createFileFormatter(cwd, config !== false);
}

function notText(file: string): Diagnostic {
  return wrongUsage(undefined, {
    message: `'${file}' is a trained model, expected model files`,
    help: "layerc import writes a trained model as a model file, formatted",
  });
}
