import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { BedrockOpenAIOptions } from "../../../src/index.ts";
import { openHandler, type Told } from "../call-handler.ts";

/** How the AWS SDK would introduce itself to AWS. */
export interface Signed {
  /** Of the signature; undefined for an API key. */
  region: string | undefined;
  /** Which access key, which is no secret; undefined for an API key. */
  accessKeyId: string | undefined;
  /** Sent as it is, in the place of a signature. */
  apiKey: string | undefined;
  /** With a session token. */
  isTemporary: boolean;
  /** AWS's letters for where the credentials came from, as the SDK tells them to AWS. */
  sources: readonly string[];
}

const ANY_REQUEST = { model: "amazon.nova-micro-v1:0", messages: [{ role: "user", content: "ok" }] };

/**
 * What the SDK finds in this environment: it signs one request, which goes to this very machine and no further. Region,
 * profile, roles and single sign-on are thus found exactly as in a real call, and nobody has to guess.
 * @returns What it signed with, or what failed before anything could be sent.
 */
export async function signOnce(options: BedrockOpenAIOptions, signal: AbortSignal): Promise<Signed | Told> {
  let seen: IncomingHttpHeaders | undefined;
  const server = createServer((request, response) => {
    seen ??= request.headers;
    response.writeHead(400, {
      "content-type": "application/json",
      "x-amzn-errortype": "ValidationException",
    });
    response.end("{}");
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  try {
    const { port } = server.address() as AddressInfo;
    // Without the operator's names, which may lead to other credentials.
    const { ask } = openHandler({
      ...options,
      models: {},
      endpoint: `http://127.0.0.1:${port}`,
      retries: 0,
    });
    const told = await ask("/chat/completions", { body: ANY_REQUEST, signal });
    return seen ? readSigned(seen) : told;
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** Source: AWS Signature Version 4, and the feature ids that AWS's SDKs write into `user-agent` behind `m/`. */
function readSigned({ authorization = "", ...headers }: IncomingHttpHeaders): Signed {
  const [, sources = ""] = /\bm\/([\w,]+)/.exec(headers["user-agent"] ?? "") ?? [];
  const [, accessKeyId, region] = /Credential=([^/,]+)\/\d+\/([^/]+)\//.exec(authorization) ?? [];
  const [, apiKey] = /^Bearer (\S+)$/.exec(authorization) ?? [];
  return {
    region,
    accessKeyId,
    apiKey,
    isTemporary: headers["x-amz-security-token"] !== undefined,
    sources: sources.split(","),
  };
}
