/** The betas that a request asks for: in its body, where its header's stand too. */
export const betasIn = ({
  betas,
  anthropic_beta: headed,
}: {
  betas?: readonly string[] | null | undefined;
  anthropic_beta?: readonly string[] | null | undefined;
}): string[] => [...new Set([...(headed ?? []), ...(betas ?? [])])];
