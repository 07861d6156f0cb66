/** Marks a row that scrolls on the sides where there is more of it: nothing else says so, for it has no scroll bar. */
export function showMore(row: HTMLElement): void {
  const mark = (): void => {
    const { clientWidth, scrollLeft, scrollWidth } = row;
    row.classList.toggle("more-left", scrollLeft > 1);
    row.classList.toggle(
      "more-right",
      scrollLeft + clientWidth < scrollWidth - 1,
    );
  };
  row.addEventListener("scroll", mark, { passive: true });
  new ResizeObserver(mark).observe(row);
}
