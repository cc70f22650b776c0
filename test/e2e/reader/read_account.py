"""What an AWS account holds, as boto3 tells it: the endpoint and the Region are the arguments. Each line of standard input
asks, and a line of JSON is the answer; ends when the input does.

Nothing of this project is used here, so that the tests judge what arrived and not what was meant.
"""

import functools
import json
import sys
import traceback

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

endpoint, region = sys.argv[1:3]
session = boto3.session.Session(
    aws_access_key_id="emulated", aws_secret_access_key="emulated", region_name=region
)


@functools.cache  # making one takes longer than most calls
def client(service):
    return session.client(
        service, endpoint_url=endpoint, config=Config(retries={"max_attempts": 1}, read_timeout=30)
    )


def pages(service, operation, key, **arguments):
    api = client(service)
    if not api.can_paginate(operation):
        return getattr(api, operation)(**arguments)[key]
    return [item for page in api.get_paginator(operation).paginate(**arguments) for item in page.get(key, [])]


def unless(call, *codes, **arguments):
    """The answer without its metadata, or None where the account says that there is none."""
    try:
        answer = call(**arguments)
    except ClientError as error:
        if error.response["Error"]["Code"] in codes:
            return None
        raise
    answer.pop("ResponseMetadata", None)
    return answer


def trails():
    api = client("cloudtrail")
    return {
        trail["TrailARN"]: {
            **trail,
            "IsLogging": api.get_trail_status(Name=trail["TrailARN"])["IsLogging"],
            "Selectors": api.get_event_selectors(TrailName=trail["TrailARN"]).get("AdvancedEventSelectors", []),
        }
        for trail in api.describe_trails()["trailList"]
    }


def buckets():
    api = client("s3")
    found = {}
    for name in (bucket["Name"] for bucket in api.list_buckets()["Buckets"]):
        policy = unless(api.get_bucket_policy, "NoSuchBucketPolicy", Bucket=name)
        encryption = unless(
            api.get_bucket_encryption, "ServerSideEncryptionConfigurationNotFoundError", Bucket=name
        )
        access = unless(api.get_public_access_block, "NoSuchPublicAccessBlockConfiguration", Bucket=name)
        found[name] = {
            "Policy": json.loads(policy["Policy"]) if policy else None,
            "Encryption": encryption and encryption["ServerSideEncryptionConfiguration"]["Rules"],
            "PublicAccessBlock": access and access["PublicAccessBlockConfiguration"],
            "Versioning": api.get_bucket_versioning(Bucket=name).get("Status"),
            "Logging": api.get_bucket_logging(Bucket=name).get("LoggingEnabled"),
            "Lifecycle": unless(
                api.get_bucket_lifecycle_configuration, "NoSuchLifecycleConfiguration", Bucket=name
            ),
        }
    return found


def keys():
    api = client("kms")
    found = {}
    for key_id in (key["KeyId"] for key in pages("kms", "list_keys", "Keys")):
        about = api.describe_key(KeyId=key_id)["KeyMetadata"]
        if about["KeyManager"] != "CUSTOMER":
            continue
        found[about["Arn"]] = {
            "State": about["KeyState"],
            "Description": about["Description"],
            "Rotation": about["KeyState"] == "Enabled"
            and api.get_key_rotation_status(KeyId=key_id)["KeyRotationEnabled"],
            "Policy": json.loads(api.get_key_policy(KeyId=key_id, PolicyName="default")["Policy"]),
        }
    return found


def aliases():
    return {
        alias["AliasName"]: alias.get("TargetKeyId")
        for alias in pages("kms", "list_aliases", "Aliases")
        if not alias["AliasName"].startswith("alias/aws/")
    }


def topics():
    api = client("sns")
    found = {}
    for arn in (topic["TopicArn"] for topic in pages("sns", "list_topics", "Topics")):
        attributes = api.get_topic_attributes(TopicArn=arn)["Attributes"]
        found[arn] = {
            "KmsMasterKeyId": attributes.get("KmsMasterKeyId"),
            "Policy": json.loads(attributes["Policy"]),
        }
    return found


def subscriptions():
    api = client("sns")
    return {
        item["SubscriptionArn"]: api.get_subscription_attributes(SubscriptionArn=item["SubscriptionArn"])[
            "Attributes"
        ]
        for item in pages("sns", "list_subscriptions", "Subscriptions")
    }


def queues():
    api = client("sqs")
    found = {}
    for url in api.list_queues().get("QueueUrls", []):
        attributes = api.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        policy = attributes.get("Policy")
        found[attributes["QueueArn"]] = {
            "KmsMasterKeyId": attributes.get("KmsMasterKeyId"),
            "Policy": json.loads(policy) if policy else None,
            "RedrivePolicy": attributes.get("RedrivePolicy"),
        }
    return found


