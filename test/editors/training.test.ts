import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { LogReader } from "../../editors/vscode/src/training/read-log.ts";
import { samplesNear } from "../../editors/vscode/src/training/samples-near.ts";
import { findingText, readReport, resultText } from "../../editors/vscode/src/training/training-report.ts";

test("of a log that is being written the whole lines are read, each once", () => {
  const reader = new LogReader();
  expect(reader.take('{"epoch":1,"loss":0.5,"accuracy":0.25,"seconds":0.01}\n{"epoch":2,"lo')).toEqual([
    { epoch: 1, results: { loss: 0.5, accuracy: 0.25 } },
  ]);
  expect(reader.take("")).toEqual([]);
  expect(reader.take('ss":null}\n{"epoch":3,"loss":0.25}\nnonsense\n')).toEqual([
    { epoch: 2, results: { loss: null } },
    { epoch: 3, results: { loss: 0.25 } },
  ]);
});

test("the report of a training is told in a line", () => {
  const training = {
    model: "Iris",
    end: "finished",
    before: { loss: 1.1, accuracy: 1 / 3 },
    after: { loss: 0.1, accuracy: 0.98 },
    weights: "iris.safetensors",
  } as const;
  expect(resultText(training)).toBe("Iris: accuracy 0.3333 -> 0.9800; the weights are in iris.safetensors");
  expect(resultText({ ...training, after: { loss: null, mean_squared_error: 0.5 } })).toBe(
    "Iris: mean_squared_error no number -> 0.5000; the weights are in iris.safetensors",
  );
  expect(resultText({ ...training, before: { loss: 1 }, after: { loss: 0.5 } })).toBe(
    "Iris: loss 1.0000 -> 0.5000; the weights are in iris.safetensors",
  );
  expect(resultText({ ...training, end: "interrupted", after: null, weights: null })).toBe(
    "The training of Iris was stopped",
  );
});

test("a finding is told in a line, with its place; what is no report is none", () => {
  const finding = { code: "data-cell-unclear", severity: "error", message: "'x' is no number", fix: null } as const;
  const location = { file: "iris.csv", start: { line: 3, column: 5, offset: 40 } };
  expect(findingText({ ...finding, help: "write one", location })).toBe(
    "error[data-cell-unclear]: 'x' is no number (iris.csv:3:5); write one",
  );
  expect(findingText({ ...finding, help: null, location: null })).toBe("error[data-cell-unclear]: 'x' is no number");
  expect(readReport("layerc: bug")).toBe(undefined);
  expect(readReport("{}")).toBe(undefined);
  expect(readReport('{"training":null,"diagnostics":[]}')).toEqual({ training: null, diagnostics: [] });
});

test("samples are looked for beside the model and in the folders there, not below, and not in those of tools", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-samples-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  for (const file of [
    "b.npz",
    "a.CSV",
    "a.txt",
    "data/c.jsonl",
    "data/deep/d.csv",
    ".git/e.csv",
    "node_modules/f.csv",
  ]) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), "");
  }
  const list = (name: string) => fs.readdirSync(name, { withFileTypes: true });
  expect(samplesNear(folder, list)).toEqual(["a.CSV", "b.npz", path.join("data", "c.jsonl")]);
  expect(samplesNear(path.join(folder, "none"), list)).toEqual([]);
});
