import { createHash } from "node:crypto";
import vm from "node:vm";
import { unzipSync } from "fflate";
import * as compiler from "../../src/compile.ts";
import { jsonConfigText } from "../../src/config/config-text.ts";
import { fileOptions } from "../../src/config/file-options.ts";
import { parseJsonConfig } from "../../src/config/parse-json-config.ts";
import { validateConfig } from "../../src/config/validate-config.ts";
import { digestOf } from "../../src/node/read-log.ts";
import { run } from "../../src/cli/run.ts";
import { readWeightFile } from "../../src/weights/read-weight-file.ts";
import type { WeightContainer, WeightEntry } from "../../src/weights/weight-file.ts";
import type { FuzzInput } from "./inputs.ts";
import { memoryFiles } from "./memory-files.ts";

/** Characters that a run may print: a hundred diagnostics with their frames, and as much for each byte of a small source. */
const mostPrinted = 400_000;

/** Questions to the file system. */
const mostCalls = 5_000;

/** What is wrong with how layerc took an input; undefined when nothing is. `counts` hears what became of it. */
export async function judge(input: FuzzInput, counts: Record<string, number>): Promise<string | undefined> {
  if (input.kind === "config") return judgeConfig(input.files["layerc.config.json"] as string);
  const files = memoryFiles(input.files);
  if (input.forge !== undefined) return judgeCache(input, files);
  let printed = "";
  const stream = { write: (text: string) => void (printed += text), isTerminal: false };
  const exitCode = await run(input.argv, "0.0.0", {
    cwd: "/p",
    variables: {},
    stdout: stream,
    stderr: stream,
    readInput: async () => new Uint8Array(),
    files,
    loadCompiler: async () => compiler,
  });
  counts[`exit ${exitCode}`] = (counts[`exit ${exitCode}`] ?? 0) + 1;
  if (exitCode === 3) return `exit 3: ${printed.slice(0, 500)}`;
  if (exitCode !== 0 && exitCode !== 1 && exitCode !== 2) return `exit ${String(exitCode)}`;
  if (exitCode !== 0 && printed === "") return `exit ${exitCode} without a word`;
  if (/^\s+at (?:\S+ \()?(?:file:|node:|\/)\S*:\d+:\d+\)?$/m.test(printed))
    return `a stack trace: ${printed.slice(0, 800)}`;
  if (printed.length > mostPrinted) return `printed ${printed.length} characters`;
  if (files.work.calls > mostCalls) return `asked for files ${files.work.calls} times`;
  return (await wrongModule(files, input)) ?? (await wrongArrays(input));
}

/** Whatever a config is, it is checked, and what passes can be asked for the options of a file. */
function judgeConfig(text: string): string | undefined {
  const { value, diagnostics } = parseJsonConfig("layerc.config.json", text, false);
  if (diagnostics.length > 0) return undefined;
  const checked = validateConfig(value, jsonConfigText("layerc.config.json", text, []));
  if (checked.diagnostics.length > 200) return `${checked.diagnostics.length} diagnostics`;
  if (checked.diagnostics.length > 0) return undefined;
  const options = fileOptions(checked.value, "a/b.layers");
  const strange = Object.values(options).find((option) => typeof option !== "string");
  return strange === undefined ? undefined : `an option is ${JSON.stringify(strange)}`;
}

/** Whatever somebody has made of an entry, a build writes the same. */
async function judgeCache(input: FuzzInput, files: ReturnType<typeof memoryFiles>): Promise<string | undefined> {
  const build = async (): Promise<string> => {
    let printed = "";
    const stream = { write: (text: string) => void (printed += text), isTerminal: false };
    const loadCompiler = async (): Promise<typeof compiler> => compiler;
    const environment = { cwd: "/p", variables: {}, stdout: stream, stderr: stream, files, loadCompiler };
    const exitCode = await run(input.argv, "0.0.0", { ...environment, compilerId: () => "fuzz" });
    return exitCode === 0 ? "" : `exit ${exitCode}: ${printed.slice(0, 500)}`;
  };
  const first = await build();
  if (first !== "") return first;
  const made = files.read("/p/m.ts", 2 ** 30);
  const folder = "/p/node_modules/.cache/layerc";
  const [name = ""] = files.list(folder);
  const text = new TextDecoder().decode(files.read(`${folder}/${name}`, 2 ** 30));
  const body = input.forge?.(text.slice(text.indexOf("\n") + 1)) ?? "";
  const encode = (part: string): Uint8Array => new TextEncoder().encode(part);
  const checksum = digestOf(encode(`${name.replace(/\.json$/, "")}\n${body}`));
  files.remove(`${folder}/${name}`);
  files.writeNew(`${folder}/${name}`, encode(`${checksum}\n${body}`), "");
  files.remove("/p/m.ts");
  const second = await build();
  if (second !== "") return second;
  return Buffer.compare(made, files.read("/p/m.ts", 2 ** 30)) === 0
    ? undefined
    : "the second build wrote something else";
}

