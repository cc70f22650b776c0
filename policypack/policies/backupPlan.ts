import { backsUp, selectionsOf } from "../backup/selection";
import { stackPolicy } from "../stackPolicy";
import { compliant, undecided, violation } from "../verdict";

export const backupPlan = stackPolicy({
  name: "dynamodb-backup-plan",
  description: "Checks whether a backup plan in the same stack covers certain DynamoDB tables.",
  why: "Point-in-time recovery reaches 35 days back and ends with its table. A vault keeps backups longer, in another account if wanted, where whoever deletes the table cannot delete them.",
  severity: "medium",
  level: "advisory",
  frameworks: [
    {
      name: "AWS Foundational Security Best Practices",
      version: "1.0.0",
      reference: "DynamoDB.4",
      specification: "DynamoDB tables should be present in a backup plan",
      url: "https://docs.aws.amazon.com/securityhub/latest/userguide/dynamodb-controls.html#dynamodb-4",
    },
    {
      name: "AWS Config managed rules",
      reference: "DYNAMODB_IN_BACKUP_PLAN",
      specification: "dynamodb-in-backup-plan",
      url: "https://docs.aws.amazon.com/config/latest/developerguide/dynamodb-in-backup-plan.html",
    },
  ],
  peers: { prowler: "dynamodb_table_protected_by_backup_plan", "cdk-nag": "DynamoDBInBackupPlan" },
  remediationSteps:
    "Add an `aws.backup.Selection` that names the table's ARN or one of its tags. Where the plan is in another stack, exempt the table.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/backuprestore_HowItWorksAWS.html",
  tables: "Tables that must be in a backup plan",
  check: (table, resources) => {
    const answers = selectionsOf(resources).map((selection) => backsUp(selection, table));
    if (answers.includes(true)) return [compliant];
    const { label } = table.view;
    const write = "add an aws.backup.Selection with its ARN or a tag of it";
    return answers.includes(undefined)
      ? [undecided(`${label}: whether a backup plan of this stack covers it is not known before deployment, ${write}.`)]
      : [violation(`${label} is in no backup plan of this stack: ${write}.`)];
  },
});
