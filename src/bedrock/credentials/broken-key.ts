import { credentialsBroken } from "./failures.ts";

/** No header holds it, or none as it stands. */
const OUTSIDE_KEY = /[^\x21-\x7e]/;

/** What an identity is made of, and which variable of the environment says it. */
const VARIABLES = {
  token: "AWS_BEARER_TOKEN_BEDROCK",
  accessKeyId: "AWS_ACCESS_KEY_ID",
  secretAccessKey: "AWS_SECRET_ACCESS_KEY",
  sessionToken: "AWS_SESSION_TOKEN",
} as const;

type Member = keyof typeof VARIABLES;

const MEMBERS = Object.keys(VARIABLES) as Member[];

/** Which part of an identity is no key as it stands: files of secrets end with a line break. */
export const brokenIn = (identity: object): Member | undefined =>
  MEMBERS.find((member) => {
    const value = (identity as Partial<Record<Member, unknown>>)[member];
    return typeof value === "string" && OUTSIDE_KEY.test(value);
  });

/** @throws BedrockOpenAIError 401 for such a part, before anything is sent. The key itself is told to nobody. */
export function refuseBroken(identity: object): void {
  const broken = brokenIn(identity);
  if (!broken) return;
  const what = broken === "token" ? "Bedrock API key" : `AWS credentials' \`${broken}\``;
  throw credentialsBroken(
    `The ${what} of this server holds a line break, a blank or what else no key has. Files of secrets often end with a line ` +
      `break: check ${VARIABLES[broken]}, or the profile or function that gives it.`,
  );
}
