import fs from "node:fs";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { inject } from "vitest";

/**
 * A folder that is filled once for all test files of a run: the first one that asks for it fills it, those that ask
 * meanwhile wait. Throws in all of them where that fails.
 */
export async function madeOnce(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = path.join(inject("sharedFolder"), name);
  const [done, failed] = [`${folder}.done`, `${folder}.failed`];
  if (isFirst(folder)) {
    try {
      await fill(folder);
      fs.writeFileSync(done, "");
    } catch (error) {
      fs.writeFileSync(failed, String(error));
      throw error;
    }
  }
  while (!fs.existsSync(done)) {
    if (fs.existsSync(failed)) throw new Error(`${name} could not be made: ${fs.readFileSync(failed, "utf8")}`);
    await setTimeout(50);
  }
  return folder;
}

function isFirst(folder: string): boolean {
  try {
    fs.mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  }
}
