/** Credentials that end. */
export interface Session {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: Date;
}

/** Credentials of a session, all told apart by its name. */
export const session = (name: string, minutes = 60): Session => ({
  accessKeyId: `ASIA${name.toUpperCase().padEnd(16, "0")}`.slice(0, 20),
  secretAccessKey: `${name}/secret`.padEnd(40, "0"),
  sessionToken: `token-of-${name}`,
  expiration: new Date(Date.now() + minutes * 60_000),
});
