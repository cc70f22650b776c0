import * as pulumi from "@pulumi/pulumi";
import { DetectiveControls } from "./components";
import { configKeys, readConfiguration } from "./configuration";

// Named after the project, so that no physical name says the project twice.
const controls = configKeys(() => new DetectiveControls(pulumi.getProject(), readConfiguration()));

export const trailArn = controls.trailArn;
export const logGroupName = controls.logGroupName;
export const alarmTopicArn = controls.alarmTopicArn;
export const alertTopicArn = controls.alertTopicArn;
export const healthTopicArn = controls.healthTopicArn;
export const alarmArns = controls.alarmArns;
export const inventoryQueries = controls.inventoryQueries;
