import { isItem, pathOf } from "./name-path.ts";

/** Fields by what their names have in common. */
export interface Branch<Leaf> {
  leaves: Leaf[];
  children: Map<string, Branch<Leaf>>;
  isList: boolean;
}

const newBranch = <Leaf>(): Branch<Leaf> => ({ leaves: [], children: new Map(), isList: false });

function childOf<Leaf>({ children }: Branch<Leaf>, step: string): Branch<Leaf> {
  const child = children.get(step) ?? newBranch<Leaf>();
  children.set(step, child);
  return child;
}

/** Fields in their order, put together by name. The same name again is one more of a list. */
export function grown<Leaf>(fields: readonly { name: string; leaf: Leaf }[]): Branch<Leaf> {
  const root = newBranch<Leaf>();
  for (const { name, leaf } of fields) grow(root, pathOf(name), leaf);
  return root;
}

function grow<Leaf>(root: Branch<Leaf>, path: readonly string[], leaf: Leaf): void {
  let branch = root;
  for (const [index, step] of path.entries()) {
    const next = path[index + 1];
    if (index === 0 || !isItem(step)) {
      branch = childOf(branch, step);
      continue;
    }
    branch.isList = true;
    if (next !== undefined) branch = childOf(branch, step === "" ? itemWithout(branch, next) : step);
  }
  branch.leaves.push(leaf);
}

/** In `images[][url]` nothing tells where an item ends, but that one of its members comes again. */
function itemWithout<Leaf>({ children }: Branch<Leaf>, member: string): string {
  const last = String(children.size - 1);
  const isOpen = children.get(last)?.children.has(member) === false;
  return isOpen ? last : String(children.size);
}

/** A branch as the JSON that it stands for. */
export function toValue<Leaf>(
  { leaves, children, isList }: Branch<Leaf>,
  name: string,
  read: (leaf: Leaf, name: string) => unknown,
): unknown {
  const values = leaves.map((leaf) => read(leaf, name));
  if (children.size === 0) return isList || values.length > 1 ? values : values[0];
  const members = [...children].map(
    ([step, child]) => [step, toValue(child, isList ? name : step, read)] as const,
  );
  return isList ? [...values, ...members.map(([, value]) => value)] : Object.fromEntries(members);
}
