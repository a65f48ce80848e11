import { type BedrockOpenAIError, invalidRequest } from "../errors.ts";

/** All that a caller is ever told. Who was asked after a redirect, and what it said, is not among it. */
const REASONS = {
  off: () => "Downloads are switched off; send the data itself as a base64 data URL.",
  url: () => "It is not a valid URL.",
  scheme: () => "Only http and https URLs are supported.",
  credentials: () => "A URL must not contain credentials.",
  address: () => "Its address is not public.",
  downgrade: () => "It redirects from https to http.",
  redirects: (limit) => `Too many redirects: at most ${limit} are followed.`,
  status: (status) => `The server answered with status ${status}.`,
  encoding: () => "The server compressed its answer, though it was asked not to.",
  size: (limit) => `The file is too large: at most ${limit} bytes are accepted.`,
  empty: () => "The server answered with an empty file.",
  timeout: (limit) => `The download timed out after ${limit} ms.`,
  // One text for all that goes wrong on the way: a caller must not learn which ports are open.
  unreachable: () => "The server could not be reached or broke off.",
} satisfies Record<string, (detail: number) => string>;

/** Why a download failed, in the caller's terms. It becomes a 400 where the URL and its parameter are known. */
export class DownloadFailure extends Error {
  override readonly name = "DownloadFailure";
  constructor(reason: keyof typeof REASONS, detail = 0) {
    super(REASONS[reason](detail));
  }
}

const SHOWN = 100;

/** The caller's own URL without what may be secret in it. */
function shown(text: string): string {
  // What is no URL may hold a password all the same: up to the `@`, in whatever place.
  const bare = URL.canParse(text) ? withoutSecrets(new URL(text)) : text.replace(/[?#].*$|^.*@/gs, "");
  return bare.length > SHOWN ? `${bare.slice(0, SHOWN - 1)}…` : bare;
}

function withoutSecrets(url: URL): string {
  return Object.assign(url, { username: "", password: "", search: "", hash: "" }).href;
}

export function downloadError(url: string, param: string, thrown: unknown): BedrockOpenAIError {
  const { message } = thrown instanceof DownloadFailure ? thrown : new DownloadFailure("unreachable");
  const text = `Error while downloading ${shown(url)}. ${message}`;
  return invalidRequest(text, { code: "invalid_image_url", param, cause: thrown });
}
