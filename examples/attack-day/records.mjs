// CloudTrail records, in the shape of event version 1.11. Those of calls that AWS prints no event of follow the API model.
export const account = "111122223333";
export const home = "us-east-1";
export const tableArn = (table, region = home) => `arn:aws:dynamodb:${region}:${account}:table/${table}`;

const dataCalls = new Set(["BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem"]);
const reads = /^(Get|List|Describe|Query|Scan|Decrypt|Assume|Lookup)/;

/** Looks like the unique id of a role. */
const roleId = (name) =>
  `AROA${name
    .replace(/[^a-z]/g, "")
    .toUpperCase()
    .padEnd(17, "X")
    .slice(0, 17)}`;

/** Makes records with ids from the random numbers. */
export function recordsOf({ hex }) {
  const uuid = () => [8, 4, 4, 4, 12].map(hex).join("-");

  const role = (name, session, address, agent) => ({
    address,
    agent,
    identity: {
      type: "AssumedRole",
      principalId: `${roleId(name)}:${session}`,
      arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
      accountId: account,
      accessKeyId: `ASIA${hex(16).toUpperCase()}`,
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          principalId: roleId(name),
          arn: `arn:aws:iam::${account}:role/${name}`,
          accountId: account,
          userName: name,
        },
        attributes: { creationDate: "2026-01-05T00:00:00Z", mfaAuthenticated: "false" },
      },
    },
  });
  const user = (name, address, agent) => ({
    address,
    agent,
    identity: {
      type: "IAMUser",
      principalId: "AIDAEXAMPLEEXAMPLE123",
      arn: `arn:aws:iam::${account}:user/${name}`,
      accountId: account,
      accessKeyId: `AKIA${hex(16).toUpperCase()}`,
      userName: name,
    },
  });

  /** One call. `more` may hold request, response, region, table, error and source. */
  const call = (time, caller, eventName, more = {}) => {
    const { request = null, response = null, region = home, table, error, source = "dynamodb" } = more;
    const isData = source === "dynamodb" && dataCalls.has(eventName);
    return {
      eventVersion: "1.11",
      userIdentity: caller.identity,
      eventTime: new Date(time).toISOString().replace(/\.\d+Z$/, "Z"),
      eventSource: `${source}.amazonaws.com`,
      eventName,
      awsRegion: region,
      sourceIPAddress: caller.address,
      userAgent: caller.agent,
      ...(error && {
        errorCode: error,
        errorMessage: `User: ${caller.identity.arn} is not authorized to perform this action`,
      }),
      requestParameters: table ? { tableName: table, ...request } : request,
      responseElements: error ? null : response,
      requestID: hex(52).toUpperCase(),
      eventID: uuid(),
      readOnly: reads.test(eventName),
      ...(table && { resources: [{ accountId: account, type: "AWS::DynamoDB::Table", ARN: tableArn(table, region) }] }),
      eventType: "AwsApiCall",
      ...(source === "dynamodb" && { apiVersion: "2012-08-10" }),
      managementEvent: !isData,
      recipientAccountId: account,
      eventCategory: isData ? "Data" : "Management",
      tlsDetails: {
        tlsVersion: "TLSv1.3",
        cipherSuite: "TLS_AES_128_GCM_SHA256",
        clientProvidedHostHeader: `${source}.${region}.amazonaws.com`,
      },
    };
  };
  return { role, user, call };
}
