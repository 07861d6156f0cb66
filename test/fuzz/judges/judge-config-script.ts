import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { loadConfig } from "../../../src/node/load-config.ts";
import { fileOptions } from "../../../src/config/file-options.ts";

/** Longer than any of these scripts takes, and shorter than what the loader waits for. Milliseconds. */
const longest = 20_000;

/** Whatever a config script is, loading it comes to an end, and gives options or says why not. */
export async function judgeConfigScript(
  files: Readonly<Record<string, string | Uint8Array>>,
  counts: Record<string, number>,
  load: typeof loadConfig = loadConfig,
): Promise<string | undefined> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "layerc-fuzz-"));
  let timer: NodeJS.Timeout | undefined;
  try {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), content);
    }
    const late = new Promise<undefined>((resolve) => (timer = setTimeout(() => resolve(undefined), longest)));
    const loaded = await Promise.race([load(folder), late]);
    if (loaded === undefined) return "loading the config does not end";
    const outcome = `config script: ${loaded.ok ? "taken" : (loaded.diagnostics[0]?.code ?? "refused")}`;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    if (!loaded.ok) {
      if (loaded.diagnostics.length === 0) return "a config is refused without a word";
      const found = loaded.diagnostics.find(({ span }) => span !== undefined && span.end < span.start);
      return found === undefined ? undefined : `a place that ends before it begins: ${JSON.stringify(found)}`;
    }
    const strange = Object.values(fileOptions(loaded.config, "a/b.layers")).find(
      (option) => typeof option !== "string",
    );
    return strange === undefined ? undefined : `an option is ${JSON.stringify(strange)}`;
  } finally {
    clearTimeout(timer);
    rmSync(folder, { recursive: true, force: true });
  }
}
