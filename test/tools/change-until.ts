import { setTimeout } from "node:timers/promises";
import { patience } from "./chromium.ts";

/**
 * Makes a change, and waits until something comes of it. It is made again where nothing does, at ever longer intervals: most
 * tools say that they are ready before they watch all files that they have read.
 */
export async function changeUntil(
  change: () => void,
  comes: () => Promise<boolean>,
  what: () => string,
): Promise<void> {
  const end = Date.now() + patience;
  for (let wait = 2_000; Date.now() < end; wait *= 2) {
    change();
    const next = Date.now() + wait;
    while (Date.now() < Math.min(next, end)) {
      if (await comes()) return;
      await setTimeout(50);
    }
  }
  throw new Error(`nothing comes of a change: ${what()}`);
}
