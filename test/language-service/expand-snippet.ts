/** What a snippet writes when its tab stops keep what they hold. */
export function expandSnippet(snippet: string): string {
  return snippet
    .replaceAll(/\$\{\d+:((?:\\.|[^\\}])*)\}|\$\d+/g, (_, preset: string | undefined) => preset ?? "")
    .replaceAll(/\\([\\$}])/g, "$1");
}
