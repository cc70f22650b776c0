"""What the emulator says to AWS Config rules, and to the script that adds missing tags. JSON in, JSON out; nothing is listened to.

moto holds its own copy of AWS's list of managed rules, with their parameters and Regions.
"""

import json
import sys

import boto3
from botocore.exceptions import ClientError
from moto import mock_aws
from moto.config.models import MANAGED_RULES_CONSTRAINTS

asked = json.load(sys.stdin)


def answers_to(rules):
    client = boto3.client("config")
    answers = {}
    for rule in rules:
        try:
            client.put_config_rule(ConfigRule=rule)
            answers[rule["ConfigRuleName"]] = None
        except ClientError as error:
            answers[rule["ConfigRuleName"]] = str(error)
    return answers


def tags_after(script, runs):
    """The tags of a table before each run of the script, and after the last."""
    client = boto3.client("dynamodb")
    client.create_table(
        TableName="orders",
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
        Tags=[{"Key": "Owner", "Value": "orders"}],
    )
    scope = {}
    exec(script, scope)
    return [scope["add_missing_tags"](run, None) for run in runs], {
        tag["Key"]: tag["Value"]
        for tag in client.list_tags_of_resource(
            ResourceArn=client.describe_table(TableName="orders")["Table"]["TableArn"]
        )["Tags"]
    }


with mock_aws():
    boto3.setup_default_session(
        aws_access_key_id="emulated", aws_secret_access_key="emulated", region_name="eu-central-1"
    )
    answers = answers_to(asked["rules"])
    added, tags = tags_after(asked["script"], asked["runs"])

constraints = {
    identifier: {
        "regions": rule["AWS Region"],
        "required": [parameter["Name"] for parameter in rule["Parameters"] if not parameter["Optional"]],
        "parameters": [parameter["Name"] for parameter in rule["Parameters"]],
        "trigger": rule["Trigger type"],
    }
    for identifier, rule in MANAGED_RULES_CONSTRAINTS.items()
}
json.dump({"answers": answers, "constraints": constraints, "added": added, "tags": tags}, sys.stdout)
