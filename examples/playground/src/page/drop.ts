/** Takes files that are dropped anywhere on the page. */
export function acceptDrops(
  place: HTMLElement,
  open: (files: readonly File[]) => void,
): void {
  const hasFiles = ({ dataTransfer }: DragEvent): boolean =>
    dataTransfer?.types.includes("Files") ?? false;
  const mark = (isOver: boolean): void => {
    place.classList.toggle("is-dropping", isOver);
  };
  // Before the editor, which would take a file for text.
  place.addEventListener(
    "dragover",
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      mark(true);
    },
    true,
  );
  place.addEventListener(
    "dragleave",
    ({ relatedTarget }) => relatedTarget === null && mark(false),
  );
  place.addEventListener(
    "drop",
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      mark(false);
      open([...(event.dataTransfer?.files ?? [])]);
    },
    true,
  );
}
