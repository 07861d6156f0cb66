/** The address of a file for the server. */
export function uriOf(name: string): string {
  return `file:///${name.split("/").map(encodeURIComponent).join("/")}`;
}

/** The name of a file that the server speaks of. An address of elsewhere, which a model file may name, has any characters. */
export function nameOf(uri: string): string {
  const name = uri.replace("file:///", "");
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
