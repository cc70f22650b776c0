/** What became of the keys that somebody wanted to speak about. */
export interface Claims {
  /** Nobody spoke about these, and for the time of a lease nobody else will. */
  won: string[];
  /** Spoken about already, with the finding in which. */
  done: { key: string; finding: string }[];
  /** Somebody else is about to speak about these. */
  held: string[];
}

/** An alarm that is in ALARM, with what was said about it. */
export interface OpenAlarm {
  /** Name of the alarm, and the contributor's id where a group of it speaks for itself. */
  key: string;
  alarm: string;
  detection: string;
  /** Milliseconds, as all times here. */
  since: number;
  /** Events up to here have been looked at. */
  seenUntil: number;
  /** People heard of it: its end is worth a word too. */
  spoke: boolean;
  /** Group that the alarm is about. Empty: all. */
  group: Record<string, string>;
  /** Principals and tables that were named. */
  actors: string[];
  tables: string[];
  /** Ids of the findings. */
  findings: string[];
}

/** Something that was said: an alert, or a plain alarm. */
export interface Said {
  at: number;
  /** Id of the finding; of a plain alarm, see `plainAlarm`. */
  finding: string;
  /** Tables that it named. */
  tables: string[];
}

/** How keys are settled. */
export interface Settling {
  /** They need no word, so this is not among what was said. Default: false. */
  silently?: boolean;
  /** Tables that were named. Default: none. */
  tables?: readonly string[];
}

/**
 * What the notifier remembers, so that an event is alerted once, whichever way it came. A claim is taken before speaking
 * and marked done after it: a crash in between can make an alert come twice, and loses none.
 */
export interface AlertState {
  /** `owner`: the invocation; a retry of it need not wait for its own lease to end. */
  claim(detection: string, keys: readonly string[], owner: string): Promise<Claims>;
  /** The keys were spoken about, in a finding. */
  settle(detection: string, keys: readonly string[], owner: string, finding: string, how?: Settling): Promise<void>;
  /** Nothing was said after all: others may. */
  release(detection: string, keys: readonly string[], owner: string): Promise<void>;
  /** What was said about a detection since then. */
  said(detection: string, since: number): Promise<Said[]>;
  openAlarms(): Promise<OpenAlarm[]>;
  openAlarm(key: string): Promise<OpenAlarm | undefined>;
  saveAlarm(alarm: OpenAlarm): Promise<void>;
  /** Forgets an alarm, and returns what was known of it. */
  closeAlarm(key: string): Promise<OpenAlarm | undefined>;
}
