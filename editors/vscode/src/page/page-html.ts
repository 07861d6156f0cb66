interface Page {
  readonly title: string;
  /** Rules of CSS. */
  readonly style: string;
  /** Of the page's element `body`, each with a space before it. */
  readonly attributes?: string;
  readonly body: string;
  /** Of the page's script. */
  readonly script: string;
  /** Where the script may come from. */
  readonly scriptSource: string;
}

/** A page in the editor. It takes in nothing but its own script, and styles, of which a drawing in it has one. */
export function pageHtml({ title, style, attributes = "", body, script, scriptSource }: Page): string {
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src ${scriptSource}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
${style}
</style>
</head>
<body${attributes}>
${body}
<script src="${script}"></script>
</body>
</html>
`;
}
