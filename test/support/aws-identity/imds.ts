import { type Listening, listen } from "./listen.ts";
import type { Session } from "./keys.ts";

const TOKEN = "imds-session-token";

/** An EC2 instance's metadata, version 2 alone: what comes without a token is refused. Source: AWS's EC2 user guide, IMDSv2. */
export const startImds = (role: string, given: () => Session): Promise<Listening> =>
  listen(({ method, target, headers }) => {
    if (method === "PUT" && target === "/latest/api/token")
      return headers["x-aws-ec2-metadata-token-ttl-seconds"] === undefined
        ? { status: 400, body: "" }
        : { headers: { "x-aws-ec2-metadata-token-ttl-seconds": "21600" }, body: TOKEN };
    if (headers["x-aws-ec2-metadata-token"] !== TOKEN) return { status: 401, body: "" };
    const roles = "/latest/meta-data/iam/security-credentials/";
    if (target === roles) return { body: role };
    if (target !== `${roles}${role}`) return { status: 404, body: "" };
    const { accessKeyId, secretAccessKey, sessionToken, expiration } = given();
    return {
      body: JSON.stringify({
        Code: "Success",
        Type: "AWS-HMAC",
        LastUpdated: new Date().toISOString(),
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        Token: sessionToken,
        Expiration: expiration.toISOString(),
      }),
    };
  });
