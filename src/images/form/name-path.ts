/** Deeper than whatever a client writes. What is deeper is a name as it stands. */
const MAX_DEPTH = 8;

const NAME = /^([^[\]]+)((?:\[[^[\]]*\])*)$/;

/**
 * What the name of a form's field leads through: `colors[]` and `colors[0]` are items of a list, `size[width]` is a member
 * of an object. An empty step, or a number, is an item.
 */
export function pathOf(name: string): string[] {
  const [, head, steps = ""] = NAME.exec(name) ?? [];
  const path = steps === "" ? [] : steps.slice(1, -1).split("][");
  return head === undefined || path.length > MAX_DEPTH ? [name] : [head, ...path];
}

export const isItem = (step: string): boolean => /^\d{0,4}$/.test(step);
