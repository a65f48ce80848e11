import { type Listening, listen } from "./listen.ts";
import type { Session } from "./keys.ts";

/** Where a container gets its role: ECS, or the agent of EKS Pod Identity. Whoever does not bring the token gets nothing. */
export const startContainer = (token: string, given: () => Session): Promise<Listening> =>
  listen(({ headers }) => {
    if (headers.authorization !== token)
      return {
        status: 401,
        headers: { "content-type": "application/json" },
        body: '{"message":"Unauthorized"}',
      };
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = given();
    return {
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        Token: sessionToken,
        Expiration: expiration.toISOString(),
      }),
    };
  });
