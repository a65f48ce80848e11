/** Where a value stands, in AWS's two notations. */
export interface Place {
  /** In constraint messages: `messages.1.member.content`, counted from 1. */
  constraint: string;
  /** In messages about blocks: `messages.0.content`, counted from 0. */
  block: string;
}

export const ROOT: Place = { constraint: "", block: "" };

export function memberOf(place: Place, name: string): Place {
  const join = (path: string) => (path ? `${path}.${name}` : name);
  return { constraint: join(place.constraint), block: join(place.block) };
}

export function elementOf(place: Place, index: number): Place {
  return { constraint: `${place.constraint}.${index + 1}.member`, block: `${place.block}.${index}` };
}
