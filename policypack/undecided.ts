/**
 * First word of the message of a verdict that could not be reached because a value is not known before deployment.
 * Such a verdict is reported at level `advisory`, whatever the level of the policy: it does not stop a preview, and it
 * is not a pass.
 */
export const undecidedMarker = "[undecided]";

/** Whether a diagnostic's message is a verdict of this pack that could not be reached. */
export function isUndecided(message: string): boolean {
  return message.startsWith(undecidedMarker);
}
