/** What an action prints to the console, as the library of the completions does; nothing of it gets there. */
export function printedBy(action: () => void): string {
  const lines: string[] = [];
  const { log } = console;
  console.log = (text: unknown) => void lines.push(String(text));
  try {
    action();
  } finally {
    console.log = log;
  }
  return lines.map((line) => `${line}\n`).join("");
}
