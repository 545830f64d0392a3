/** Hand a file to the browser's download. */
export function download(content: BlobPart, type: string, name: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // the click only queues the download; the address must live until it has been read
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
