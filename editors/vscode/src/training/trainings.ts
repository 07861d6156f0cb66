import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import { openTrainingPanel, type TrainingPanel } from "./training-panel.ts";
import type { TrainingPlan } from "./training-plan.ts";
import { TrainingView } from "./training-view.ts";

/** The trainings that are shown, one for a model. */
export interface Trainings extends vscode.Disposable {
  start(plan: TrainingPlan): Promise<void>;
}

export function createTrainings(output: vscode.OutputChannel, extension: vscode.Uri): Trainings {
  const open = new Map<string, { readonly view: TrainingView; readonly panel: TrainingPanel }>();
  /** The ends of those whose panel was closed: they still write the checkpoint, which the next one of the model writes as well. */
  const closed = new Map<string, Promise<void>>();
  const trainings: Trainings = {
    async start(plan) {
      const key = JSON.stringify([plan.source.toString(), plan.model]);
      const shown = open.get(key);
      shown?.panel.reveal();
      if (shown?.view.isRunning === true) {
        void vscode.window.showInformationMessage(`${plan.model} is being trained already.`);
        return;
      }
      if (shown !== undefined) return shown.view.run(plan);
      const logs = fs.mkdtempSync(path.join(os.tmpdir(), "layerc-train-"));
      const panel = openTrainingPanel(`Training of ${plan.model}`, extension);
      const view = new TrainingView(panel, output, path.join(logs, "log.jsonl"), trainings.start);
      open.set(key, { view, panel });
      panel.onClosed(() => {
        open.delete(key);
        // Nobody could stop it any more; its checkpoint is written.
        const stopped = view.stop();
        closed.set(key, stopped);
        void stopped.then(() => fs.rmSync(logs, { recursive: true, force: true }));
      });
      await view.run(plan, closed.get(key));
    },
    dispose() {
      for (const { panel } of open.values()) panel.close();
    },
  };
  return trainings;
}
