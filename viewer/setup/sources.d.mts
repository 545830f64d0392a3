/** Fingerprint (sha256) of the content of files and folders, named relative to the repository. */
export function fingerprint(names: string[], wanted?: (file: string) => boolean): string;
