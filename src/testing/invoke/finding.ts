/** A place in a body, in the notations of those who complain about it. */
export interface Where {
  /** `#/messages/0/role` */
  pointer: string;
  /** `messages.0.role`, with the kind of each block in the path, as Anthropic writes it. */
  dotted: string;
}

/** One thing that is wrong with a body. */
export interface Finding {
  where: Where;
  fault: Fault;
}

export type Fault =
  | { kind: "required"; key: string }
  | { kind: "extraneous"; key: string }
  | { kind: "type"; expected: string; found: string }
  | { kind: "enum"; value: string; values: readonly string[] }
  | { kind: "tag"; tag: string; value: unknown; values: readonly string[] }
  | { kind: "low"; value: number; min: number }
  | { kind: "notAbove"; value: number; above: number }
  | { kind: "high"; value: number; max: number }
  | { kind: "short"; length: number; min: number }
  | { kind: "long"; length: number; max: number }
  | { kind: "few"; count: number; min: number }
  | { kind: "many"; count: number; max: number };

export const TOP: Where = { pointer: "#", dotted: "" };

export function memberOf({ pointer, dotted }: Where, key: string): Where {
  return { pointer: `${pointer}/${key}`, dotted: dotted ? `${dotted}.${key}` : key };
}

export function itemOf(where: Where, index: number): Where {
  return memberOf(where, String(index));
}
