import * as compiler from "../../../src/compile.ts";
import { digestOf } from "../../../src/node/read-log.ts";
import { run } from "../../../src/cli/run.ts";
import type { FuzzInput } from "../inputs.ts";
import type { memoryFiles } from "../memory-files.ts";

/** Whatever somebody has made of an entry, a build writes the same. */
export async function judgeCache(input: FuzzInput, files: ReturnType<typeof memoryFiles>): Promise<string | undefined> {
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
