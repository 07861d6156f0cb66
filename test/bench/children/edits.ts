import { getHeapStatistics } from "node:v8";
import { editorFiles } from "../editor/editor-files.ts";
import { holdFile } from "../editor/held-file.ts";

/** `node --expose-gc edits.js <count> ...` prints the bytes of heap in use after each of the counts of edits of one file. */
const counts = process.argv.slice(2).map(Number);
const file = editorFiles[0];
if (file === undefined) throw new Error("no file to edit");
const held = await holdFile(file);
let edits = 0;
for (const count of counts) {
  for (; edits < count; edits++) await held.edit();
  (globalThis as unknown as { gc(): void }).gc();
  console.log(`result ${edits} ${getHeapStatistics().used_heap_size}`);
}
