import { all, any, type Condition, dynamodb, equals, parametersOmitted, succeeded } from "../../condition";

/** A global secondary index with a copy of every attribute was added to a table. */
export const indexOfAllAttributes = (): Condition =>
  all(
    dynamodb("UpdateTable"),
    any(
      equals("requestParameters.globalSecondaryIndexUpdates[*].create.projection.projectionType", "ALL"),
      parametersOmitted(),
    ),
    succeeded(),
  );
