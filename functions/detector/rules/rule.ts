/** One event as a rule sees it. */
export interface Observation {
  /** CloudTrail's `eventID`: the same however often the event is delivered. */
  id: string;
  /** `eventTime` in milliseconds. */
  time: number;
  /** `eventName`. */
  name: string;
  /** What the rule remembers of it, for rules that remember a value. */
  value?: string;
  /** Indices of the steps that it is, for a sequence. */
  steps?: readonly number[];
  /** Tables that it is about, for a sequence of linked steps. */
  tables?: readonly string[];
  /** How many events it stands for. Default: 1. */
  count?: number;
  /** Stands for all of these events; the same for the same events. Default: `id`. */
  digest?: string;
  /** Values are only learnt. */
  learning?: boolean;
}

export interface SeenEvent {
  id: string;
  time: number;
  name: string;
}

/** What a rule found. The same occurrence is found again when its event is delivered again, with the same last event. */
export interface Found {
  /** In order of time; the last one gives the finding its id. */
  events: SeenEvent[];
  /** Different values, or events of the window. */
  count?: number;
  /** Mean of the group's earlier windows; absent until there are enough. */
  usual?: number;
}

/** `state` is the very same object where nothing has to be written. */
export interface Advance<State> {
  state: State;
  found: Found[];
}

/** How much later than a newer event an older one may arrive: CloudTrail delivers in 15 minutes, Regions differ. */
export const latenessMs = 60 * 60_000;

/** Findings that a state remembers, to find them again when their event is delivered again. */
export const rememberedFindings = 16;

export const minuteMs = 60_000;
