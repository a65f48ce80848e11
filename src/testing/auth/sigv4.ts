import { createHash, createHmac } from "node:crypto";

/** The parts of `Authorization: AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`. */
export interface SigV4Authorization {
  accessKeyId: string;
  date: string;
  region: string;
  service: string;
  signedHeaders: string[];
  signature: string;
}

/** What was signed. `target` is the raw request target. */
export interface SignedMessage {
  method: string;
  target: string;
  headers: Record<string, string>;
  body: Uint8Array;
}

const ALGORITHM = "AWS4-HMAC-SHA256";

export function isSigV4(header: string): boolean {
  return header.startsWith(`${ALGORITHM} `);
}

/** The named parameters of a SigV4 header, whatever is missing. */
export function sigV4Parameters(header: string): Record<string, string> {
  const pairs = header.slice(ALGORITHM.length + 1).split(",");
  return Object.fromEntries(pairs.map((pair) => splitOnce(pair.trim(), "=")));
}

/** Reads a complete header; undefined when the credential scope has another form. */
export function parseSigV4(parameters: Record<string, string>): SigV4Authorization | undefined {
  const scope = (parameters["Credential"] ?? "").split("/");
  const [accessKeyId = "", date = "", region = "", service = "", terminator] = scope;
  if (scope.length !== 5 || terminator !== "aws4_request" || !/^\d{8}$/.test(date) || !region)
    return undefined;
  const signedHeaders = (parameters["SignedHeaders"] ?? "").split(";");
  return { accessKeyId, date, region, service, signedHeaders, signature: parameters["Signature"] ?? "" };
}

/** The service that an `Authorization` header is scoped to; undefined where nothing is signed. */
export function signedService(header: string): string | undefined {
  return isSigV4(header) ? (parseSigV4(sigV4Parameters(header))?.service ?? "") : undefined;
}

/** The signature that this secret gives this message. */
export function signature(secret: string, authorization: SigV4Authorization, message: SignedMessage): string {
  const { date, region, service } = authorization;
  const scope = `${date}/${region}/${service}/aws4_request`;
  const canonical = canonicalRequest(authorization.signedHeaders, message);
  const toSign = [ALGORITHM, message.headers["x-amz-date"], scope, sha256(canonical)].join("\n");
  const key = [date, region, service, "aws4_request"].reduce(
    (previous: string | Buffer, part) => createHmac("sha256", previous).update(part).digest(),
    `AWS4${secret}`,
  );
  return createHmac("sha256", key).update(toSign).digest("hex");
}

export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

function canonicalRequest(signedHeaders: string[], message: SignedMessage): string {
  const [path, query] = splitOnce(message.target, "?");
  const headers = signedHeaders.map((name) => `${name}:${squeeze(headerValue(message, name))}\n`);
  const payload = message.headers["x-amz-content-sha256"] ?? sha256(message.body);
  return [
    message.method,
    // Every service but S3 signs the path encoded once more than it is sent.
    path.split("/").map(encodeRfc3986).join("/"),
    canonicalQuery(query),
    headers.join(""),
    signedHeaders.join(";"),
    payload,
  ].join("\n");
}

/** Over HTTP/2 the host is signed by its name there. */
function headerValue({ headers }: SignedMessage, name: string): string {
  return headers[name === ":authority" ? "host" : name] ?? "";
}

function canonicalQuery(query: string): string {
  // A separator below every encoded character sorts by name first, then by value.
  return [...new URLSearchParams(query)]
    .map((pair) => pair.map(encodeRfc3986).join("\n"))
    .toSorted()
    .map((pair) => pair.replace("\n", "="))
    .join("&");
}

function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function squeeze(value: string): string {
  return value.trim().replace(/\s+/g, " ");
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
