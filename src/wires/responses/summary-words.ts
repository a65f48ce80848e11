/** What a summary is told with, once it stands in the place of a history. */
export const SUMMARY_HEADING =
  "Summary of the conversation so far. Go on from it; what was answered and what tools returned is told only here.";

/**
 * The last question of a history that is to be summarised. Clients leave out what stands before a summary, the user's messages
 * too, so it has to do without them.
 */
export const SUMMARY_TASK =
  "Do not answer the conversation above and do not call tools. Write a summary of it for yourself: from now on you will see " +
  "nothing of it but this summary. Keep what is needed to go on as if nothing were missing: what the user asked for and " +
  "insisted on, in the user's words where they matter, what was done and decided and why, facts, names, numbers, paths, " +
  "identifiers and code that matter, what tools returned as far as it is still of use, and what is left to do. Leave out " +
  "what is settled. Write nothing but the summary.";
