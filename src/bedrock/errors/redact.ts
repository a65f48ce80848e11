import { withoutSignature } from "./without-signature.ts";

const ARN = /arn:aws[\w-]*:([\w-]*):[\w-]*:\d*:[^\s"',;)]*/g;
const ACCOUNT = /\b\d{12}\b/g;

/** AWS repeats every name that it does not know, and a request may have a hundred thousand of them. */
const MAX_SAID = 2_000;

/** AWS's message without the ARNs and account ids in it that the caller did not write, as long as anyone reads it. */
export function redact(message: string, model: string): string {
  const told = withoutSignature(message)
    .replaceAll(ARN, (arn, service: string) => (model.includes(arn) ? arn : `(an ARN of ${service})`))
    .replaceAll(ACCOUNT, (id) => (model.includes(id) ? id : "(an account)"));
  return told.length > MAX_SAID ? `${told.slice(0, MAX_SAID)}…` : told;
}
