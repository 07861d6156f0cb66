import { check } from "../../../src/compile.ts";
import { complete, hover } from "../../../src/language-service/index.ts";
import { editorFiles, type EditorFile } from "../editor/editor-files.ts";
import { holdFile } from "../editor/held-file.ts";
import type { Latency } from "../editor/latency.ts";

/**
 * `node --expose-gc latency.js <rounds>` prints, for each of the files, milliseconds of processor time of each round. Every
 * question begins without young objects: what a whole check leaves behind is collected in nobody else's time.
 */
const rounds = Number(process.argv[2]);

/** A clock of processor time takes a tenth of a millisecond to read, which is not to be added to every edit. */
const inARow = 10;

for (const [index, file] of editorFiles.entries()) {
  const all: Latency[] = [];
  for await (const latency of latencies(file)) all.push(latency);
  console.log(`result ${index} ${JSON.stringify(all)}`);
}

async function* latencies(file: EditorFile): AsyncGenerator<Latency> {
  const held = await holdFile(file);
  for (let round = -40; round < rounds; round++) {
    const whole = await timed(() => check(file.text));
    const edit =
      (await timed(async () => {
        for (let character = 0; character < inARow; character++) await held.edit();
      })) / inARow;
    const analysis = await held.edit();
    const hovered = await timed(() => hover(analysis, file.at - 1));
    const completed = await timed(() => complete(analysis, file.at + 1));
    // The first ones warm up.
    if (round >= 0) yield { check: whole, edit, hover: hovered, completion: completed };
  }
}

async function timed(run: () => unknown): Promise<number> {
  (globalThis as unknown as { gc(options: { readonly type: "minor" }): void }).gc({ type: "minor" });
  const start = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
