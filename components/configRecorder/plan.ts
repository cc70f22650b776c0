import { shown } from "../../wording";
import { ArgumentError } from "../argumentError";
import { type ConfigRecorderArgs, RecordingFrequency } from "./args";

/** Tables, and what this project deploys to watch them: who weakens one of those is seen too. */
export const defaultResourceTypes = [
  "AWS::DynamoDB::Table",
  "AWS::CloudTrail::Trail",
  "AWS::CloudWatch::Alarm",
  "AWS::Events::Rule",
  "AWS::KMS::Key",
  "AWS::Lambda::Function",
  "AWS::S3::Bucket",
  "AWS::SNS::Topic",
  "AWS::SQS::Queue",
];

/** AWS Config API Reference, RecordingMode. */
const alwaysContinuous = [
  "AWS::Config::ConfigurationRecorder",
  "AWS::Config::ConformancePackCompliance",
  "AWS::Config::ResourceCompliance",
];

/** Inputs of a recorder that say what is recorded, and when. */
export interface Recording {
  recordingGroup: {
    allSupported: boolean;
    includeGlobalResourceTypes: boolean;
    resourceTypes?: string[];
    recordingStrategies: { useOnly: string }[];
  };
  /** Absent: continuous, as AWS has it without. */
  recordingMode?: {
    recordingFrequency: string;
    recordingModeOverride?: { description: string; recordingFrequency: string; resourceTypes: string[] };
  };
}

/** What is recorded, and when. Pure. Throws ArgumentError for what Config cannot record or what leaves tables out. */
export function planRecording(args: ConfigRecorderArgs): Recording {
  const recordingMode = modeOf(args);
  const { allResourceTypes = false, globalResourceTypes = false, resourceTypes } = args;
  if (allResourceTypes) {
    if (resourceTypes) {
      throw new ArgumentError("resourceTypes", "changes nothing beside allResourceTypes. Leave out one of the two.");
    }
    return {
      recordingGroup: {
        allSupported: true,
        includeGlobalResourceTypes: globalResourceTypes,
        recordingStrategies: [{ useOnly: "ALL_SUPPORTED_RESOURCE_TYPES" }],
      },
      recordingMode,
    };
  }
  if (globalResourceTypes) {
    throw new ArgumentError(
      "globalResourceTypes",
      "needs allResourceTypes: true. Or name IAM's types in resourceTypes.",
    );
  }
  checkResourceTypes(resourceTypes ?? defaultResourceTypes);
  return {
    recordingGroup: {
      allSupported: false,
      includeGlobalResourceTypes: false,
      resourceTypes: resourceTypes ?? defaultResourceTypes,
      recordingStrategies: [{ useOnly: "INCLUSION_BY_RESOURCE_TYPES" }],
    },
    recordingMode,
  };
}

/** There are two frequencies, so one override holds every type that has the other one. */
function modeOf(args: ConfigRecorderArgs): Recording["recordingMode"] {
  const { recordingFrequency: usual = RecordingFrequency.Continuous, recordingFrequencyOverrides = {} } = args;
  const types = Object.entries(recordingFrequencyOverrides).map(([type, frequency]) => {
    const argument = `recordingFrequencyOverrides.${type}`;
    checkResourceType(argument, type);
    if (frequency === usual) {
      throw new ArgumentError(argument, `is ${frequency} already, by recordingFrequency. Leave it out.`);
    }
    if (frequency === RecordingFrequency.Daily && alwaysContinuous.includes(type)) {
      throw new ArgumentError(argument, "AWS Config records this type continuously only. Leave it out.");
    }
    const recorded = args.resourceTypes ?? defaultResourceTypes;
    if (!args.allResourceTypes && !recorded.includes(type)) {
      throw new ArgumentError(argument, "the type is not recorded. Add it to resourceTypes, or leave it out.");
    }
    return type;
  });
  const always = (args.resourceTypes ?? []).find((type) => alwaysContinuous.includes(type));
  if (usual === RecordingFrequency.Daily && always && !types.includes(always)) {
    throw new ArgumentError(
      "recordingFrequency",
      `AWS Config records ${always} continuously only. Override it: recordingFrequencyOverrides: { "${always}": "continuous" }.`,
    );
  }
  if (usual === RecordingFrequency.Continuous && types.length === 0) return undefined;
  const other = usual === RecordingFrequency.Daily ? RecordingFrequency.Continuous : RecordingFrequency.Daily;
  return {
    recordingFrequency: usual.toUpperCase(),
    recordingModeOverride:
      types.length === 0
        ? undefined
        : {
            description: `Recorded ${other === RecordingFrequency.Daily ? "once a day" : "continuously"}`,
            recordingFrequency: other.toUpperCase(),
            resourceTypes: types,
          },
  };
}

function checkResourceTypes(types: string[]): void {
  for (const [i, type] of types.entries()) checkResourceType(`resourceTypes[${i}]`, type);
  if (!types.includes("AWS::DynamoDB::Table")) {
    throw new ArgumentError("resourceTypes", "lacks AWS::DynamoDB::Table, which the rules for tables need. Add it.");
  }
}

function checkResourceType(argument: string, type: string): void {
  if (type === "AWS::DynamoDB::GlobalTable") {
    throw new ArgumentError(
      argument,
      `Config does not record ${type}. Write AWS::DynamoDB::Table: a replica is recorded as a table, in its own Region.`,
    );
  }
  if (!/^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+$/.test(type)) {
    throw new ArgumentError(argument, `${shown(type)} is no resource type. Write one like AWS::DynamoDB::Table.`);
  }
}
