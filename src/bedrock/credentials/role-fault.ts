import type { Role } from "../clients/identity.ts";

/** Source: AWS STS's API reference, AssumeRole. */
const ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,576}$/;
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
const MAX_TAGS = 50;

/** Of a role that is taken on by another one. */
const MAX_CHAINED_SECONDS = 3_600;

type Check = (role: Role, isChained: boolean) => string | false | undefined;

const MEMBERS: Readonly<Record<keyof Role, true>> = {
  arn: true,
  sessionName: true,
  externalId: true,
  tags: true,
  durationSeconds: true,
};

const CHECKS: readonly Check[] = [
  // Misspelt, it would be taken on without what its owner, or its trust policy, asks for.
  (role) => {
    const unknown = Object.keys(role).find((name) => !Object.hasOwn(MEMBERS, name));
    const known = Object.keys(MEMBERS).join(", ");
    return unknown && `there is no '${unknown.slice(0, 100)}'; known are ${known}`;
  },
  ({ arn }) => !isText(arn, ARN) && "'arn' must be a role's, arn:aws:iam::123456789012:role/name",
  ({ sessionName }) =>
    sessionName !== undefined &&
    !isText(sessionName, SESSION_NAME) &&
    "'sessionName' must be 2 to 64 letters, digits and any of _+=,.@-",
  ({ externalId }) =>
    externalId !== undefined &&
    !isText(externalId, EXTERNAL_ID) &&
    "'externalId' must be 2 to 1224 letters, digits and any of _+=,.@:/-",
  ({ tags = {} }) => !areTags(tags) && `'tags' must be an object of at most ${MAX_TAGS} names and texts`,
  ({ durationSeconds: seconds }) =>
    seconds !== undefined &&
    !(Number.isInteger(seconds) && seconds >= 900 && seconds <= 43_200) &&
    "'durationSeconds' must be a whole number, 900 to 43200",
  ({ durationSeconds: seconds = 0 }, isChained) =>
    isChained &&
    seconds > MAX_CHAINED_SECONDS &&
    "'durationSeconds' may be at most 3600 for a role that another one takes on",
];

const isText = (value: unknown, pattern: RegExp): boolean => typeof value === "string" && pattern.test(value);

const areTags = (tags: unknown): boolean =>
  typeof tags === "object" &&
  tags !== null &&
  Object.keys(tags).length <= MAX_TAGS &&
  Object.entries(tags).every(([name, value]) => isTagKey(name) && isTagValue(value));

// Made when they are asked for: the root loads this file, and classes of Unicode are dear to read.
const isTagKey = (key: string): boolean => /^[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}$/u.test(key);
const isTagValue = (value: unknown): boolean => isText(value, /^[\p{L}\p{Z}\p{N}_.:/=+@-]{0,256}$/u);

/** What AWS STS would refuse every call by; undefined where nothing is wrong. @param roles In the order that they are taken on. */
export function roleFault(roles: readonly Role[]): string | undefined {
  for (const [index, role] of roles.entries())
    for (const check of CHECKS) {
      const fault = check(role, index > 0);
      if (fault) return `of its 'role', ${fault}`;
    }
  return undefined;
}
