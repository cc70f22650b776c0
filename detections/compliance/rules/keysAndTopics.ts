import { complianceRule } from "../rule";

// The keys and topics of this stack.

const keyType = "AWS::KMS::Key";
const topicType = "AWS::SNS::Topic";

export const keyNotScheduledForDeletion = complianceRule({
  name: "kms-cmk-not-scheduled-for-deletion",
  description:
    "No key of this stack waits to be deleted. If one does: cancel it, else evidence is unreadable and alerts stop.",
  source: { identifier: "KMS_CMK_NOT_SCHEDULED_FOR_DELETION" },
  trigger: "periodic",
  resourceTypes: [keyType],
  watches: "keys",
  byDefault: true,
  parameters: {
    kmsKeyIds: {
      type: "list",
      description: "Ids or ARNs of the keys to check.",
      required: true, // AWS takes the rule without them and checks every key of the account.
      fromStack: "keyArns",
    },
  },
  notIn: ["ap-east-2", "ap-southeast-6", "eu-south-1"],
});

export const keyRotation = complianceRule({
  name: "cmk-backing-key-rotation-enabled",
  description: "Customer managed keys rotate. If not: set enableKeyRotation to true.",
  source: { identifier: "CMK_BACKING_KEY_ROTATION_ENABLED" },
  trigger: "periodic",
  resourceTypes: [keyType],
  watches: "keys",
  byDefault: true,
  parameters: {},
});

export const keyNotPublic = complianceRule({
  name: "kms-key-policy-no-public-access",
  description: "Key policies admit nobody unnamed. If not: name the principals in the key policy.",
  source: { identifier: "KMS_KEY_POLICY_NO_PUBLIC_ACCESS" },
  trigger: "change",
  resourceTypes: [keyType],
  watches: "keys",
  byDefault: true,
  parameters: {},
  notIn: ["ca-west-1", "us-gov-east-1", "us-gov-west-1"],
});

export const topicEncrypted = complianceRule({
  name: "sns-encrypted-kms",
  description: "Topics are encrypted with a KMS key. If not: set kmsMasterKeyId.",
  source: { identifier: "SNS_ENCRYPTED_KMS" },
  trigger: "change",
  resourceTypes: [topicType],
  watches: "topics",
  byDefault: true,
  parameters: { kmsKeyIds: { type: "list", description: "Ids or ARNs of keys of which a topic must use one." } },
});

export const topicNotPublic = complianceRule({
  name: "sns-topic-no-public-access",
  description: "Topic policies admit nobody unnamed. If not: name the principals in the topic policy.",
  source: { identifier: "SNS_TOPIC_NO_PUBLIC_ACCESS" },
  trigger: "change",
  resourceTypes: [topicType],
  watches: "topics",
  byDefault: true,
  parameters: {},
  notIn: ["ap-east-2", "ap-southeast-5", "ca-west-1", "us-gov-east-1", "us-gov-west-1"],
});

export const topicDeliveryLogged = complianceRule({
  name: "sns-topic-message-delivery-notification-enabled",
  description:
    "Topics log the delivery status of their messages. If not: set a feedback role for the endpoint's protocol.",
  source: { identifier: "SNS_TOPIC_MESSAGE_DELIVERY_NOTIFICATION_ENABLED" },
  trigger: "change",
  resourceTypes: [topicType],
  watches: "topics",
  byDefault: false,
  parameters: {},
  notIn: [
    "ap-east-2",
    "ap-south-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-west-1",
    "eu-central-2",
    "eu-south-2",
    "il-central-1",
    "me-central-1",
    "mx-central-1",
    "us-gov-east-1",
    "us-gov-west-1",
  ],
});
