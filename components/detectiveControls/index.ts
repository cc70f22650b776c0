import * as pulumi from "@pulumi/pulumi";
import { AlertChannel } from "../alertChannel";
import { AlertNotifier } from "../alertNotifier";
import { AuditTrail } from "../auditTrail";
import { ConfigRecorder } from "../configRecorder";
import { ConfigRules } from "../configRules";
import { DetectionAlarms } from "../detectionAlarms";
import { homeRegion } from "../homeRegion";
import { Names } from "../naming";
import { StatefulDetector } from "../statefulDetector";
import { StateTable } from "../stateTable";
import { StreamMonitor } from "../streamMonitor";
import type { DetectiveControlsArgs } from "./args";
import { planControls } from "./plan";

export type { DetectiveControlsArgs, MonitoredStreamsArgs, PagingArgs } from "./args";

/** All detective controls for the DynamoDB tables of one account. */
export class DetectiveControls extends pulumi.ComponentResource {
  /** ARN of the trail; undefined where an existing one was adopted without naming it. */
  public readonly trailArn: pulumi.Output<string | undefined>;
  /** Log group that the trail delivers to. */
  public readonly logGroupName: pulumi.Output<string>;
  /** Topic for alarms of detections, as CloudWatch writes them. */
  public readonly alarmTopicArn: pulumi.Output<string>;
  /** Topic that people subscribe to for alerts. */
  public readonly alertTopicArn: pulumi.Output<string>;
  /** Topic for failures of the detectors themselves. */
  public readonly healthTopicArn: pulumi.Output<string>;
  /** ARNs of the alarms, by detection id. */
  public readonly alarmArns: pulumi.Output<{ [id: string]: string }>;

  /**
   * @param name Logical name; part of every physical name, unless it is the project's name.
   * @param args What to watch and whom to tell. All of it is checked before anything is registered.
   * @param opts Resource options of the component.
   */
  constructor(name: string, args: DetectiveControlsArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const plan = planControls(name, args, homeRegion(opts));
    super("dynamodb-detective:index:DetectiveControls", name, {}, opts);
    const names = new Names(name);
    const inside = { parent: this };

    const channel = new AlertChannel(names.child("alerts"), plan.channel, inside);
    const { alertTopicArn, healthTopicArn, deadLetterQueueArn } = channel;
    const trail = new AuditTrail(names.child("trail"), { ...plan.trail, healthTopicArn }, inside);

    const alarms = new DetectionAlarms(
      names.child("detections"),
      {
        ...plan.detections,
        logGroupName: trail.logGroupName,
        ...(plan.notifier
          ? { alarmTopicArn: channel.alarmTopicArn, okTopicArn: channel.alarmTopicArn }
          : // Without a notifier the alarms go straight to the topic that people subscribe to.
            { alarmTopicArn: alertTopicArn }),
      },
      inside,
    );

    if (plan.detector || plan.notifier) {
      const state = new StateTable(names.child("state"), { tags: args.tags }, inside);
      const common = {
        logGroupName: trail.logGroupName,
        logGroupArn: trail.logGroupArn,
        stateTableName: state.tableName,
        stateTableArn: state.tableArn,
        stateKeyArn: state.keyArn,
        healthTopicArn,
      };
      if (plan.detector) {
        new StatefulDetector(
          names.child("detector"),
          // Nobody listens to the bus but the notifier.
          { ...plan.detector, ...common, findingsBusArn: plan.notifier && channel.findingsBusArn },
          inside,
        );
      }
      if (plan.notifier) {
        new AlertNotifier(
          names.child("notifier"),
          {
            ...plan.notifier,
            ...common,
            alarmTopicArn: channel.alarmTopicArn,
            alertTopicArn,
            alertKeyArn: channel.keyArn,
            deadLetterQueueArn,
            findingsBusArn: channel.findingsBusArn,
            findingsBusName: channel.findingsBusName,
          },
          inside,
        );
      }
    }

    if (plan.streams) new StreamMonitor(names.child("streams"), { ...plan.streams, healthTopicArn }, inside);
    if (plan.config) {
      const { recorder, sharesBucket, rules } = plan.config;
      const { recorderName } = new ConfigRecorder(
        names.child("config"),
        sharesBucket
          ? { ...recorder, bucketName: definite(trail.bucketName), keyArn: definite(trail.keyArn) }
          : recorder,
        // A delivery channel is refused until the bucket's policy lets AWS Config in.
        { ...inside, dependsOn: [trail] },
      );
      new ConfigRules(
        names.child("rules"),
        { ...rules, recorderName, alertTopicArn, healthTopicArn, deadLetterQueueArn },
        inside,
      );
    }

    this.trailArn = trail.trailArn;
    this.logGroupName = trail.logGroupName;
    this.alarmTopicArn = channel.alarmTopicArn;
    this.alertTopicArn = alertTopicArn;
    this.healthTopicArn = healthTopicArn;
    this.alarmArns = alarms.alarmArns;
    this.registerOutputs({
      trailArn: this.trailArn,
      logGroupName: this.logGroupName,
      alarmTopicArn: this.alarmTopicArn,
      alertTopicArn: this.alertTopicArn,
      healthTopicArn: this.healthTopicArn,
      alarmArns: this.alarmArns,
    });
  }
}

/** A trail of our own has a bucket and a key; only an adopted one may lack them. */
const definite = (value: pulumi.Output<string | undefined>): pulumi.Output<string> => value.apply((known) => known!);
