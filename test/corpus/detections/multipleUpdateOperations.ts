import {
  after,
  by,
  type Change,
  denied,
  event,
  failing,
  from,
  identities,
  inRegion,
  oldForm,
  otherAccount,
  spread,
  tableArn,
  tooLarge,
  updateTable,
} from "../../support/events";
import type { Corpus } from "../corpus";

const throughput = { provisionedThroughput: { readCapacityUnits: 25, writeCapacityUnits: 25 } };
const six = (parameters: Record<string, unknown>, change: (i: number) => Change = () => ({}), table = "orders") =>
  spread(6, 50, (i) => updateTable(parameters, change(i), table));
const eve = () => by(identities.user("eve"));
/** Without an ARN: counted by account. */
const stranger = () => by(identities.otherAccount());
const mallory = () => by(identities.user("mallory"));
/** inferred: the answer to CreateTable describes the table, like that to UpdateTable. */
const created = (change: Change) =>
  event(
    "CreateTable",
    { tableName: "orders", billingMode: "PAY_PER_REQUEST" },
    { responseElements: { tableDescription: { tableArn: tableArn("orders") } }, ...change },
  );

export const multipleUpdateOperations: Corpus = {
  detection: "multiple-update-operations",
  fires: {
    throughput: six(throughput),
    "throughput down to nothing": six({ provisionedThroughput: { readCapacityUnits: 0, writeCapacityUnits: 0 } }),
    "capacity mode": six({ billingMode: "PAY_PER_REQUEST" }),
    "indexes created": six({ globalSecondaryIndexUpdates: [{ create: { indexName: "i" } }] }),
    "indexes updated": six({ globalSecondaryIndexUpdates: [{ update: { indexName: "i" } }] }),
    "indexes deleted": six({ globalSecondaryIndexUpdates: [{ delete: { indexName: "i" } }] }),
    "a stream on": six({ streamSpecification: { streamEnabled: true, streamViewType: "KEYS_ONLY" } }),
    "a stream off": six({ streamSpecification: { streamEnabled: false } }),
    "throughput, by a user": six(throughput, eve),
    "capacity mode, by a user": six({ billingMode: "PAY_PER_REQUEST" }, eve),
    "indexes, by a user": six({ globalSecondaryIndexUpdates: [{ update: { indexName: "i" } }] }, eve),
    "a stream on, by a user": six({ streamSpecification: { streamEnabled: true } }, eve),
    "a stream off, by a user": six({ streamSpecification: { streamEnabled: false } }, eve),
    "throughput, from another account": six(throughput, stranger),
    "capacity mode, from another account": six({ billingMode: "PAY_PER_REQUEST" }, stranger),
    "indexes, from another account": six({ globalSecondaryIndexUpdates: [{ update: { indexName: "i" } }] }, stranger),
    "a stream on, from another account": six({ streamSpecification: { streamEnabled: true } }, stranger),
    "a stream off, from another account": six({ streamSpecification: { streamEnabled: false } }, stranger),
    "two accounts: an alert each": {
      events: [...six(throughput, stranger), ...six(throughput, () => by(identities.identityCenter()))],
      alerts: 2,
    },
    "within ten minutes": spread(6, 599, () => updateTable(throughput)),
    "two tables: an alert each": { events: [...six(throughput), ...six(throughput, () => ({}), "users")], alerts: 2 },
    "two users: an alert each": { events: [...six(throughput, eve), ...six(throughput, mallory)], alerts: 2 },
    "a user and a role: an alert each": { events: [...six(throughput, eve), ...six(throughput)], alerts: 2 },
    "one session of each of two roles of a name": {
      events: [
        ...six(throughput, () => by(identities.role("a/ops"))),
        ...six(throughput, () => by(identities.role("b/ops"))),
      ],
      alerts: 2,
    },
  },
  quiet: {
    one: updateTable(throughput),
    five: spread(5, 50, () => updateTable(throughput)),
    "six, the sixth after ten minutes": [
      ...spread(5, 50, () => updateTable(throughput)),
      after("10:0", updateTable(throughput)),
    ],
    "deletion protection": six({ deletionProtectionEnabled: true }),
    replicas: six({ replicaUpdates: [{ create: { regionName: "eu-west-1" } }] }),
    "deletion protection, by a user": six({ deletionProtectionEnabled: true }, eve),
    "deletion protection, from another account": six({ deletionProtectionEnabled: true }, stranger),
    "tables created with a capacity mode, from another account": spread(6, 50, () => created(stranger())),
    "tables created with a capacity mode": spread(6, 50, () => created({})),
    "tables created with a capacity mode, by a user": spread(6, 50, () => created(eve())),
    refused: six(throughput, () => denied),
    "refused, by a user": six(throughput, () => ({ ...eve(), ...denied })),
    "refused, from another account": six(throughput, () => ({ ...stranger(), ...denied })),
    "Amazon Keyspaces, from another account": six(throughput, () => ({
      ...stranger(),
      ...from("cassandra.amazonaws.com"),
    })),
    "too many at a time": six(throughput, () => failing("LimitExceededException")),
    "six with one refused": six(throughput, (i) => (i === 3 ? denied : {})),
    "Application Auto Scaling": six(throughput, () => by(identities.autoScaling())),
    "Amazon Keyspaces": six(throughput, () => from("cassandra.amazonaws.com")),
    "Amazon Keyspaces, by a user": six(throughput, () => ({ ...eve(), ...from("cassandra.amazonaws.com") })),
    "tables described": spread(6, 50, () => event("DescribeTable", { tableName: "orders" })),
  },
  evasions: {
    caught: {
      "by ARN and by name": spread(6, 50, (i) =>
        updateTable({ ...throughput, tableName: i % 2 === 0 ? "orders" : tableArn("orders") }),
      ),
      "without a name": six(throughput),
      "under six session names": six(throughput, (i) => by(identities.role("ops", `session${i}`))),
      "in six ways": spread(6, 50, (i) =>
        updateTable(
          [
            throughput,
            { billingMode: "PROVISIONED" },
            { globalSecondaryIndexUpdates: [{ create: { indexName: "i" } }] },
            { globalSecondaryIndexUpdates: [{ update: { indexName: "i" } }, { delete: { indexName: "j" } }] },
            { globalSecondaryIndexUpdates: [{ delete: { indexName: "i" } }] },
            { streamSpecification: { streamEnabled: false } },
          ][i]!,
        ),
      ),
      "with parameters too large to be logged": six(throughput, () => tooLarge),
      "with parameters too large to be logged, by a user": six(throughput, () => ({ ...eve(), ...tooLarge })),
      "with parameters too large to be logged, from another account": six(throughput, () => ({
        ...stranger(),
        ...tooLarge,
      })),
      "by a user through CloudFormation": six(throughput, () =>
        by({ ...identities.user("eve"), invokedBy: "cloudformation.amazonaws.com" }),
      ),
      "by root": six(throughput, () => by(identities.root())),
      "by a federated user": six(throughput, () => by(identities.federated("eve"))),
      "by federated users of one issuer": six(throughput, (i) => by(identities.federated(`eve${i}`))),
      "by an Identity Center user": six(throughput, () => by(identities.identityCenter())),
      "by a principal of another account, under six session names": six(throughput, (i) =>
        by({ ...identities.otherAccount(), principalId: `AROACKCEVSQ6C2EXAMPLE:session${i}` }),
      ),
      "by a web identity": six(throughput, () => by(identities.webIdentity("deploy"))),
      "by a role of another account's name here": six(throughput, () =>
        by(identities.role("eve", "session", otherAccount)),
      ),
      "through CloudFormation": six(throughput, () =>
        by(identities.throughService("ops", "cloudformation.amazonaws.com")),
      ),
      "in another Region": six(throughput, () => inRegion("eu-west-1")),
      "events of an old form": six(throughput, () => oldForm),
    },
    missed: {
      "without the table's ARN in the response": {
        what: six(throughput, () => ({ responseElements: { tableDescription: { tableName: "orders" } } })),
        limit: "fields of the response that no published event shows",
      },
      "shared between two users": {
        what: spread(10, 50, (i) => updateTable(throughput, i % 2 === 0 ? eve() : mallory())),
        limit: "Counted per principal and table",
      },
      "spread over two tables": {
        what: spread(10, 50, (i) => updateTable(throughput, {}, i % 2 === 0 ? "orders" : "users")),
        limit: "Counted per principal and table",
      },
      "by an AWS service that names no account": {
        what: six(throughput, () => by(identities.service("example.amazonaws.com"))),
        limit: "Without an account too",
      },
      "on-demand limits": {
        what: six({ onDemandThroughput: { maxReadRequestUnits: 1 } }),
        limit: "On-demand limits",
      },
      "through Application Auto Scaling": {
        what: spread(6, 50, () =>
          event(
            "RegisterScalableTarget",
            { resourceId: "table/orders", minCapacity: 1, maxCapacity: 1 },
            from("application-autoscaling.amazonaws.com"),
          ),
        ),
        limit: "RegisterScalableTarget",
      },
    },
  },
};
