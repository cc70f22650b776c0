import { Names } from "../../components/naming";

const names = (part: string) => new Names(`dynamodb-detective-${part}`, "dynamodb-detective", "test");

/** The detectors' table and role, named as the program at the root names them in the stack `test`. */
export const ownState = {
  tableName: `${names("state").physical("tablePrefix")}0a1b2c3d`,
  tablePattern: `${names("state").physical("tablePrefix")}*`,
  roleName: names("detector").physical("role", "function"),
  namesBegin: names("detections").beginning(),
};
