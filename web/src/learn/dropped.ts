/** Takes a workshop's file that is dropped anywhere in the page, but for places that take it themselves, as an editor takes Dockerfiles. */
export function acceptWorkshop(open: (file: File) => void): void {
  const drops = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;
  const leave = () => document.body.classList.remove("dropping");
  // The editor keeps to itself what is over it, so the outline goes before it can; what is elsewhere brings it back.
  for (const type of ["dragover", "drop"]) addEventListener(type, leave, { capture: true });
  addEventListener("dragover", (event) => {
    if (!drops(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
  addEventListener("dragleave", (event) => event.relatedTarget === null && leave());
  addEventListener("drop", (event) => {
    const [file] = event.dataTransfer?.files ?? [];
    if (!drops(event) || event.defaultPrevented) return;
    event.preventDefault();
    if (file !== undefined) open(file);
  });
}
