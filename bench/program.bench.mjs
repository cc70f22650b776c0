// Replay of the same folder through all that the program registers: the detector decides its detections for each event of
// DynamoDB, which are two of five here. Against gunzip and JSON.parse of the same bytes on one thread.
import { replayOf } from "./replay.bench.mjs";
import { programResources } from "./resources.mjs";

export default () => replayOf(programResources(), 4);
