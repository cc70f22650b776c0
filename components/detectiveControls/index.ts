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
import { watchedStack } from "./watchedStack";

export type { ConfigRecordingArgs, DetectiveControlsArgs, MonitoredStreamsArgs, PagingArgs } from "./args";

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
  /** Advanced queries about the inventory of tables, by id, for AWS Config; empty without it. */
  public readonly inventoryQueries: pulumi.Output<{ [id: string]: string }>;

  /**
   * @param name Logical name; part of every physical name, unless it is the project's name.
   * @param args What to watch and whom to tell. All of it is checked before anything is registered.
   * @param opts Resource options of the component.
   */
  constructor(name: string, args: DetectiveControlsArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const plan = planControls(name, args, args.region ?? homeRegion(opts));
    super("dynamodb-detective:index:DetectiveControls", name, {}, opts);
    const names = new Names(name);
    const inside = { parent: this };

    const channel = new AlertChannel(names.child("alerts"), plan.channel, inside);
    const { alertTopicArn, healthTopicArn, deadLetterQueueArn } = channel;
    const alarmTopics = plan.notifier
      ? { alarmTopicArn: channel.alarmTopicArn, okTopicArn: channel.alarmTopicArn }
      : // Without a notifier the alarms go straight to the topic that people subscribe to.
        { alarmTopicArn: alertTopicArn };
    // Nobody listens to the bus but the notifier.
    const findingsBusArn = plan.notifier && channel.findingsBusArn;
    const trail = new AuditTrail(names.child("trail"), { ...plan.trail, healthTopicArn }, inside);

    const alarms = new DetectionAlarms(
      names.child("detections"),
      {
        ...plan.detections,
        logGroupName: trail.logGroupName,
        ...alarmTopics,
      },
      inside,
    );

    const keyArns = [channel.keyArn, channel.healthKeyArn];
    const functionArns: pulumi.Output<string>[] = [];
    if (plan.detector || plan.notifier) {
      const state = new StateTable(names.child("state"), { tags: args.tags }, inside);
      keyArns.push(state.keyArn);
      const common = {
        logGroupName: trail.logGroupName,
        logGroupArn: trail.logGroupArn,
        stateTableName: state.tableName,
        stateTableArn: state.tableArn,
        stateKeyArn: state.keyArn,
        healthTopicArn,
      };
      if (plan.detector) {
        const detector = new StatefulDetector(
          names.child("detector"),
          { ...plan.detector, ...common, findingsBusArn },
          inside,
        );
        keyArns.push(detector.keyArn);
        functionArns.push(detector.functionArn);
      }
      if (plan.notifier) {
        const notifier = new AlertNotifier(
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
        keyArns.push(notifier.keyArn);
        functionArns.push(notifier.functionArn);
      }
    }
    if (plan.streams) {
      const ofOwnFunction =
        plan.streams.functionArn === undefined
          ? { ...alarmTopics, findingsBusArn, trailLogGroupName: trail.logGroupName }
          : {};
      const streams = new StreamMonitor(
        names.child("streams"),
        { ...plan.streams, ...ofOwnFunction, healthTopicArn },
        inside,
      );
      keyArns.push(streams.keyArn);
      if (plan.streams.functionArn === undefined) functionArns.push(streams.functionArn);
    }

    let inventoryQueries = pulumi.output<{ [id: string]: string }>({});
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
      const watched = watchedStack(plan.trail, names, {
        trailArn: definite(trail.trailArn),
        bucketName: definite(trail.bucketName),
        logGroupName: trail.logGroupName,
        logGroupArn: pulumi.interpolate`${trail.logGroupArn}:*`,
        trailKeyArn: definite(trail.keyArn),
        keyArns,
        topicArns: [channel.alarmTopicArn, alertTopicArn, healthTopicArn],
        functionArns,
      });
      const configRules = new ConfigRules(
        names.child("rules"),
        { ...rules, watched, recorderName, alertTopicArn, healthTopicArn, deadLetterQueueArn },
        inside,
      );
      inventoryQueries = configRules.inventoryQueries;
    }

    this.trailArn = trail.trailArn;
    this.logGroupName = trail.logGroupName;
    this.alarmTopicArn = channel.alarmTopicArn;
    this.alertTopicArn = alertTopicArn;
    this.healthTopicArn = healthTopicArn;
    this.alarmArns = alarms.alarmArns;
    this.inventoryQueries = inventoryQueries;
    this.registerOutputs({
      trailArn: this.trailArn,
      logGroupName: this.logGroupName,
      alarmTopicArn: this.alarmTopicArn,
      alertTopicArn: this.alertTopicArn,
      healthTopicArn: this.healthTopicArn,
      alarmArns: this.alarmArns,
      inventoryQueries: this.inventoryQueries,
    });
  }
}

/** A trail of our own has a bucket and a key; only an adopted one may lack them. */
const definite = (value: pulumi.Output<string | undefined>): pulumi.Output<string> => value.apply((known) => known!);
