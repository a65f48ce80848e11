import { DownloadFailure } from "./failure.ts";

/** An answer, whoever fetched it. */
export interface Answer {
  status: number | undefined;
  header(name: string): string | null | undefined;
  body: AsyncIterable<unknown>;
}

/** Refuses by its head what is not worth reading. The announced length is believed only when it is too large. */
export function checkHead({ status, header }: Answer, maxBytes: number): void {
  if (status !== 200) throw new DownloadFailure("status", status);
  if (Number(header("content-length")) > maxBytes) throw new DownloadFailure("size", maxBytes);
}

/** Lower case, without parameters; '' for none, or for text that is no media type. */
export function mediaTypeOf({ header }: Answer): string {
  const [type = ""] = (header("content-type") ?? "").toLowerCase().split(";");
  return /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(type.trim()) ? type.trim() : "";
}
