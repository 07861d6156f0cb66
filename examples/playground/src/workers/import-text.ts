/** The exports of a generated module, from its text: a `blob:` that is imported, as a page would load it from a file. */
export async function importText(
  text: string,
): Promise<Readonly<Record<string, unknown>>> {
  const url = URL.createObjectURL(
    new Blob([text], { type: "text/javascript" }),
  );
  try {
    return await import(/* @vite-ignore */ url);
  } finally {
    URL.revokeObjectURL(url);
  }
}
