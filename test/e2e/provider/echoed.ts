import { type AnyResourceType, type Properties, resourceType } from "./resourceType";

/**
 * Types that no emulator has. Their inputs come back as outputs and nothing is called, so a run proves nothing about
 * them; it prints which ones it met.
 */
const echoedTypes = [
  "aws:cfg/remediationConfiguration:RemediationConfiguration",
  "aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration",
  "aws:chatbot/teamsChannelConfiguration:TeamsChannelConfiguration",
  "aws:dynamodb/tableReplica:TableReplica",
  "aws:ssm/document:Document",
] as const;

const echoed: AnyResourceType = resourceType<Properties>({
  replaceOn: [],
  echoed: true,
  create: async () => `echoed-${Math.random().toString(36).slice(2)}`,
  read: async (_, inputs) => inputs as Properties,
  update: async () => {},
  delete: async () => {},
});

export const echoedResources: { [type: string]: AnyResourceType } = Object.fromEntries(
  echoedTypes.map((type) => [type, echoed]),
);
