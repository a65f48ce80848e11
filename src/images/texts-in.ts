/** The texts of a list that AWS sent, empty ones left out. */
export const textsIn = (list: unknown): string[] =>
  Array.isArray(list) ? list.filter((each): each is string => typeof each === "string" && each !== "") : [];
