// The shape is in detections/, since components write the file and functions read it.
export { type DeployedDetection, type DeployedRule, detectionsFile } from "../detections/deployedDetection";
