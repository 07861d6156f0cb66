// In the page with the editor: what is seen in it.

/** The lines of an editor without their hints, and whether the extension has marked them. */
globalThis.visibleLines = (editor) => {
  const topOf = (element) => Number.parseFloat(element.style.top);
  const decorated = [...editor.querySelectorAll('.view-overlays .cdr[class*="TextEditorDecorationType"]')];
  const marked = new Set(decorated.map((element) => topOf(element.parentElement)));
  const lines = [...editor.querySelectorAll(".view-line")].map((line) => ({ line, top: topOf(line) }));
  return lines
    .sort((a, b) => a.top - b.top)
    .map(({ line, top }) => ({
      text: [...line.querySelectorAll("span > span")]
        // Hints have a class of their own.
        .filter((part) => !part.className.includes("dyn-rule"))
        .map((part) => part.textContent)
        .join("")
        .replaceAll("\u00a0", " "),
      isMarked: marked.has(top),
    }));
};

/** What the extension has written into an editor beside its text. */
globalThis.notesIn = (editor) =>
  [...editor.querySelectorAll('.view-line [class*="ced-"]')]
    .map((element) => getComputedStyle(element, "::before").content)
    .filter((content) => content !== "none")
    .join("\n");

globalThis.styleOf = (element, property) => getComputedStyle(element).getPropertyValue(property).trim();
