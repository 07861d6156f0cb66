import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Epoch } from "../../editors/vscode/src/training/read-log.ts";
import { TrainingHistory } from "../../editors/vscode/src/training/training-history.ts";
import { startTraining } from "../../editors/vscode/src/training/training-run.ts";

/** Trains as many epochs as its argument says, and replaces the log of an earlier run only after a while. */
const layerc = `
import fs from "node:fs";
const [epochs, , log] = process.argv.slice(2);
setTimeout(() => {
  const lines = Array.from({ length: epochs }, (_, at) => JSON.stringify({ epoch: at + 1, loss: Number(epochs) }) + "\\n");
  fs.writeFileSync(log, lines.join(""));
  console.log('{"training":null,"diagnostics":[]}');
}, 400);
`;

test("a run tells its own epochs and none that an earlier one has left in the log", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-run-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const cli = path.join(folder, "cli.mjs");
  fs.writeFileSync(cli, layerc);
  const toldBy = async (epochs: number): Promise<readonly Epoch[]> => {
    const told: Epoch[] = [];
    const place = { cli, argv: [String(epochs)], cwd: folder, log: path.join(folder, "log.jsonl") };
    const { ended } = startTraining(place, (added) => told.push(...added));
    expect(await ended).toMatchObject({ kind: "reported" });
    return told;
  };
  const epochs = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ epoch: at + 1, results: { loss: count } }));
  expect(await toldBy(40)).toEqual(epochs(40));
  expect(await toldBy(5)).toEqual(epochs(5));
});

test("the curves of a training that goes on are those of before and its own, and one that begins anew has its own", () => {
  const history = new TrainingHistory();
  const add = (...epochs: readonly number[]): void => {
    for (const epoch of epochs) history.add({ epoch, results: { loss: 1 / epoch } });
  };
  history.begin(false);
  add(1, 2, 3);
  history.begin(true);
  expect(history.epochs).toHaveLength(3);
  add(4);
  expect(history.epochs).toEqual([1, 2, 3, 4].map((epoch) => ({ loss: 1 / epoch })));
  // From a checkpoint that was written before the last epochs: those are done again.
  history.begin(true);
  add(3);
  expect(history.epochs).toEqual([1, 2, 3].map((epoch) => ({ loss: 1 / epoch })));
  // From one that was written elsewhere.
  history.begin(true);
  add(6);
  expect(history.epochs.slice(3)).toEqual([{}, {}, { loss: 1 / 6 }]);
  history.begin(false);
  add(1);
  expect(history.epochs).toEqual([{ loss: 1 }]);
});
