import path from "node:path";
import { defineDiagnostic } from "../../diagnostics/define.ts";
import type { Checked } from "../../diagnostics/diagnostic.ts";
import type { BuiltInput } from "./build-input.ts";
import type { FileToWrite } from "../../node/commit-files.ts";
import type { Environment } from "../../node/environment.ts";
import { describeFileError } from "../../node/file-error.ts";
import type { BuildInvocation } from "./build-invocation.ts";
import type { Output } from "../../node/plan-files.ts";
import { displayPath, toSlashes } from "../../node/paths.ts";
import { maxOutputBytes } from "../../node/limits.ts";

export const depfileUnusable = defineDiagnostic<{ file: string; reason: string; help?: string }>(
  "depfile-unusable",
  "error",
  "The file of --depfile can't be written, or is needed for something else.",
  ({ file, reason, help }) => ({
    message: `--depfile '${file}' can't be used: ${reason}`,
    ...(help === undefined ? {} : { help }),
  }),
  () => ({
    meaning:
      "The file that make or ninja reads the dependencies from can't be written, is a file of the build itself, or would hold a name that there is no way to write in it.",
    example: {
      kind: "command",
      text: "layerc build digits.layers --depfile digits.layers",
      arguments: { file: "digits.layers", reason: "this build reads it" },
      mended: "layerc build digits.layers --depfile digits.d",
    },
  }),
);

/** The file of `--depfile`, if one is asked for: a rule for every model file that has outputs. */
export function planDepfile(
  built: readonly BuiltInput[],
  outputs: readonly Output[],
  invocation: BuildInvocation,
  { cwd, files }: Pick<Environment, "cwd" | "files">,
): Checked<readonly FileToWrite[]> {
  const { depfile } = invocation;
  if (depfile === undefined) return { value: [], diagnostics: [] };
  const refuse = (reason: string, help?: string): Checked<readonly FileToWrite[]> => ({
    value: [],
    diagnostics: [depfileUnusable(undefined, { file: depfile, reason, ...(help === undefined ? {} : { help }) })],
  });
  if (depfile === "") return refuse("the name is empty");

  const own = displayPath(cwd, depfile);
  if (outputs.some((output) => output.path === own)) return refuse("it is an output of the same build");
  if (built.some(({ reads }) => reads.has(own))) return refuse("this build reads it");
  try {
    const full = path.resolve(cwd, depfile);
    const kind = files.kind(full);
    if (kind === "folder") return refuse("it is a folder");
    // A device such as /dev/stdout would be replaced by a file.
    if (kind === "other") return refuse("it is not a regular file");
    if (kind === "file" && !isDepfile(new TextDecoder().decode(files.read(full, maxOutputBytes)))) {
      return refuse("the file that lies there is of another kind", "move or delete it, or choose another name");
    }
  } catch (error) {
    return refuse(describeFileError(error));
  }

  const names = namesOf(invocation, cwd);
  // The config has a say in every output. A file that two globs find below different bases is one source.
  const config = (invocation.project?.dependencies ?? []).map((file) => displayPath(cwd, file));
  const sources = [...new Map(built.map((one) => [one.input.path, one])).values()];
  const rules = sources.map(({ input, reads }) => ({
    outputs: outputs.filter(({ source }) => source === input.path).map((output) => names.output(output.path)),
    inputs: [...new Set([...found(reads), ...config])].map(names.input),
  }));
  const strange = rules.flatMap((rule) => [...rule.outputs, ...rule.inputs]).find((name) => unwritable.test(name));
  if (strange !== undefined) return refuse(`make and ninja have no way to write the name '${strange}'`);
  return { value: [{ path: own, content: new TextEncoder().encode(formatDepfile(rules)) }], diagnostics: [] };
}

/** The files that were read. What was only looked for would make every output out of date: it may lie beside a model. */
function found(reads: BuiltInput["reads"]): readonly string[] {
  return [...reads].filter(([, { digest }]) => digest !== undefined).map(([file]) => file);
}

/** What means something to make or to ninja wherever it stands, and can't be escaped for both. */
const unwritable = /[\r\n;=%]|[:\\]$/;

/** What a set of outputs is made from. */
export interface DepfileRule {
  readonly outputs: readonly string[];
  readonly inputs: readonly string[];
}

/**
 * Rules as make and ninja read them, `outputs: inputs`, a line each. An input that goes away later is no error to make,
 * because each has a rule of its own that makes nothing, as compilers' `-MP` gives it.
 */
export function formatDepfile(rules: readonly DepfileRule[]): string {
  const withOutputs = rules.filter(({ outputs }) => outputs.length > 0);
  const lines = withOutputs.map(
    ({ outputs, inputs }) =>
      `${outputs.map(escapeName).join(" ")}:${inputs
        .toSorted()
        .map((input) => ` ${escapeName(input)}`)
        .join("")}`,
  );
  const inputs = [...new Set(withOutputs.flatMap((rule) => rule.inputs))].toSorted();
  return [...lines, ...inputs.map((input) => `${escapeName(input)}:`)].map((line) => `${line}\n`).join("");
}

/**
 * As GCC's mkdeps.cc has it, which make and ninja both follow: backslashes are doubled only before a blank, where they
 * would count; a blank, `#` and `:` get one; `$` is doubled. The colon of a Windows drive stays.
 */
function escapeName(name: string): string {
  return name
    .replace(/(\\*)([ \t#])/g, "$1$1\\$2")
    .replace(/(?<!^[A-Za-z]):|:(?!\/)/g, "\\:")
    .replaceAll("$", "$$$$");
}

/** Whether `formatDepfile` may have made a text: rules only, and one of its own for every input. */
function isDepfile(text: string): boolean {
  const lines = text.split("\n").filter((line) => line !== "");
  const rules = lines.map((line) => /^((?:\\.|[^\\\s])(?:\\.|[^\\])*?):( .+)?$/.exec(line));
  const inputs = rules.flatMap((rule) => rule?.[2]?.match(/(?:\\.|[^\\ ])+/g) ?? []);
  const alone = new Set(rules.flatMap((rule) => (rule === null || rule[2] !== undefined ? [] : [rule[1]])));
  return !rules.includes(null) && inputs.every((input) => alone.has(input));
}

/**
 * How a build graph names files: as its command line does. Absolute names get absolute ones, others are relative to the
 * working folder.
 */
export function namesOf(
  { files, outDir }: Pick<BuildInvocation, "files" | "outDir">,
  cwd: string,
): { input(path: string): string; output(path: string): string } {
  const absolute = (file: string): string => toSlashes(path.resolve(cwd, file));
  const same = (file: string): string => file;
  const inputsAbsolute = files.length > 0 && files.every((file) => path.isAbsolute(file));
  const outputsAbsolute = outDir === undefined ? inputsAbsolute : path.isAbsolute(outDir);
  return { input: inputsAbsolute ? absolute : same, output: outputsAbsolute ? absolute : same };
}
