import {
  all,
  any,
  type Condition,
  calls,
  differs,
  dynamodb,
  equals,
  isTrue,
  parametersOmitted,
  present,
  succeeded,
} from "../../condition";

/** A stream with old or new images of items was switched on. */
export const streamSwitchedOn = (): Condition =>
  all(
    dynamodb("UpdateTable"),
    any(
      all(
        isTrue("requestParameters.streamSpecification.streamEnabled"),
        differs("requestParameters.streamSpecification.streamViewType", "KEYS_ONLY"),
      ),
      parametersOmitted(),
    ),
    succeeded(),
  );

/**
 * A function or a pipe reads a table's stream from now on. Lambda's event names end with the version of its API. A mapping
 * keeps its stream, but may be given another function.
 */
export const streamConsumed = (): Condition =>
  all(
    any(
      all(
        calls("lambda.amazonaws.com", "CreateEventSourceMapping*"),
        equals("requestParameters.eventSourceArn", "*:dynamodb:*"),
      ),
      all(
        calls("lambda.amazonaws.com", "UpdateEventSourceMapping*"),
        present("requestParameters.functionName"),
        equals("responseElements.eventSourceArn", "*:dynamodb:*"),
      ),
      all(
        calls("pipes.amazonaws.com", "CreatePipe"),
        any(equals("requestParameters.source", "*:dynamodb:*"), equals("requestParameters.Source", "*:dynamodb:*")),
      ),
    ),
    succeeded(),
  );
