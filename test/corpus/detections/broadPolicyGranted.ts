import { after, by, denied, event, from, identities } from "../../support/events";
import type { Corpus } from "../corpus";

const iam = (name: string, parameters: Record<string, unknown>, change = {}) =>
  event(name, parameters, { ...from("iam.amazonaws.com"), ...change });
const allowing = (...Action: string[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
const full = allowing("s3:GetObject", "dynamodb:*");
const managed = "arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess";

export const broadPolicyGranted: Corpus = {
  detection: "broad-policy-granted",
  fires: {
    "a policy created": iam("CreatePolicy", { policyName: "x", policyDocument: full }),
    "a new version": iam("CreatePolicyVersion", { policyArn: "x", policyDocument: full }),
    "written into a role": iam("PutRolePolicy", { roleName: "eve", policyDocument: full }),
    "AWS's policy attached": iam("AttachUserPolicy", { userName: "eve", policyArn: managed }),
    "created and attached": {
      events: [
        after("0", iam("CreatePolicy", { policyDocument: full })),
        after("1", iam("AttachRolePolicy", { roleName: "eve", policyArn: managed })),
      ],
      alerts: 1,
    },
  },
  quiet: {
    "single actions": iam("CreatePolicy", { policyDocument: allowing("dynamodb:GetItem", "dynamodb:Query") }),
    "all of another service": iam("CreatePolicy", { policyDocument: allowing("s3:*") }),
    "read access attached": iam("AttachRolePolicy", {
      policyArn: "arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess",
    }),
    refused: iam("CreatePolicy", { policyDocument: full }, denied),
    detached: iam("DetachRolePolicy", { policyArn: managed }),
    "a role's trust": iam("UpdateAssumeRolePolicy", { policyDocument: full }),
    "another service": event("CreatePolicy", { policyDocument: full }, from("organizations.amazonaws.com")),
  },
  evasions: {
    caught: {
      "in other letters": iam("CreatePolicy", { policyDocument: allowing("DynamoDB:*") }),
      "as one text": iam("PutUserPolicy", {
        policyDocument: '{"Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*"}}',
      }),
      "the policy's second version": iam("AttachGroupPolicy", { policyArn: `${managed}_v2` }),
      "by another principal": iam("CreatePolicy", { policyDocument: full }, by(identities.user("eve"))),
    },
    missed: {
      "every action there is": {
        what: iam("CreatePolicy", { policyDocument: allowing("*") }),
        limit: "A policy that allows every action",
      },
      "by a list": {
        what: iam("CreatePolicy", { policyDocument: allowing("dynamodb:*Item", "dynamodb:*Table") }),
        limit: "a longer wildcard such as dynamodb:*Item",
      },
    },
  },
};
