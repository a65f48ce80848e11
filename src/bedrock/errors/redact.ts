const ARN = /arn:aws[\w-]*:([\w-]*):[\w-]*:\d*:[^\s"',;)]*/g;
const ACCOUNT = /\b\d{12}\b/g;

/** AWS's message without the ARNs and account ids in it that the caller did not write. */
export function redact(message: string, model: string): string {
  return message
    .replaceAll(ARN, (arn, service: string) => (model.includes(arn) ? arn : `(an ARN of ${service})`))
    .replaceAll(ACCOUNT, (id) => (model.includes(id) ? id : "(an account)"));
}
