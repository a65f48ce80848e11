import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Listening, listen } from "./listen.ts";
import type { Session } from "./keys.ts";

/** AWS's single sign-on portal: GetRoleCredentials for who has signed in. Source: its API reference. */
export const startSsoPortal = (token: string, given: () => Session): Promise<Listening> =>
  listen(({ target, headers }) => {
    const json = { "content-type": "application/json" };
    if (headers["x-amz-sso_bearer_token"] !== token)
      return {
        status: 401,
        headers: { ...json, "x-amzn-errortype": "UnauthorizedException" },
        body: '{"message":"Session token not found or invalid"}',
      };
    if (!target.startsWith("/federation/credentials?")) return { status: 404, headers: json, body: "{}" };
    const { expiration, ...keys } = given();
    return {
      headers: json,
      body: JSON.stringify({ roleCredentials: { ...keys, expiration: expiration.getTime() } }),
    };
  });

/** What `aws sso login` leaves behind. @param name The session's, or the start URL of a profile without one. */
export function signIn(home: string, name: string, accessToken: string, minutes = 60): void {
  const folder = join(home, ".aws", "sso", "cache");
  mkdirSync(folder, { recursive: true });
  const file = `${createHash("sha1").update(name).digest("hex")}.json`;
  const expiresAt = new Date(Date.now() + minutes * 60_000).toISOString();
  writeFileSync(join(folder, file), JSON.stringify({ accessToken, expiresAt, region: "us-east-1" }));
}
