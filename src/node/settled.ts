/** How long a config script may take, in milliseconds. */
const longest = 60_000;

/**
 * What a value of somebody else's code comes to, as `await` gives it. Throws an error for a promise that can't settle any
 * more, because nothing is left to happen, or that takes longer than a minute: a process would wait for it without an end,
 * or end without a word.
 */
export async function settled(value: unknown): Promise<unknown> {
  let giveUp: (reason: Error) => void = () => {};
  const bound = new Promise<never>((_resolve, reject) => (giveUp = reject));
  const onIdle = (): void => giveUp(new Error("it awaits a promise that never settles"));
  const onTime = (): void => giveUp(new Error(`it awaits a promise for more than ${longest / 1000} seconds`));
  // It does not keep the process alive by itself: what is left without anything to do is told at once.
  const timer = setTimeout(onTime, longest).unref();
  process.once("beforeExit", onIdle);
  try {
    return await Promise.race([value, bound]);
  } finally {
    clearTimeout(timer);
    process.off("beforeExit", onIdle);
  }
}
