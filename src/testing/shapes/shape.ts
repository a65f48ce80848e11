/** A shape of the service model: what Smithy can say about a value. */
export type Shape =
  | { kind: "string"; min?: number; max?: number; pattern?: string; enum?: string[]; sensitive?: boolean }
  /** Limits are of its bytes, not of their base64. */
  | { kind: "blob"; min?: number; max?: number }
  | { kind: "integer"; min?: number; max?: number }
  | { kind: "float"; min?: number; max?: number }
  | { kind: "boolean" }
  /** Any JSON. */
  | { kind: "document" }
  | { kind: "list"; member: Shape; min?: number; max?: number }
  | { kind: "map"; key: Shape; value: Shape; min?: number; max?: number }
  | { kind: "structure"; members: Members; required: string[] }
  /** Exactly one member is present. The name is AWS's, for its message. */
  | { kind: "union"; name: string; members: Members };

export type Members = Record<string, Shape>;

type Limits = { min?: number; max?: number };

export const string = (limits: Limits & { pattern?: string; sensitive?: boolean } = {}): Shape => ({
  kind: "string",
  ...limits,
});
export const oneOf = (...values: string[]): Shape => ({ kind: "string", enum: values });
export const blob = (limits: Limits = {}): Shape => ({ kind: "blob", ...limits });
export const integer = (limits: Limits = {}): Shape => ({ kind: "integer", ...limits });
export const float = (limits: Limits = {}): Shape => ({ kind: "float", ...limits });
export const boolean: Shape = { kind: "boolean" };
export const document: Shape = { kind: "document" };
export const list = (member: Shape, limits: Limits = {}): Shape => ({ kind: "list", member, ...limits });
export const map = (key: Shape, value: Shape, limits: Limits = {}): Shape => ({
  kind: "map",
  key,
  value,
  ...limits,
});
export const union = (name: string, members: Members): Shape => ({ kind: "union", name, members });
export const structure = (required: Members, optional: Members = {}): Shape => ({
  kind: "structure",
  members: { ...required, ...optional },
  required: Object.keys(required),
});
