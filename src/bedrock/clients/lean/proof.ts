import type { Scheme } from "../../courier/thin/identity.ts";
import { createSigner, type Keys } from "./sigv4.ts";

/** How requests prove who sends them. They throw where the identity is none, which the SDK has words for. */
export type Proof = Pick<Scheme, "httpAuthOption" | "signer">;

/** By an API key. */
export const byKey: Proof = {
  httpAuthOption: { schemeId: "smithy.api#httpBearerAuth" },
  signer: {
    async sign(request, identity) {
      const { token } = identity as Partial<TokenIdentity>;
      if (!token) throw new TypeError("The API key is none.");
      return { ...request, headers: { ...request.headers, Authorization: `Bearer ${token}` } };
    },
  },
};

interface TokenIdentity {
  token: string;
}

/** As what AWS knows Bedrock's runtime. */
const SERVICE = "bedrock";

export function bySignature(region: string): Proof {
  const sign = createSigner({ region, service: SERVICE });
  return {
    httpAuthOption: { schemeId: "aws.auth#sigv4", signingProperties: { name: SERVICE, region } },
    signer: {
      async sign(request, identity, noted) {
        const now = new Date();
        // What the SDK's client finds out by, where AWS refuses, whether this machine's clock is wrong.
        Object.assign(noted, { _preRequestSystemClockOffset: 0, _requestSentAt: now.getTime() });
        return sign(request, identity as Keys, now);
      },
    },
  };
}
