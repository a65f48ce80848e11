import { type Fault, type Path, pathName } from "./fault.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

const REFERENCE = "os.environ/";
/** Deeper than any option; what holds itself by an alias has no end. */
const MAX_DEPTH = 40;

/**
 * Puts variables where `os.environ/NAME` stands. One that is not set is a fault and never nothing: a missing key would
 * silently be another identity, the machine's own.
 */
export function withEnvironment(
  value: unknown,
  environment: Environment,
): { value: unknown; faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const filled = (value: unknown, path: Path): unknown => {
    if (typeof value === "string") return value.startsWith(REFERENCE) ? variable(value, path) : value;
    if (typeof value !== "object" || value === null) return value;
    if (path.length > MAX_DEPTH) {
      faults.push({ path, message: `'${pathName(path.slice(0, 3))}' is nested too deep.` });
      return null;
    }
    if (Array.isArray(value)) return value.map((item, index) => filled(item, [...path, index]));
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, filled(item, [...path, key])]),
    );
  };
  const variable = (text: string, path: Path): string => {
    const name = text.slice(REFERENCE.length);
    const found = Object.hasOwn(environment, name) ? environment[name] : undefined;
    if (!found)
      faults.push({
        path,
        message: `'${pathName(path)}' wants the variable ${name}, which is not set.`,
      });
    return found || text;
  };
  return { value: filled(value, []), faults };
}
