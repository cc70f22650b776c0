import { alarmFaults } from "./alarms";
import { detectorFaults } from "./detector";
import type { Fault } from "./fault";
import { notifierFaults } from "./notifier";
import { policyFaults } from "./policies";
import { wiringFaults } from "./wiring";

export const faults: Fault[] = [...wiringFaults, ...alarmFaults, ...detectorFaults, ...notifierFaults, ...policyFaults];
