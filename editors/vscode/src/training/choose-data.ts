import fs from "node:fs";
import path from "node:path";
import * as vscode from "vscode";
import { samplesNear } from "./samples-near.ts";

/** The file of samples that a model is to be trained on: one that lies near the model, or any other. */
export async function chooseData(source: vscode.Uri, model: string): Promise<string | undefined> {
  const title = `Samples to train ${model} on`;
  const folder = path.dirname(source.fsPath);
  const near = samplesNear(folder, (name) => fs.readdirSync(name, { withFileTypes: true }));
  if (near.length === 0) return openData(title, source);
  const other = "$(folder-opened) Choose Another File...";
  const picked = await vscode.window.showQuickPick([...near, other], { title });
  if (picked === other) return openData(title, source);
  return picked && path.join(folder, picked);
}

async function openData(title: string, source: vscode.Uri): Promise<string | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title,
    filters: { Samples: ["csv", "tsv", "jsonl", "npz"] },
    defaultUri: vscode.Uri.joinPath(source, ".."),
  });
  return chosen?.[0]?.fsPath;
}
