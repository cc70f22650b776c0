import { type EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import type { AwsSecurityFinding, BatchUpdateFindingsCommandInput } from "@aws-sdk/client-securityhub";
import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import { alertDetailType, findingSource } from "../finding";
import type { Alert } from "./alert";
import type { Place } from "./links";
import { chatNotification } from "./render/chat";
import { emailSubject, emailText } from "./render/email";
import { alertJson } from "./render/json";
import { oneLine } from "./render/oneLine";
import { endOf, securityHubFinding } from "./render/securityHub";

/** Where alerts go. `publish` throws where the topic did not take the alert; `copies` where another channel did not. */
export interface Publisher {
  publish(alert: Alert): Promise<void>;
  copies(alert: Alert): Promise<void>;
  canary(): Promise<void>;
  /** Tells Security Hub that the alarm of these findings is over. */
  end(alert: Alert, findings: readonly string[]): Promise<void>;
}

/** AWS Security Hub. Both return how many findings were not taken. */
export interface SecurityHub {
  import(findings: AwsSecurityFinding[]): Promise<number>;
  update(update: BatchUpdateFindingsCommandInput): Promise<number>;
}

/** Longest message of SNS, for all protocols together, in bytes; some room for what JSON adds. */
const longestMessage = 250_000;

/** The message for SNS, with a text for each kind of subscription (Amazon SNS Developer Guide, "Publish by protocol"). */
export function topicMessage(alert: Alert): string {
  const message = (each: Alert): string =>
    JSON.stringify({
      default: JSON.stringify(chatNotification(each)), // Amazon Q reads the default, over https
      email: emailText(each),
      sqs: alertJson(each),
    });
  const whole = message(alert);
  if (Buffer.byteLength(whole) <= longestMessage) return whole;
  const { actors, tables, events } = alert;
  const moreActors = (alert.moreActors ?? 0) + Math.max(0, actors.length - 3);
  const moreTables = (alert.moreTables ?? 0) + Math.max(0, tables.length - 10);
  return message({
    ...alert,
    actors: actors.slice(0, 3),
    tables: tables.slice(0, 10),
    events: events.slice(0, 10),
    ...(moreActors > 0 && { moreActors }),
    ...(moreTables > 0 && { moreTables }),
  });
}

export class AwsPublisher implements Publisher {
  constructor(
    private readonly to: {
      sns: Pick<SNSClient, "send">;
      topicArn: string;
      place: Place;
      bus?: { client: Pick<EventBridgeClient, "send">; arn: string };
      securityHub?: SecurityHub;
    },
  ) {}

  async publish(alert: Alert): Promise<void> {
    const attributes = {
      severity: alert.severity,
      detection: oneLine(alert.detection, 100) || "alarm",
      kind: alert.kind,
    };
    await this.to.sns.send(
      new PublishCommand({
        TopicArn: this.to.topicArn,
        Subject: emailSubject(alert),
        MessageStructure: "json",
        Message: topicMessage(alert),
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([name, value]) => [name, { DataType: "String", StringValue: value }]),
        ),
      }),
    );
  }

  async copies(alert: Alert): Promise<void> {
    const { bus, securityHub, place } = this.to;
    const problems = await Promise.allSettled([
      bus && this.put(bus, alert),
      securityHub && alert.kind === "alert" && securityHub.import([securityHubFinding(alert, place)]).then(taken),
    ]);
    throwFirst(problems);
  }

  async end(alert: Alert, findings: readonly string[]): Promise<void> {
    const { securityHub, place } = this.to;
    if (!securityHub) return;
    // Most findings in one BatchUpdateFindings (Security Hub API reference).
    for (let i = 0; i < findings.length; i += 100) {
      taken(await securityHub.update(endOf(alert, findings.slice(i, i + 100), place)));
    }
  }

  /** Not a custom notification, so Amazon Q drops it; filter policies keep it from e-mail and queues. */
  async canary(): Promise<void> {
    await this.to.sns.send(
      new PublishCommand({
        TopicArn: this.to.topicArn,
        Message: "The canary of dynamodb-detective: the way from the log group to this topic is open.",
        MessageAttributes: { kind: { DataType: "String", StringValue: "canary" } },
      }),
    );
  }

  private async put(bus: { client: Pick<EventBridgeClient, "send">; arn: string }, alert: Alert): Promise<void> {
    const { Entries = [] } = await bus.client.send(
      new PutEventsCommand({
        Entries: [
          {
            EventBusName: bus.arn,
            Source: findingSource,
            DetailType: alertDetailType,
            Detail: alertJson(alert),
          },
        ],
      }),
    );
    const refused = Entries.find(({ ErrorCode }) => ErrorCode !== undefined);
    if (refused) throw new Error(`The event bus did not take the alert: ${refused.ErrorCode}`);
  }
}

function taken(refused: number): void {
  if (refused > 0) throw new Error(`Security Hub did not take ${refused} findings.`);
}

function throwFirst(results: readonly PromiseSettledResult<unknown>[]): void {
  const failed = results.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
}
