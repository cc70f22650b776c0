import { all, notByService, succeeded } from "../../condition";
import type { Detection } from "../../detection";
import { oneOfList } from "../../lists";
import { keyLimits, keyTiers, kms } from "./keyCalls";

/** Grants that no service made or took away. DynamoDB makes one for each table and retires it with the table. */
export const tableKeyGrantsChanged: Detection = {
  id: "table-key-grants-changed",
  title: "Grants of a table key changed directly",
  severity: "medium",
  lowWithout: "tableKeyArns",
  source: "kms",
  evidence: "documented",
  evidenceNote:
    "AWS prints CreateGrant, RevokeGrant and RetireGrant, with the key's ARN among the resources, and CreateGrant by " +
    "DynamoDB with invokedBy.",
  when: all(
    kms("CreateGrant", "RevokeGrant", "RetireGrant"),
    notByService(),
    oneOfList("resources[0].ARN", "tableKeyArns"),
    succeeded(),
  ),
  alarm: { moreThan: 0, withinSeconds: 60 },
  attack: [
    {
      version: "18.1",
      tactic: "TA0003",
      technique: "T1098",
      note: "A grant gives a principal lasting use of the key.",
    },
    {
      version: "18.1",
      tactic: "TA0040",
      technique: "T1485",
      note: "Without DynamoDB's grant a table becomes inaccessible.",
    },
  ],
  impact:
    "A grant lets its grantee use the key beside every policy. Without DynamoDB's own grant a table is cut off from its " +
    "key and becomes inaccessible.",
  response: [
    "Read granteePrincipal and operations of a CreateGrant, and whose grant a RevokeGrant took away (grantId).",
    "Revoke a grant that nobody planned (`aws kms revoke-grant`).",
    "Where DynamoDB's grant is gone, ask AWS Support: the table's key cannot be granted again by a call of yours.",
    "Find the caller; if the change was not planned, revoke the role's sessions or disable the user's access keys.",
  ],
  falsePositives: [
    "Infrastructure code and services that make grants with a role of yours: list the role in `ignorePrincipals`.",
    "Keys that encrypt no table, until `tableKeyArns` is set; until then the severity is low.",
  ],
  limits: [
    keyTiers.none,
    "Under the AWS managed key (aws/dynamodb) grants can be revoked, and that is seen; making one directly is refused.",
    keyTiers.customer,
    ...keyLimits,
    "Grants that an AWS service makes for its caller do not count: what the grant is used for is seen by the use of the key.",
  ],
};
