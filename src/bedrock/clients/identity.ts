/** A role to take on, by AssumeRole or, with a web identity, AssumeRoleWithWebIdentity. Source: AWS STS's API reference. */
export interface Role {
  /** `arn:aws:iam::123456789012:role/bedrock`. */
  arn: string;
  /** What CloudTrail names the session. Default: `bedrock-openai`. */
  sessionName?: string;
  /** What the role's owner wants to hear. Not where a web identity takes it on. */
  externalId?: string;
  /** Session tags. Not where a web identity takes it on, whose token has its own. */
  tags?: Readonly<Record<string, string>>;
  /** 900 to 43,200, of a role that another one takes on at most 3600. Default: an hour, AWS's own. */
  durationSeconds?: number;
}

/** An OpenID Connect token: itself, where it lies, or a function that gets it. Files and variables are read anew each time. */
export type WebIdentityToken = string | { file: string } | { env: string } | (() => string | Promise<string>);

/** A Bedrock API key and when it ends. */
export interface ExpiringApiKey {
  token: string;
  expiration?: Date;
}

/**
 * Gets a Bedrock API key, such as `getTokenProvider()` of `@aws/bedrock-token-generator`. It is asked again shortly before the
 * key ends, which short-term keys say themselves; of others after five minutes.
 */
export type ApiKeyProvider = () => string | ExpiringApiKey | Promise<string | ExpiringApiKey>;
