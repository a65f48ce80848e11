import { credentialsBroken } from "./failures.ts";

/** No header holds it, or none as it stands. */
const OUTSIDE_HEADER = /[^\x21-\x7e]/;

/** What is signed with is not sent, and may be any text; but none ends so that was written by hand. */
const OUTSIDE_SECRET = /^\s|\s$/;

/** What an identity is made of, which variable of the environment says it, and what shows that it is broken. */
const PARTS = {
  token: { variable: "AWS_BEARER_TOKEN_BEDROCK", broken: OUTSIDE_HEADER },
  accessKeyId: { variable: "AWS_ACCESS_KEY_ID", broken: OUTSIDE_HEADER },
  secretAccessKey: { variable: "AWS_SECRET_ACCESS_KEY", broken: OUTSIDE_SECRET },
  sessionToken: { variable: "AWS_SESSION_TOKEN", broken: OUTSIDE_HEADER },
} as const;

type Member = keyof typeof PARTS;

const MEMBERS = Object.keys(PARTS) as Member[];

/** Which part of an identity is no key as it stands: files of secrets end with a line break. */
export const brokenIn = (identity: object): Member | undefined =>
  MEMBERS.find((member) => {
    const value = (identity as Partial<Record<Member, unknown>>)[member];
    return typeof value === "string" && PARTS[member].broken.test(value);
  });

/** @throws BedrockOpenAIError 401 for such a part, before anything is sent. The key itself is told to nobody. */
export function refuseBroken(identity: object): void {
  const broken = brokenIn(identity);
  if (!broken) return;
  const what = broken === "token" ? "Bedrock API key" : `AWS credentials' \`${broken}\``;
  throw credentialsBroken(
    `The ${what} of this server holds a line break, a blank or what else no key has. Files of secrets often end with a line ` +
      `break: check ${PARTS[broken].variable}, or the profile or function that gives it.`,
  );
}
