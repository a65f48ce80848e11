import { hash } from "node:crypto";
import type { HttpRequest } from "../../courier/codec.ts";
import type { KeyPair } from "../../credentials/provider.ts";
import { escapeUri } from "../../escape-uri.ts";
import { hmac } from "../sha256.ts";

/** What AWS knows a caller by, and what only the two of them know. */
export type Keys = Pick<KeyPair, "accessKeyId" | "secretAccessKey" | "sessionToken">;

/** What a signature counts for. */
export interface Scope {
  region: string;
  service: string;
}

const ALGORITHM = "AWS4-HMAC-SHA256";

/** Written by whoever signs, whatever stood there. */
const SIGNERS = new Set(["authorization", "x-amz-date", "date"]);

/** Those that proxies may change, and those that say nothing about the call. */
const UNSIGNED =
  /^(authorization|cache-control|connection|expect|from|keep-alive|max-forwards|pragma|referer|te|trailer|transfer-encoding|upgrade|user-agent|x-amzn-trace-id|proxy-.*|sec-.*)$/;

/**
 * Signs requests whose bodies are at hand, header for header as the SDK's signer does. Source: AWS's Signature Version 4, "Create a signed
 * AWS API request" in the IAM user guide.
 * @returns The request, with other headers than before. It throws where a key is none.
 */
export function createSigner(scope: Scope): (request: HttpRequest, keys: Keys, now: Date) => HttpRequest {
  const keyOf = createSigningKey(scope);
  return (request, keys, now) => {
    if (!areKeys(keys)) throw new TypeError("Nobody signs without an access key and its secret.");
    const time = now.toISOString().replaceAll(/[-:]|\.\d+/g, "");
    const day = time.slice(0, 8);
    const payload = hash("sha256", (request.body as Uint8Array | undefined) ?? "", "hex");
    const headers: Record<string, string> = {
      ...withoutSigners(request.headers),
      "x-amz-date": time,
      ...(keys.sessionToken && { "x-amz-security-token": keys.sessionToken }),
      "x-amz-content-sha256": payload,
    };
    const signed = signedOf(headers);
    const names = signed.map(([name]) => name).join(";");
    const lines = signed.map(([name, value]) => `${name}:${value}\n`).join("");
    const canonical = `${request.method}\n${pathOf(request.path)}\n${queryOf(request.query)}\n${lines}\n${names}\n${payload}`;
    const until = `${day}/${scope.region}/${scope.service}/aws4_request`;
    const text = `${ALGORITHM}\n${time}\n${until}\n${hash("sha256", canonical, "hex")}`;
    const signature = Buffer.from(hmac(keyOf(keys.secretAccessKey, day), [Buffer.from(text)])).toString(
      "hex",
    );
    headers["authorization"] =
      `${ALGORITHM} Credential=${keys.accessKeyId}/${until}, SignedHeaders=${names}, Signature=${signature}`;
    return { ...request, headers };
  };
}

const areKeys = ({ accessKeyId, secretAccessKey }: Partial<Keys>): boolean =>
  typeof accessKeyId === "string" && typeof secretAccessKey === "string";

/** The key of a day, kept until another is asked for. */
function createSigningKey({ region, service }: Scope): (secret: string, day: string) => Uint8Array {
  let kept: { secret: string; day: string; key: Uint8Array } | undefined;
  return (secret, day) => {
    if (kept?.secret !== secret || kept.day !== day) {
      const key = [day, region, service, "aws4_request"].reduce<string | Uint8Array>(
        (key, part) => hmac(key, [Buffer.from(part)]),
        `AWS4${secret}`,
      );
      kept = { secret, day, key: key as Uint8Array };
    }
    return kept.key;
  };
}

const withoutSigners = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !SIGNERS.has(name.toLowerCase())));

/** The headers that count, by name, with one blank where there were several. */
const signedOf = (headers: Readonly<Record<string, string>>): [string, string][] =>
  Object.entries(headers)
    .map(([name, value]): [string, string] => [name.toLowerCase(), squeezed(value)])
    .filter(([name]) => !UNSIGNED.test(name))
    .toSorted(([one], [other]) => (one < other ? -1 : 1));

const UNTIDY = /[\t\r\n]| {2}|^ | $/;

const squeezed = (value: string): string =>
  UNTIDY.test(value)
    ? value
        .replaceAll(/[\r\n]/g, " ")
        .replaceAll(/[ \t]+/g, " ")
        .replaceAll(/^ | $/g, "")
    : value;

/** Every service but S3 counts a path without its empty steps and its steps back, encoded once more than it is sent. */
function pathOf(path: string): string {
  const steps: string[] = [];
  for (const step of path.split("/"))
    if (step === "..") steps.pop();
    else if (step !== "" && step !== ".") steps.push(escapeUri(step));
  return `/${steps.join("/")}${steps.length > 0 && path.endsWith("/") ? "/" : ""}`;
}

const queryOf = (query: HttpRequest["query"] = {}): string =>
  Object.entries(query)
    .map(([name, value]): [string, string] => [escapeUri(name), textOf(escapeUri(name), [value].flat())])
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, text]) => text)
    .filter(Boolean)
    .join("&");

const textOf = (name: string, values: readonly string[]): string =>
  values
    .map((value) => `${name}=${escapeUri(value)}`)
    .toSorted()
    .join("&");
