import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { shown } from "../../wording";
import { ArgumentError } from "../argumentError";
import type { Names } from "../naming";
import { type Place, policyDocument } from "../policyDocument";

/** A channel of Slack. The workspace must be authorized once in the console of Amazon Q Developer in chat applications. */
export interface SlackArgs {
  /** Id of the workspace, for example T07EA123LEP. */
  teamId: string;
  /** Id of the channel, for example C07EZ1ABC23. */
  channelId: string;
}

/** A channel of Microsoft Teams. The team must be authorized once in the console of Amazon Q Developer in chat applications. */
export interface TeamsArgs {
  /** Id of the team, a UUID. */
  teamId: string;
  /** Id of the tenant, a UUID. */
  tenantId: string;
  /** Id of the channel, for example 19:abc@thread.tacv2, as it stands in its address. */
  channelId: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Throws `ArgumentError` for ids that are none (AWS Chatbot API reference). */
export function validateChat({ slack, teams }: { slack?: SlackArgs; teams?: TeamsArgs }): void {
  if (slack) {
    check("slack.teamId", slack.teamId, /^[0-9A-Z]{1,255}$/, "the id of a Slack workspace, like T07EA123LEP");
    check("slack.channelId", slack.channelId, /^[A-Za-z0-9]{1,15}$/, "the id of a Slack channel, like C07EZ1ABC23");
  }
  if (teams) {
    check("teams.teamId", teams.teamId, uuid, "the id of a team, a UUID");
    check("teams.tenantId", teams.tenantId, uuid, "the id of a tenant, a UUID");
    check("teams.channelId", teams.channelId, /^19(:|%3a)\S{1,250}$/i, "the id of a channel, like 19:abc@thread.tacv2");
  }
}

function check(argument: string, value: unknown, allowed: RegExp, what: string): void {
  if (typeof value === "string" && allowed.test(value)) return;
  throw new ArgumentError(argument, `${shown(value)} is not ${what}.`);
}

/** Channels of Slack and Microsoft Teams, through Amazon Q Developer. Nobody can act on the account from there. */
export function registerChat(
  names: Names,
  { slack, teams, tags }: { slack?: SlackArgs; teams?: TeamsArgs; tags?: aws.iam.RoleArgs["tags"] },
  topicArns: pulumi.Output<string>[],
  place: pulumi.Output<Place>,
  inside: pulumi.CustomResourceOptions,
): void {
  if (!slack && !teams) return;
  const role = new aws.iam.Role(
    names.child("chat-role"),
    {
      name: names.physical("role", "chat"),
      description: "Chat channels of alerts. Has no permissions: messages are shown, nothing is called.",
      assumeRolePolicy: place.apply(({ accountId }) =>
        policyDocument([
          {
            Sid: "Chat",
            Effect: "Allow",
            Principal: { Service: "chatbot.amazonaws.com" },
            Action: "sts:AssumeRole",
            Condition: { StringEquals: { "aws:SourceAccount": accountId } },
          },
        ]),
      ),
      tags,
    },
    inside,
  );
  const common = {
    iamRoleArn: role.arn,
    snsTopicArns: topicArns,
    // What a message in the channel could make the service do in the account's name: nothing.
    guardrailPolicyArns: [pulumi.interpolate`arn:${place.partition}:iam::aws:policy/AWSDenyAll`],
    loggingLevel: "ERROR",
    tags,
  };
  if (slack) {
    new aws.chatbot.SlackChannelConfiguration(
      names.child("slack"),
      {
        configurationName: names.physical("chatConfiguration", "slack"),
        slackTeamId: slack.teamId,
        slackChannelId: slack.channelId,
        ...common,
      },
      inside,
    );
  }
  if (teams) {
    new aws.chatbot.TeamsChannelConfiguration(
      names.child("teams"),
      { configurationName: names.physical("chatConfiguration", "teams"), ...teams, ...common },
      inside,
    );
  }
}
