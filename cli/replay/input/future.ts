const day = 24 * 60 * 60_000;

/** No log holds events of a time more than a day from now: clocks differ by less. */
export const isToCome = (time: number): boolean => time > Date.now() + day;
