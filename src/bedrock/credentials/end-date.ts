import { credentialsBroken } from "./failures.ts";

interface Ending {
  expiration?: Date;
}

/**
 * An identity whose end is a date, which all that renews and signs goes by. Vaults and the AWS CLI say it as text.
 * @throws BedrockOpenAIError 401 for what is no date.
 */
export function withEndDate<Identity extends Ending>(identity: Identity): Identity {
  const expiration = endDate(identity);
  if (expiration === null)
    throw credentialsBroken("The `expiration` of this server's credentials is no date.");
  return expiration === identity.expiration ? identity : { ...identity, expiration };
}

/** Null for what is no date. */
export function endDate(identity: object): Date | undefined | null {
  const { expiration } = identity as { expiration?: unknown };
  const date = typeof expiration === "string" ? new Date(expiration) : (expiration ?? undefined);
  return date === undefined || isDate(date) ? date : null;
}

/** Also one of another realm, as under Jest. */
const isDate = (value: unknown): value is Date =>
  typeof (value as Partial<Date>).getTime === "function" && !Number.isNaN((value as Date).getTime());
