import type { Environment } from "../../node/environment.ts";
import { decodeText, createNodeHost } from "../../node/node-host.ts";
import { unreadText } from "../../node/load-sources.ts";
import { toSlashes } from "../../node/paths.ts";
import { gatherDiagnostics, gatherSources } from "../report/gather-diagnostics.ts";
import { stopped } from "../report/outcome.ts";
import type { CheckedFiles } from "./check-files.ts";

/** Checks the text that comes in on standard input. `name` is what it is called, and where its imports are looked for. */
export async function checkStdin(name: string | undefined, environment: Environment): Promise<CheckedFiles> {
  const path = name === undefined ? "<stdin>" : toSlashes(name);
  const read = decodeText((await environment.readInput?.()) ?? new Uint8Array());
  if (!read.ok) return { ok: false, outcome: stopped([unreadText(path, read.reason)], {}) };
  const compiler = await environment.loadCompiler();
  const host = createNodeHost(environment.cwd, environment.files);
  const source = { path, text: read.content };
  const result = await compiler.check(source, { host });
  const outcome = {
    problems: [],
    diagnostics: gatherDiagnostics([result]),
    sources: gatherSources([result]),
    text: "",
    json: {},
  };
  return { ok: true, checked: [{ input: { path, folderFromBase: "", source }, result }], outcome };
}