def roles():
    api = client("iam")
    return {
        role["RoleName"]: {
            "Arn": role["Arn"],
            "Trust": role["AssumeRolePolicyDocument"],
            "Policies": {
                name: api.get_role_policy(RoleName=role["RoleName"], PolicyName=name)["PolicyDocument"]
                for name in api.list_role_policies(RoleName=role["RoleName"])["PolicyNames"]
            },
            "Attached": [
                policy["PolicyArn"]
                for policy in api.list_attached_role_policies(RoleName=role["RoleName"])["AttachedPolicies"]
            ],
        }
        for role in pages("iam", "list_roles", "Roles")
    }


def event_buses():
    """Without the one that every account has."""
    api = client("events")
    found = {}
    for name in (bus["Name"] for bus in pages("events", "list_event_buses", "EventBuses")):
        if name == "default":
            continue
        bus = unless(api.describe_event_bus, Name=name)
        found[name] = {**bus, "Policy": json.loads(bus["Policy"]) if bus.get("Policy") else None}
    return found


def rules():
    """Those of the default bus by their name, others with their bus in front."""
    api = client("events")
    found = {}
    for bus in (bus["Name"] for bus in pages("events", "list_event_buses", "EventBuses")):
        for rule in pages("events", "list_rules", "Rules", EventBusName=bus):
            targets = api.list_targets_by_rule(Rule=rule["Name"], EventBusName=bus)["Targets"]
            found[rule["Name"] if bus == "default" else f"{bus}/{rule['Name']}"] = {**rule, "Targets": targets}
    return found


def permissions():
    """Who may start a function, by statement."""
    api = client("lambda")
    found = {}
    for function in pages("lambda", "list_functions", "Functions"):
        policy = unless(api.get_policy, "ResourceNotFoundException", FunctionName=function["FunctionName"])
        for statement in json.loads(policy["Policy"])["Statement"] if policy else []:
            found[statement["Sid"]] = {**statement, "FunctionName": function["FunctionName"]}
    return found


def event_invoke_configs():
    api = client("lambda")
    found = {}
    for name in (function["FunctionName"] for function in pages("lambda", "list_functions", "Functions")):
        config = unless(
            api.get_function_event_invoke_config, "ResourceNotFoundException", FunctionName=name
        )
        if config:
            found[name] = config
    return found


def config_recorders():
    api = client("config")
    status = {
        item["name"]: item["recording"]
        for item in api.describe_configuration_recorder_status()["ConfigurationRecordersStatus"]
    }
    return {
        item["name"]: {**item, "Recording": status[item["name"]]}
        for item in api.describe_configuration_recorders()["ConfigurationRecorders"]
    }


def tables():
    api = client("dynamodb")
    found = {}
    for name in pages("dynamodb", "list_tables", "TableNames"):
        table = api.describe_table(TableName=name)["Table"]
        tags = api.list_tags_of_resource(ResourceArn=table["TableArn"])["Tags"]
        found[name] = {
            **table,
            "TimeToLive": api.describe_time_to_live(TableName=name)["TimeToLiveDescription"],
            "Backups": api.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"],
            "Tags": {tag["Key"]: tag["Value"] for tag in tags},
        }
    return found


def filters(operation, key):
    # By group: without one, the emulator's list would be empty.
    return {
        item["filterName"]: item
        for group in pages("logs", "describe_log_groups", "logGroups")
        for item in pages("logs", operation, key, logGroupName=group["logGroupName"])
    }


def account():
    return {
        "trails": trails(),
        "buckets": buckets(),
        "keys": keys(),
        "aliases": aliases(),
        "topics": topics(),
        "subscriptions": subscriptions(),
        "queues": queues(),
        "logGroups": {g["logGroupName"]: g for g in pages("logs", "describe_log_groups", "logGroups")},
        "metricFilters": filters("describe_metric_filters", "metricFilters"),
        "subscriptionFilters": filters("describe_subscription_filters", "subscriptionFilters"),
        "alarms": {a["AlarmName"]: a for a in pages("cloudwatch", "describe_alarms", "MetricAlarms")},
        "eventBuses": event_buses(),
        "eventRules": rules(),
        "roles": roles(),
        "functions": {f["FunctionName"]: f for f in pages("lambda", "list_functions", "Functions")},
        "permissions": permissions(),
        "eventInvokeConfigs": event_invoke_configs(),
        "mappings": {m["UUID"]: m for m in pages("lambda", "list_event_source_mappings", "EventSourceMappings")},
        "configRecorders": config_recorders(),
        "deliveryChannels": {
            c["name"]: c for c in client("config").describe_delivery_channels()["DeliveryChannels"]
        },
        "configRules": {
            r["ConfigRuleName"]: r for r in pages("config", "describe_config_rules", "ConfigRules")
        },
        "tables": tables(),
    }


for _ in sys.stdin:
    try:
        answer = {"account": account()}
    except Exception:
        answer = {"error": traceback.format_exc()}
    print(json.dumps(answer, default=str), flush=True)
