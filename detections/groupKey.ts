/** What a group of events is counted by. A grouped detection alarms per combination. */
export type GroupKey = "principal" | "table";