/** A generated module has to be JavaScript. */
async function wrongModule(files: ReturnType<typeof memoryFiles>, input: FuzzInput): Promise<string | undefined> {
  for (const name of files.list("/p")) {
    if (!/\.m?js$/.test(name) || name in input.files) continue;
    const text = new TextDecoder().decode(files.read(`/p/${name}`, 2 ** 30));
    const body = text
      .replaceAll(/^export (?:default )?(?=const|function|class|async|let)/gm, "")
      .replaceAll(/^export \{[^}]*\};?$/gm, "");
    try {
      const script = new vm.Script(`(async () => {${body}\n})`);
      if (script.sourceMapURL !== undefined) return `${name} names a source map, '${script.sourceMapURL}'`;
    } catch (error) {
      return `${name} is no JavaScript: ${String(error)}`;
    }
  }
  return undefined;
}

/** Arrays that are read have to be those that another reader sees in the file. */
async function wrongArrays({ files, kind }: FuzzInput): Promise<string | undefined> {
  const ending = /^weights (\.npz|\.safetensors)$/.exec(kind)?.[1];
  if (ending === undefined) return undefined;
  const bytes = files[`w${ending}`] as Uint8Array;
  const read = await readWeightFile(bytes, `w${ending}`);
  if (!read.ok) return undefined;
  const ours = digests(read.file.root);
  const inFile = ending === ".npz" ? npzArrays(bytes) : safetensorsArrays(bytes);
  // Of another type than float32 there is an array: the shortest way reads none.
  if (inFile === undefined) return undefined;
  const theirs = new Set(inFile);
  const strange = ours.filter((digest) => !theirs.has(digest));
  return strange.length === 0 ? undefined : `${strange.length} of ${ours.length} arrays are not those of the file`;
}

/** Of its values: which of the many patterns of NaN stands in a file, an engine may change. */
function digest(data: Float32Array): string {
  const values = data.map((value) => (Number.isNaN(value) ? Number.NaN : value));
  return createHash("sha1").update(new Uint8Array(values.buffer)).digest("base64");
}

function digests(entry: WeightContainer | WeightEntry): readonly string[] {
  if (entry.kind === "layer") return entry.arrays.map(({ data }) => digest(data));
  return entry.entries.flatMap(digests);
}

/** The arrays of a safetensors file of float32, read in the shortest way; undefined where one is of another type. */
function safetensorsArrays(bytes: Uint8Array): readonly string[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = 8 + Number(view.getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, start))) as Record<
    string,
    { dtype: string; data_offsets: [number, number] }
  >;
  const entries = Object.entries(header).filter(([key]) => key !== "__metadata__");
  if (entries.some(([, { dtype }]) => dtype !== "F32")) return undefined;
  return entries.map(
    ([
      ,
      {
        data_offsets: [from, to],
      },
    ]) => digest(new Float32Array(Uint8Array.from(bytes.subarray(start + from, start + to)).buffer)),
  );
}

function npzArrays(bytes: Uint8Array): readonly string[] | undefined {
  const members = unzipped(bytes);
  if (members === undefined) return undefined;
  const text = (member: Uint8Array): string => new TextDecoder("latin1").decode(member.subarray(0, 128));
  if (members.some((member) => !/'<f4'.*'fortran_order': False/.test(text(member)))) return undefined;
  return members.map((member) => {
    const view = new DataView(member.buffer, member.byteOffset, member.byteLength);
    const start = (member[6] === 1 ? 10 : 12) + (member[6] === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
    return digest(new Float32Array(Uint8Array.from(member.subarray(start)).buffer));
  });
}

/** The members of an archive; undefined where this reader, which believes fields that say what others say too, gives up. */
function unzipped(bytes: Uint8Array): readonly Uint8Array[] | undefined {
  try {
    return Object.values(unzipSync(bytes));
  } catch {
    return undefined;
  }
}
