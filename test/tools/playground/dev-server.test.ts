import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { endProcess } from "../end-process.ts";
import { browsers, launch } from "./browsers.ts";
import { openPlayground } from "./open-playground.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

test.runIf(browsers.includes("Chromium"))("npm run playground says its address and serves the page there", async () => {
  // dist is built already, and building it again would be under the other tests.
  const argv = ["run", "--ignore-scripts", "playground", "--", "--port", "0", "--host", "127.0.0.1"];
  const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, NODE_ENV: undefined };
  const server = spawn("npm", argv, { cwd: root, env, detached: true });
  // npm's children are in its group.
  onTestFinished(() => endProcess(server, { isLeader: true }));
  let said = "";
  const listen = (text: string): void => void (said += text);
  server.stdout.setEncoding("utf8").on("data", listen);
  server.stderr.setEncoding("utf8").on("data", listen);
  const address = /http:\/\/127\.0\.0\.1:\d+\//;
  await expect.poll(() => said).toMatch(address);

  const folder = mkdtempSync(path.join(os.tmpdir(), "layerc-dev-server-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const browser = await launch("Chromium", folder);
  onTestFinished(() => browser.close());
  const { text, until, openTab, complaints } = await openPlayground(browser, address.exec(said)![0]);
  expect(await text(".diagram svg")).toContain("6,570 parameters");
  await openTab("try");
  await until("document.querySelector('#panel-try .best')");
  // What libraries say of their development builds.
  expect(complaints.filter((complaint) => !complaint.startsWith("Lit is in dev mode"))).toEqual([]);
});
