/** The drawing's styles, once a page; drawing before they are there would measure everything wrong. */
export function loadDrawingStyles(href: string): Promise<void> {
  if (document.querySelector(`link[href="${href}"]`)) return Promise.resolve();
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  return new Promise((resolve, reject) => {
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => reject(new Error("the drawing's styles did not come")));
    document.head.append(link);
  });
}
