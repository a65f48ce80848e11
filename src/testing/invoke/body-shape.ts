/** A native body as a JSON schema would describe it: strict, unlike the shapes of AWS's own requests. */
export type BodyShape =
  | { kind: "string"; min?: number; max?: number }
  | { kind: "enum"; values: readonly string[] }
  | { kind: "number"; min?: number; max?: number; above?: number }
  | { kind: "integer"; min?: number; max?: number }
  | { kind: "boolean" }
  | { kind: "null" }
  /** Any JSON. */
  | { kind: "any" }
  | { kind: "list"; member: BodyShape; min?: number; max?: number }
  | ObjectShape
  /** One of several JSON types. */
  | { kind: "either"; shapes: readonly BodyShape[] }
  /** Objects of several kinds, told apart by a member, which may be left out where there is a `usual` one. */
  | { kind: "tagged"; tag: string; cases: Readonly<Record<string, ObjectShape>>; usual?: string };

export interface ObjectShape {
  kind: "object";
  members: Readonly<Record<string, BodyShape>>;
  required: readonly string[];
  /** Members without a shape are let pass. */
  open?: boolean;
}

type Limits = { min?: number; max?: number };
type Members = Readonly<Record<string, BodyShape>>;

export const text: BodyShape = { kind: "string" };
export const flag: BodyShape = { kind: "boolean" };
export const nothing: BodyShape = { kind: "null" };
export const anything: BodyShape = { kind: "any" };
export const string = (limits: Limits): BodyShape => ({ kind: "string", ...limits });
export const number = (limits: Limits & { above?: number } = {}): BodyShape => ({
  kind: "number",
  ...limits,
});
export const integer = (limits: Limits = {}): BodyShape => ({ kind: "integer", ...limits });
export const oneOf = (...values: string[]): BodyShape => ({ kind: "enum", values });
export const list = (member: BodyShape, limits: Limits = {}): BodyShape => ({
  kind: "list",
  member,
  ...limits,
});
export const either = (...shapes: BodyShape[]): BodyShape => ({ kind: "either", shapes });
export const object = (required: Members, optional: Members = {}): ObjectShape => ({
  kind: "object",
  members: { ...required, ...optional },
  required: Object.keys(required),
});
export const openObject = (required: Members = {}, optional: Members = {}): ObjectShape => ({
  ...object(required, optional),
  open: true,
});
/** Objects that say what they are in `type`; the cases need not name it. */
export const tagged = (cases: Readonly<Record<string, ObjectShape>>, usual?: string): BodyShape => ({
  kind: "tagged",
  tag: "type",
  cases,
  ...(usual !== undefined && { usual }),
});
