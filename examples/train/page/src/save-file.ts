/** Gives a file to the user, as a download. */
export function saveFile(name: string, content: Uint8Array<ArrayBuffer>): void {
  const link = document.createElement("a");
  link.download = name;
  link.href = URL.createObjectURL(new Blob([content]));
  link.click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
