/**
 * What happens on a finding, in Amazon States Language: a backup of the table as it is now, before more is changed, then a
 * message. Pure, so that it can be tested.
 */
export function workflow(topicArn: string): string {
  const retry = { ErrorEquals: ["States.ALL"], IntervalSeconds: 10, MaxAttempts: 3, BackoffRate: 2 };
  return JSON.stringify({
    QueryLanguage: "JSONata",
    StartAt: "Keep what is there",
    States: {
      "Keep what is there": {
        Type: "Task",
        Resource: "arn:aws:states:::aws-sdk:dynamodb:createBackup",
        Arguments: {
          TableName: "{% $states.input.detail.tables[0] %}",
          // A backup's name says which detection asked for it; every finding may come twice, and then makes two backups.
          BackupName: "{% $states.input.detail.detection & '-' & $string($millis()) %}",
        },
        Assign: { finding: "{% $states.input.detail %}" },
        Output: "{% $states.result.BackupDetails.BackupArn %}",
        Retry: [retry],
        Catch: [
          {
            ErrorEquals: ["States.ALL"],
            Assign: { finding: "{% $states.input.detail %}" },
            Output: "no backup: see the execution",
            Next: "Tell",
          },
        ],
        Next: "Tell",
      },
      Tell: {
        Type: "Task",
        Resource: "arn:aws:states:::sns:publish",
        Arguments: {
          TopicArn: topicArn,
          Subject: "{% $substring($finding.title, 0, 99) %}",
          Message: "{% $join([$finding.summary, 'Backup: ' & $states.input, $finding.note], '\n\n') %}",
        },
        Retry: [retry],
        End: true,
      },
    },
  });
}
