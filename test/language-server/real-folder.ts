import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { startClient, type ClientOptions, type TestClient } from "./client.ts";

/** A client of a server on a real folder with these files. */
export async function startOn(
  files: Readonly<Record<string, string>>,
  options: ClientOptions = {},
): Promise<TestClient & { readonly root: string }> {
  const root = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "layerc-editor-")));
  onTestFinished(() => fs.rmSync(root, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), text);
  }
  const client = await startClient({ ...options, root });
  return { ...client, root };
}
